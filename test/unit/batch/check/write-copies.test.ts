import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {checkRecords} from '../../../../src/lib/batch/check/check-records.js'
import type {CheckSettings} from '../../../../src/lib/batch/check/check-settings.js'
import {type CopiesWritten, writeCopies} from '../../../../src/lib/batch/check/write-copies.js'
import {bytesSource} from './bytes-source.js'

const SETTINGS: CheckSettings = {
  family: 'anthropic-messages',
  facts: {modelId: 'anthropic.claude-sonnet-4-6', maxOutputTokens: 64_000, takesImages: true},
  context: undefined,
  maxLineBytes: 5000,
  idSeed: 7,
}

const BODY =
  '{"anthropic_version": "bedrock-2023-05-31","max_tokens":100 ,"messages":[{"role":"user","content":"é 9007199254740993"}]}'
const RIGHT = `{ "recordId":"r1",  "modelInput":${BODY}}`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copies-'))
})
afterAll(() => rm(folder, {recursive: true}))

interface Copies {
  readonly fixed: string | undefined
  readonly rejects: string | undefined
  readonly written: CopiesWritten
}

async function copies(text: string, wanted: 'fixed' | 'rejects' | 'both'): Promise<Copies> {
  const source = bytesSource(Buffer.from(text))
  const check = await checkRecords(source, SETTINGS)
  const targets = {
    fixed: wanted === 'rejects' ? undefined : join(folder, 'fixed.jsonl'),
    rejects: wanted === 'fixed' ? undefined : join(folder, 'rejects.jsonl'),
  }
  const written = await writeCopies(source, SETTINGS, check, targets)
  return {
    fixed: targets.fixed && (await readFile(targets.fixed, 'utf8')),
    rejects: targets.rejects && (await readFile(targets.rejects, 'utf8')),
    written,
  }
}

test('a copy of what is right is the same, byte by byte', async () => {
  const text = `${RIGHT}\n${RIGHT.replace('r1', 'r2')}\n`

  const {fixed, written} = await copies(text, 'fixed')

  expect(fixed).toBe(text)
  expect(written.fixed).toMatchObject({lines: 2, bytes: Buffer.byteLength(text), repaired: 0, wrong: 0})
})

test('mark, CR LF, blank lines and the line feed at the end are mended, and nothing else', async () => {
  const second = RIGHT.replace('r1', 'r2')

  const {fixed, written} = await copies(`\ufeff${RIGHT}\r\n\n \t\r\n${second}`, 'fixed')

  expect(fixed).toBe(`${RIGHT}\n${second}\n`)
  expect(written.fixed).toMatchObject({lines: 2, repaired: 4, wrong: 0})
})

test('a record without an id gets one that no other has, before its other members', async () => {
  const taken = RIGHT.replace('r1', 'line000000001')

  const {fixed} = await copies(`{"modelInput":${BODY}}\n${taken}\n{ "modelInput":${BODY}}\n`, 'fixed')

  expect(fixed).toBe(
    `{"recordId":"line000000001x2","modelInput":${BODY}}\n${taken}\n{"recordId":"line000000003", "modelInput":${BODY}}\n`,
  )
})

test('what a body lacks is put in where that is safe', async () => {
  const {fixed} = await copies(`${RIGHT.replace('"anthropic_version": "bedrock-2023-05-31",', '')}\n`, 'fixed')

  expect(fixed).toContain('"modelInput":{"anthropic_version":"bedrock-2023-05-31","max_tokens":100 ,')
})

test('lines that are wrong go to the rejects as they are; what can be mended goes to the copy', async () => {
  const long = `{"recordId":"${'x'.repeat(9000)}"}`
  const wrong = [`${RIGHT}\r`, '{broken', long]

  const {fixed, rejects, written} = await copies(`${RIGHT}\n\n${wrong.join('\n')}`, 'both')

  expect(fixed).toBe(`${RIGHT}\n`)
  expect(rejects).toBe(wrong.join('\n'))
  expect(written.rejects?.lines).toBe(3)
})

test('without a fix, all that is wrong is rejected; without rejects, all stays in the copy', async () => {
  const text = `${RIGHT}\n\n{"modelInput":${BODY}}\n{broken\n`

  expect((await copies(text, 'rejects')).rejects).toBe(`\n{"modelInput":${BODY}}\n{broken\n`)
  const {fixed, written} = await copies(text, 'fixed')
  expect(fixed).toBe(`${RIGHT}\n{"recordId":"line000000003","modelInput":${BODY}}\n{broken\n`)
  expect(written.fixed).toMatchObject({repaired: 2, wrong: 1})
})

test('a mended copy needs no more mending, and right lines are in it as they were', async () => {
  const part = fc.constantFrom(
    RIGHT,
    RIGHT.replace('r1', 'r2'),
    `{"modelInput":${BODY}}`,
    '',
    ' ',
    '{',
    '{"recordId":"x"}',
  )
  const ending = fc.constantFrom('\n', '\r\n')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(part, ending), {maxLength: 12}), fc.boolean(), async (parts, hasMark) => {
      const text = `${hasMark ? '\ufeff' : ''}${parts.map((one) => one.join('')).join('')}`

      const {fixed = ''} = await copies(text, 'both')

      const again = await checkRecords(bytesSource(Buffer.from(fixed)), SETTINGS)
      expect(again.groups).toEqual([])
      expect((await copies(fixed, 'fixed')).fixed).toBe(fixed)
    }),
    {numRuns: 40},
  )
})

test('nothing half-written is left when the writing is stopped', async () => {
  const source = bytesSource(Buffer.from(`${RIGHT}\n`))
  const check = await checkRecords(source, SETTINGS)
  const before = await readdir(folder)

  const writing = writeCopies(
    source,
    SETTINGS,
    check,
    {fixed: join(folder, 'never.jsonl'), rejects: undefined},
    AbortSignal.abort(new Error('stopped')),
  )

  await expect(writing).rejects.toThrow('stopped')
  expect(await readdir(folder)).toEqual(before)
})

test('repairs that touch each other are all made', async () => {
  const body = (members: string) => `{"recordId":"r1","modelInput":{${members}"max_tokens":9,"messages":[]}}\n`
  const message = '[{"role":"user","content":"x"}]'
  const start = '"model":"m","stream":true,"modelId":"n",'
  const text = `{"recordId":"r1","modelInput":{${start}"max_tokens":9,"messages":${message},"temperature":null,"top_p":null}}\n`

  const {fixed} = await copies(text, 'fixed')

  expect(fixed).toBe(body('"anthropic_version":"bedrock-2023-05-31",').replace('[]', message))
})

test('a version that is null is replaced, however often it stands there', async () => {
  const nulls = '"anthropic_version":null,'
  const rest = '"max_tokens":9,"messages":[{"role":"user","content":"x"}]}}\n'

  const {fixed} = await copies(`{"recordId":"r1","modelInput":{${nulls}${nulls}${rest}`, 'fixed')

  expect(fixed).toBe(`{"recordId":"r1","modelInput":{"anthropic_version":"bedrock-2023-05-31",${rest}`)
})
