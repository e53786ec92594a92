import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const PROMPTS = [
  JSON.stringify('How do I renew a passport that was lost abroad?'),
  JSON.stringify({
    prompt: 'Summarise the attached terms in three sentences.',
    output: 'They are long. They bind. They end.',
  }),
  JSON.stringify({messages: [{role: 'user', content: 'Is this invoice overdue?'}], output: 'Yes, since Monday.'}),
]
const WORKLOAD = ['--model', 'anthropic.claude-sonnet-4-6', '--region', 'us-east-1', '--requests', '100k']

let folder: string
let sample: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-samples-'))
  sample = join(folder, 'sample.jsonl')
  await writeFile(sample, PROMPTS.join('\n'))
})
afterAll(() => rm(folder, {recursive: true}))

async function estimated(...argv: readonly string[]) {
  const {exitCode, stdout, stderr} = await runCli(['cost', 'estimate', ...WORKLOAD, ...argv, '--json'])
  return {exitCode, stderr, text: stdout, document: JSON.parse(stdout)}
}

test('a model that counts tells the tokens of the sample prompts, and within which bounds the month lies', async () => {
  const {document, exitCode, text} = await estimated('--sample', sample, '--sandbox')

  const {counted, month, workloads} = document
  expect(exitCode).toBe(0)
  expect(counted).toMatchObject({method: 'count-tokens', samples: 3, counted: 3, outputs: 2})
  expect(workloads[0].requests).toBe(100_000)
  expect(counted.month.low[0].amount).toBeLessThanOrEqual(month[0].amount)
  expect(counted.month.high[0].amount).toBeGreaterThanOrEqual(month[0].amount)
  expect(text).not.toContain('passport')
})

test('offline they go by characters, with wider bounds, and it says so', async () => {
  const {document} = await estimated('--sample', sample, '--offline')

  expect(document.counted).toMatchObject({method: 'characters', why: 'Nothing is called offline.'})
  expect(document.counted.month.high[0].amount).toBeGreaterThan(document.counted.month.low[0].amount)
})

test('tokens that are given win over those that were counted', async () => {
  const {document} = await estimated('--sample', sample, '--output-tokens', '500', '--offline')

  const output = document.workloads[0].lines.find(({kind}: {readonly kind: string}) => kind === 'output')
  expect(output.quantity).toBe(50_000_000)
})

test('one prompt has no answer: its tokens are to be given', async () => {
  const file = join(folder, 'prompt.txt')
  await writeFile(file, 'Translate this into French.')

  const without = await runCli(['cost', 'estimate', ...WORKLOAD, '--prompt-file', file, '--offline'])
  const {document} = await estimated('--prompt-file', file, '--output-tokens', '20', '--offline')

  expect(without.exitCode).toBe(2)
  expect(without.stderr).toContain('--output-tokens is missing')
  expect(document.counted.samples).toBe(1)
})

test('a sample is refused beside a file of workloads', async () => {
  const {exitCode, stderr} = await runCli(['cost', 'estimate', 'workloads.yaml', '--sample', sample, '--offline'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('sample prompts cannot too')
})
