import fc from 'fast-check'
import {expect, test} from 'vitest'
import {DATASET_RULES} from '../../../../src/lib/customizations/datasets/check-codes.js'
import {checkData, converseRow, jsonl} from '../../../support/dataset-case.js'

const BASES = [
  ['amazon.nova-lite-v1:0', 'FINE_TUNING'],
  ['amazon.nova-2-lite-v1:0', 'FINE_TUNING'],
  ['amazon.nova-2-lite-v1:0', 'REINFORCEMENT_FINE_TUNING'],
  ['meta.llama3-1-8b-instruct-v1:0', 'FINE_TUNING'],
  ['meta.llama3-3-70b-instruct-v1:0', 'DISTILLATION'],
  ['anthropic.claude-3-haiku-20240307-v1:0', 'FINE_TUNING'],
  ['amazon.titan-image-generator-v2:0', 'FINE_TUNING'],
  ['amazon.titan-text-express-v1', 'CONTINUED_PRE_TRAINING'],
] as const

/** Names that formats know, at places where they do not expect them. */
const key = fc.constantFrom(
  ...['schemaVersion', 'system', 'messages', 'role', 'content', 'text', 'image', 'video', 'document', 'toolUse'],
  ...['toolResult', 'toolConfig', 'tools', 'toolSpec', 'reasoningContent', 'prompt', 'completion', 'input', 'output'],
  ...['image-ref', 'caption', 'candidates', 'reference_answer', 'format', 'source', 's3Location', 'uri', '__proto__'],
)
const {tree} = fc.letrec((tie) => ({
  tree: fc.oneof(
    {maxDepth: 6, withCrossShrink: true},
    fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, 'user', 'assistant', 'system', 's3://b-1/a.png'),
    ),
    fc.array(tie('tree'), {maxLength: 4}),
    fc.dictionary(key, tie('tree'), {maxKeys: 6}),
  ),
}))

test('whatever a row is, each base tells what is wrong with it in known codes', async () => {
  const row = fc.dictionary(key, tree, {maxKeys: 6})
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...BASES), fc.array(row, {maxLength: 6}), async ([base, type], rows) => {
      const result = await checkData(jsonl(rows), {base, type, validation: jsonl(rows.slice(0, 2))})

      expect(result.findings.filter(({code}) => !Object.hasOwn(DATASET_RULES, code))).toEqual([])
      expect(result.files[0]?.rows).toBe(rows.length)
    }),
    {numRuns: 300},
  )
})

test('whatever the bytes are, every line is told or passes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({maxLength: 60}), {maxLength: 8}), async (lines) => {
      const content = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]))

      const result = await checkData(content)

      expect(result.gate.passed).toBe(false)
      expect(result.files[0]?.wrongRows).toBe(result.files[0]?.rows)
    }),
  )
})

test('a line that is too long or too deep is told, and the rows beside it are judged', async () => {
  const good = JSON.stringify(
    converseRow([
      ['user', 'Hi?'],
      ['assistant', 'Hello.'],
    ]),
  )
  const long = `{"messages":"${'x'.repeat(33 * 1024 * 1024)}"}`
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const wide = `{"messages":[${'0,'.repeat(2_000_000)}0]}`

  const result = await checkData(`${[good, long, deep, wide, good].join('\n')}\n`)

  expect(result.files[0]).toMatchObject({rows: 5, wrongRows: 3})
  expect(result.findings.map(({code, lines}) => [code, lines.map(({line}) => line)])).toEqual(
    expect.arrayContaining([['duplicate', [5]]]),
  )
  expect(result.findings.find(({code}) => code === 'json-bomb')?.lines.map(({line}) => line)).toContain(2)
}, 30_000)
