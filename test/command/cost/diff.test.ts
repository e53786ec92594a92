import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-cost-diff-'))
})
afterAll(() => rm(folder, {recursive: true}))

function workloads(requests: string): string {
  return `version: 1
region: eu-central-1
workloads:
  - {name: chat, kind: inference, model: anthropic.claude-sonnet-4-6, requests: ${requests}, inputTokens: 3000, outputTokens: 500}
`
}

async function saved(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

function diff(argv: readonly string[], stdin?: string) {
  return runCli(['cost', 'diff', ...argv, '--offline'], stdin === undefined ? {} : {stdin})
}

test('two files are priced with one book and compared', async () => {
  const files = [await saved('before.yaml', workloads('200k')), await saved('after.yaml', workloads('300k'))]

  const {exitCode, stdout} = await diff([...files, '--json'])

  const {month, notes, prices, workloads: changes} = JSON.parse(stdout)
  expect(exitCode).toBe(0)
  expect(month).toEqual([{currency: 'USD', before: 3630, after: 5445, difference: 1815, percent: 50}])
  expect(changes).toMatchObject([{name: 'chat', change: 'changed', complete: true}])
  expect(prices.kind).toBe('bundle')
  expect(notes).toEqual([])
})

test.each([
  [['--max-increase', '50%', '--max-monthly', '5445'], 0],
  [['--max-increase', '49.9%'], 3],
  [['--max-monthly', '$5,444'], 3],
])('%j gives exit %i', async (gates, expected) => {
  const files = [await saved('before.yaml', workloads('200k')), await saved('after.yaml', workloads('300k'))]

  const {exitCode, stdout} = await diff([...files, ...gates])

  expect(exitCode).toBe(expected)
  expect(stdout).toMatch(expected === 0 ? /^PASS {2}/m : /^FAIL {2}/m)
})

test('the file as it was may come on standard input', async () => {
  const after = await saved('after.yaml', workloads('300k'))

  const {exitCode, stdout} = await diff(['-', after, '-o', 'markdown'], workloads('200k'))

  expect(exitCode).toBe(0)
  expect(stdout).toContain('### Bedrock: +$1,815.00 (+50.0 %) a month')
  expect(stdout).toContain('| chat (changed) | $3,630.00 | $5,445.00 | +$1,815.00 | +50.0 % |')
})

test('a file that was not there yet adds all its workloads', async () => {
  const after = await saved('after.yaml', workloads('200k'))

  const {exitCode, stdout} = await diff(['-', after, '--json'], '')

  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    before: {file: 'standard input', workloads: 0},
    workloads: [{change: 'added'}],
    notes: ['nothing stands before: every workload is new'],
  })
})

test('a file that is empty afterwards is refused: nothing can be priced', async () => {
  const files = [await saved('before.yaml', workloads('200k')), await saved('after.yaml', '')]

  const {exitCode, stderr} = await diff(files)

  expect(exitCode).toBe(2)
  expect(stderr).toContain('after.yaml does not say what a workload file may say')
})

test('what cannot be priced names its file and line', async () => {
  const before = await saved('before.yaml', workloads('200k').replace('model:', 'tier: latency-optimized, model:'))
  const after = await saved('after.yaml', workloads('200k'))

  const {exitCode, stderr} = await diff([before, after])

  expect(exitCode).toBe(2)
  expect(stderr.replace(/\s+/g, ' ')).toContain(`${before}, line 4: chat`)
})

test('a limit that is none is refused before a file is read', async () => {
  const {exitCode, stderr} = await diff(['none.yaml', 'none.yaml', '--max-monthly', 'much'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('--max-monthly much is no limit')
})

test('standard input cannot be both sides', async () => {
  const {exitCode, stderr} = await diff(['-', '-'], workloads('200k'))

  expect(exitCode).toBe(2)
  expect(stderr).toContain('Standard input can be one side of the comparison, not both.')
})
