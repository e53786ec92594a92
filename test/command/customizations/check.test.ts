import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {CustomizationCheck} from '../../../src/lib/customizations/check/customization-check.schema.js'
import {runCli} from '../../support/run-cli.js'

const EXAMPLE = 'examples/customizations/tone.jsonl'
const VALIDATION = 'examples/customizations/tone-validation.jsonl'
const NOVA = ['--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning', '--region', 'us-east-1']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'customizations-check-'))
})
afterAll(() => rm(folder, {recursive: true}))

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function answer(...argv: readonly string[]): Promise<{exitCode: number; result: CustomizationCheck}> {
  const {exitCode, stdout} = await runCli(['customizations', 'check', ...argv, '--offline', '--json'])
  return {exitCode, result: JSON.parse(stdout) as CustomizationCheck}
}

test('data that is right passes, with counts of rows and tokens', async () => {
  const {exitCode, result} = await answer(EXAMPLE, '--validation', VALIDATION, ...NOVA)

  expect(exitCode).toBe(0)
  expect(result).toMatchObject({
    base: {id: 'amazon.nova-lite-v1:0:300k', region: 'us-east-1', type: 'FINE_TUNING'},
    format: {id: 'converse'},
    files: [
      {role: 'training', rows: 110, wrongRows: 0},
      {role: 'validation', rows: 10},
    ],
    findings: [],
    limits: {leastRows: 8, mostRows: 20_000, together: true, rowsFrom: 'documented default'},
    price: {amount: null, epochs: 2, epochsFrom: 'default of epochCount'},
    gate: {passed: true},
  })
  expect(result.price?.said).toContain('No price is known for training amazon.nova-lite-v1:0 in us-east-1')
})

test('training is priced by tokens and epochs where the book has a price', async () => {
  const argv = ['--base-model', 'meta.llama3-1-8b-instruct-v1:0:128k', '--type', 'fine-tuning', '--region', 'us-west-2']
  const rows = Array.from(
    {length: 100},
    (_, index) => `{"prompt":"Name number ${index}.","completion":"It is ${index}"}\n`,
  )
  const {result} = await answer(await file('llama.jsonl', rows.join('')), ...argv, '--epochs', '3')

  const {price} = result
  expect(result.gate.passed).toBe(true)
  expect(price).toMatchObject({epochs: 3, epochsFrom: '--epochs', currency: 'USD', storagePerMonth: '1.95'})
  expect(Number(price?.amount)).toBeCloseTo(((price?.tokens ?? 0) * 3 * 1.49) / 1e6, 9)
})

test('what is wrong is told with its place, its reason and what mends it, and fails', async () => {
  const rows = (await readFile(EXAMPLE, 'utf8')).trimEnd().split('\n')
  const input = await file(
    'wrong.jsonl',
    `${[...rows, '', rows[0], '{"prompt":"Say A","completion":"A"}', '{'].join('\n')}\n`,
  )

  const {exitCode, stdout} = await runCli(['customizations', 'check', input, ...NOVA, '--offline'])

  expect(exitCode).toBe(3)
  expect(stdout).toContain('FAIL  FINE_TUNING of amazon.nova-lite-v1:0:300k in us-east-1')
  expect(stdout).toMatch(/ERROR empty-line {2}1× {2}--fix repairs it\n.*\n.*\n +training line 111\n/)
  expect(stdout).toMatch(/ERROR json {2}1×\n +This is no JSON/)
  expect(stdout).toMatch(
    /ERROR format {2}1× {2}--fix repairs it\n +The row is one of prompt and completion, the base takes Converse rows/,
  )
  expect(stdout).toMatch(/WARN {2}duplicate {2}row {2}1× {2}--fix repairs it\n.*first on line 1\.\n/)
  expect(stdout).toMatch(/tokens of a row\n +64 to 127 {2}█+ 111\n/)
})

test('the prepared copy passes, and what it lacks is in the rejects', async () => {
  const rows = (await readFile(EXAMPLE, 'utf8')).trimEnd().split('\n')
  const input = await file(
    'mend.jsonl',
    `\ufeff${[...rows, '', rows[0], '{"prompt":"Say A","completion":"A"}', '{'].join('\r\n')}`,
  )
  const fixed = join(folder, 'prepared.jsonl')
  const rejects = join(folder, 'rejects.jsonl')

  const {exitCode, result} = await answer(input, ...NOVA, '--fix', fixed, '--rejects', rejects)

  expect(exitCode).toBe(3)
  expect(result.copies).toMatchObject([
    {role: 'training', file: fixed, rows: 111, dropped: {'empty-line': 1, duplicate: 1}, wrong: 0},
  ])
  const made =
    '{"schemaVersion":"bedrock-conversation-2024","messages":[{"role":"user","content":[{"text":"Say A"}]},{"role":"assistant","content":[{"text":"A"}]}]}'
  expect(await readFile(fixed, 'utf8')).toBe(`${[...rows, made].join('\n')}\n`)
  expect(await readFile(rejects, 'utf8')).toBe(`${rows[0]}\r\n{`)
  const again = await answer(fixed, ...NOVA)
  expect([again.exitCode, again.result.findings]).toEqual([0, []])
})

test('rows are shown when asked for, but none that may hold something personal', async () => {
  const rows = (await readFile(EXAMPLE, 'utf8')).trimEnd().split('\n')
  const personal = rows[0]?.replace('order A-100', 'joe@acme.io, order A-100') ?? ''
  const input = await file('personal.jsonl', `${[...rows, rows[1], personal].join('\n')}\n`)

  const plain = await runCli(['customizations', 'check', input, ...NOVA, '--offline', '--json'])
  const {stdout} = await runCli(['customizations', 'check', input, ...NOVA, '--offline', '--json', '--show-rows'])

  expect(plain.stdout).not.toContain('You answer customers')
  expect(stdout).toContain('You answer customers')
  expect(stdout).not.toContain('joe@acme.io')
  expect(stdout).toContain('not shown')
})

test('SARIF has a rule for each check and a result for each line', async () => {
  const rows = await readFile(EXAMPLE, 'utf8')
  const {exitCode, stdout} = await runCli([
    ...['customizations', 'check', await file('sarif.jsonl', `${rows}{\n[\n`), ...NOVA, '--offline', '-o', 'sarif'],
  ])
  const log = JSON.parse(stdout)

  expect(exitCode).toBe(3)
  expect(log.version).toBe('2.1.0')
  const lines = log.runs[0].results.map(
    (result: {ruleId: string; locations: {physicalLocation: {region: {startLine: number}}}[]}) => [
      result.ruleId,
      result.locations[0]?.physicalLocation.region.startLine,
    ],
  )
  expect(lines).toEqual([
    ['json', 111],
    ['json', 112],
  ])
})

test.each([
  [
    'a base that is none',
    [EXAMPLE, '--base-model', 'amazon.nova-light-v1:0', '--type', 'fine-tuning'],
    'BASE_NOT_KNOWN',
  ],
  [
    'a folder of S3',
    ['s3://data/in/', '--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning'],
    'DATA_IS_PREFIX',
  ],
  [
    'a Region that is not that of the ARN',
    [
      ...[EXAMPLE, '--type', 'fine-tuning', '--region', 'us-west-2', '--base-model'],
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
    ],
    'REGION_CONTRADICTS',
  ],
  ['a copy over the input', [EXAMPLE, ...NOVA, '--fix', EXAMPLE], 'COPY_OVER_INPUT'],
])('%s is refused', async (_, argv, code) => {
  const {exitCode, stdout} = await runCli(['customizations', 'check', ...argv, '--offline', '--json'])

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code])
})
