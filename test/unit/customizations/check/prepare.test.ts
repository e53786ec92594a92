import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {CustomizationCheck} from '../../../../src/lib/customizations/check/customization-check.schema.js'
import {checkData, converseRow, goodRows, jsonl} from '../../../support/dataset-case.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prepare-'))
})
afterAll(() => rm(folder, {recursive: true}))

interface Prepared {
  readonly result: CustomizationCheck
  readonly text: string
  readonly rejects: string | undefined
}

async function prepare(content: string, {rejecting = false} = {}): Promise<Prepared> {
  const training = join(folder, 'prepared.jsonl')
  const rejects = rejecting ? join(folder, 'rejects.jsonl') : undefined
  const result = await checkData(content, {question: {copies: {training, validation: undefined, rejects}}})
  return {result, text: await readFile(training, 'utf8'), rejects: rejects && (await readFile(rejects, 'utf8'))}
}

type Messages = {role: string; content: unknown}[]
interface Row {
  schemaVersion?: string
  system?: unknown
  messages: Messages
  [more: string]: unknown
}

const GOOD = goodRows('converse', 100).map((row) => JSON.stringify(row))

/** Ways to break a row that a copy mends: the text of one line, or of several. */
const BREAKS: readonly ((row: Row, line: string) => string)[] = [
  (row) => JSON.stringify({...row, id: 5, note: {deep: ['x']}}),
  ({schemaVersion: _, ...row}) => JSON.stringify(row),
  (row) => JSON.stringify({...row, schemaVersion: 'v1'}),
  (row) => JSON.stringify({...row, messages: row.messages.map((one) => ({...one, role: one.role.toUpperCase()}))}),
  (row) => JSON.stringify({...row, messages: [{role: 'system', content: [{text: 'Be kind.'}]}, ...row.messages]}),
  (row) => JSON.stringify({...row, messages: [{role: 'system', content: 'Be "kind".'}, ...row.messages]}),
  (row) => JSON.stringify({...row, system: 'Be\nkind.'}),
  (row) => JSON.stringify({...row, messages: row.messages.map((one) => ({...one, content: textOf(one.content)}))}),
  (row) => JSON.stringify({...row, messages: [...row.messages, {role: 'user', content: [{text: 'And then?'}]}]}),
  ({messages: [question, answer]}) =>
    JSON.stringify({prompt: textOf(question?.content), completion: textOf(answer?.content)}),
  ({messages: [question, answer]}) =>
    JSON.stringify({input: textOf(question?.content), output: textOf(answer?.content)}),
  (_, line) => `${line}\r`,
  (_, line) => `\n${line}\n \t`,
  (_, line) => `${line}\n${line}`,
  (row, line) =>
    `${line}\n${JSON.stringify({...row, messages: [{role: 'user', content: [{text: ' '}]}, ...row.messages.slice(1)]})}`,
  (_, line) => line.replaceAll('":', '" : ').replaceAll(',"', ' ,\t"'),
]

function textOf(content: unknown): string {
  return (content as {text: string}[])[0]?.text ?? ''
}

test('a data set whose every row can be mended passes once it is', async () => {
  const broken = fc.array(fc.tuple(fc.nat(99), fc.array(fc.nat(BREAKS.length - 1), {minLength: 1, maxLength: 1})), {
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(broken, fc.boolean(), async (defects, marked) => {
      const lines = [...GOOD]
      for (const [at, kinds] of defects) {
        for (const kind of kinds) lines[at] = BREAKS[kind]?.(JSON.parse(GOOD[at] ?? '') as Row, GOOD[at] ?? '') ?? ''
      }
      const {result, text} = await prepare(`${marked ? '\ufeff' : ''}${lines.join('\n')}\n`)

      const again = await checkData(text)

      expect(again.findings).toEqual([])
      expect(result.copies[0]?.wrong).toBe(0)
      const kept = GOOD.filter((line, at) => lines[at] === line)
      expect(text.split('\n')).toEqual(expect.arrayContaining(kept))
      expect(again.files[0]?.rows).toBe(100)
    }),
    {numRuns: 60},
  )
})

test('a copy has none of what its making repaired or left out, whatever the rows are', async () => {
  const value = fc.oneof(
    fc.constantFrom('', ' ', 'Hello', 'User: hi', 'joe@acme.io', 'x'.repeat(50)),
    fc.constant([{text: 'Hello'}]),
    fc.constant([{text: ''}]),
    fc.constant([]),
    fc.constant(5),
    fc.constant([{image: {format: 'jpg', source: {s3Location: {uri: 's3://data/a.jpg'}}}}]),
  )
  const message = fc.record(
    {role: fc.constantFrom('user', 'assistant', 'system', 'User', 'tool'), content: value, name: fc.constant('x')},
    {requiredKeys: []},
  )
  const row = fc.oneof(
    fc.record(
      {
        schemaVersion: fc.constantFrom('bedrock-conversation-2024', 'x', 5),
        system: value,
        messages: fc.oneof(fc.array(message, {maxLength: 4}), fc.constant('x')),
        other: fc.constant(1),
      },
      {requiredKeys: []},
    ),
    fc.record(
      {prompt: fc.constantFrom('a', '', 5), completion: fc.constantFrom('b', 'c'), system: fc.constant('s')},
      {requiredKeys: []},
    ),
  )
  const line = fc.oneof(
    row.map((one) => JSON.stringify(one)),
    fc.constantFrom('', '{', '[]', 'null', '{"a":1}{'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, {maxLength: 12}), fc.boolean(), async (lines, rejecting) => {
      const {result, text} = await prepare(lines.join('\n'), {rejecting})

      const again = await checkData(text)

      const [copy] = result.copies
      const gone = new Set([...Object.keys(copy?.repaired ?? {}), ...Object.keys(copy?.dropped ?? {})])
      expect(again.findings.filter(({code, fixable}) => fixable && gone.has(code))).toEqual([])
      expect(again.files[0]?.wrongRows).toBe(copy?.wrong)
      if (rejecting) expect(copy?.wrong).toBe(0)
      expect((await prepare(text)).text).toBe(text)
    }),
    {numRuns: 150},
  )
})

test('what a copy does not have is in the rejects byte by byte, in the order of the input', async () => {
  const bad = ['{', '{"messages":5}', GOOD[0] ?? '']
  const {result, text, rejects} = await prepare(
    `${[GOOD[0], bad[0], GOOD[1], bad[1], bad[2], '', GOOD[2]].join('\r\n')}`,
    {rejecting: true},
  )

  expect(text).toBe(`${[GOOD[0], GOOD[1], GOOD[2]].join('\n')}\n`)
  expect(rejects).toBe(`${bad.join('\r\n')}\r\n`)
  expect(result.copies).toMatchObject([{rows: 3, dropped: {duplicate: 1, 'empty-line': 1}, wrong: 0}])
  expect(result.rejects).toMatchObject({lines: 3})
})

test('rows that are trained on are left out of the copy of the validation set', async () => {
  const fresh = JSON.stringify(
    converseRow([
      ['user', 'Something else?'],
      ['assistant', 'Yes.'],
    ]),
  )
  const sameQuestion = JSON.stringify(
    converseRow([
      ['user', 'What is the sum of 5 and one?'],
      ['assistant', 'Six.'],
    ]),
  )
  const validation = join(folder, 'validation.jsonl')

  const result = await checkData(jsonl(GOOD), {
    validation: jsonl([GOOD[3], fresh, sameQuestion, fresh]),
    question: {copies: {training: undefined, validation, rejects: undefined}},
  })

  expect(await readFile(validation, 'utf8')).toBe(`${fresh}\n`)
  expect(result.copies).toMatchObject([{role: 'validation', rows: 1, dropped: {leakage: 2, duplicate: 1}}])
})
