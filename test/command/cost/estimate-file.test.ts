import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const CHAT = [
  '  - name: chat',
  '    kind: inference',
  '    model: anthropic.claude-sonnet-4-6',
  '    requests: 200k/month',
  '    inputTokens: 3000',
  '    outputTokens: 500',
]
const NIGHT = [
  '  - name: night',
  '    kind: inference',
  '    model: amazon.nova-lite-v1:0',
  '    region: us-east-1',
  '    tier: batch',
  '    requests: 1M',
  '    inputTokens: 1k',
  '    outputTokens: 100',
  '    growth: 5%',
]
const HEAD = ['version: 1', 'region: eu-central-1', 'workloads:']

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-workloads-'))
})
afterAll(() => rm(folder, {recursive: true}))

async function saved(...lines: readonly string[]): Promise<string> {
  const file = join(folder, 'workloads.yaml')
  await writeFile(file, lines.join('\n'))
  return file
}

async function estimated(...argv: readonly string[]) {
  const {exitCode, stdout} = await runCli(['cost', 'estimate', ...argv, '--offline', '--json'])
  return {exitCode, document: JSON.parse(stdout)}
}

describe('cost estimate of a file', () => {
  test('is the sum of its workloads', async () => {
    const {document, exitCode} = await estimated(await saved(...HEAD, ...CHAT, ...NIGHT))

    expect(exitCode).toBe(0)
    const months = document.workloads.map(({month}: {month: {amount: number}[]}) => month[0]?.amount)
    expect(months).toEqual([600 * 3.3 + 100 * 16.5, 1000 * 0.03 + 100 * 0.12])
    expect(document.month).toEqual([{currency: 'USD', amount: months[0] + months[1]}])
  })

  test('calls from its Region, unless a workload names another', async () => {
    const {document} = await estimated(await saved(...HEAD, ...CHAT, ...NIGHT), '--region', 'us-west-2')

    const regions = document.workloads.map(({lines}: {lines: {region: string}[]}) => lines[0]?.region)
    expect(regions).toEqual(['eu-central-1', 'us-east-1'])
  })

  test('may come on standard input', async () => {
    const {stdout, exitCode} = await runCli(['cost', 'estimate', '-', '--offline', '--json'], {
      stdin: [...HEAD, ...CHAT].join('\n'),
    })

    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).workloads).toHaveLength(1)
  })

  test('may be JSON', async () => {
    const chat = {name: 'chat', kind: 'inference', model: 'anthropic.claude-sonnet-4-6'}
    const workloads = [{...chat, requests: 200_000, inputTokens: 3000, outputTokens: '500'}]

    const {document} = await estimated(await saved(JSON.stringify({version: 1, region: 'eu-central-1', workloads})))

    expect(document.month).toEqual([{currency: 'USD', amount: 600 * 3.3 + 100 * 16.5}])
  })

  test('refuses flags of a workload beside it', async () => {
    const {document, exitCode} = await estimated(await saved(...HEAD, ...CHAT), '--requests', '5')

    expect(exitCode).toBe(2)
    expect(document.error).toMatchObject({code: 'FILE_AND_FLAGS', message: expect.stringContaining('--requests')})
  })
})

describe('what is wrong with a file of workloads', () => {
  async function told(...lines: readonly string[]): Promise<readonly string[]> {
    const {document, exitCode} = await estimated(await saved(...lines))
    expect(exitCode).toBe(2)
    return document.error.why.split('\n')
  }

  test('is told by line: models that nobody knows, and what is not sold', async () => {
    const lines = await told(
      ...HEAD,
      ...CHAT.map((line) => line.replace('sonnet', 'sonet')),
      ...NIGHT.map((line) => line.replace('batch', 'latency-optimized')),
    )

    expect(lines[0]).toMatch(/^line 6: chat.model: .*“anthropic.claude-sonet-4-6”. Did you mean .*sonnet-4-6/)
    expect(lines[1]).toMatch(
      /^line 10: night: no price is known for input tokens of amazon.nova-lite-v1:0 in us-east-1/,
    )
  })

  test('is told all at once: wrong keys and amounts beside wrong models', async () => {
    const lines = await told(
      ...HEAD,
      ...CHAT.map((line) => line.replace('sonnet', 'sonet').replace('200k', '-200k')),
      '    cahce: {share: 80%}',
      ...NIGHT.map((line) => line.replace('5%', '-150%')),
      ...CHAT.map((line) => line.replace('name: chat', 'name: other').replace('sonnet', 'sonet')),
    )

    expect(lines.map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
      'line 6: workloads.0.model',
      'line 7: workloads.0.requests',
      'line 10: workloads.0.cahce',
      'line 19: workloads.1.growth',
      'line 22: workloads.2.model',
    ])
  })

  test('is told of a kind that is none, with those there are', async () => {
    const lines = await told(...HEAD, ...CHAT.map((line) => line.replace('kind: inference', 'kind: inferense')))

    expect(lines).toEqual([
      expect.stringMatching(
        /^line 5: workloads.0.kind: "inferense" is none of .*inference.* Did you mean inference\?$/,
      ),
    ])
  })

  test('is told of two workloads of one name', async () => {
    expect(await told(...HEAD, ...CHAT, ...CHAT)).toEqual([
      'line 10: workloads.1.name: another workload is called chat too',
    ])
  })
})

describe('prices of one’s own in a file', () => {
  const prices = (...lines: readonly string[]) => [...HEAD.slice(0, 2), 'prices:', ...lines, 'workloads:', ...NIGHT]

  test('go by any name of the model', async () => {
    const {document} = await estimated(
      await saved(...prices('  - {model: Nova Lite, tier: batch, input: 0.01, output: 0}')),
    )

    expect(document.month).toEqual([{currency: 'USD', amount: 10}])
  })

  test('of a model, Region or tier that does not exist are refused by line', async () => {
    const file = await saved(
      ...prices(
        '  - {model: amazon.nova-lte-v1:0, input: 1}',
        '  - {model: guardrails, region: us-east-9, meter: guardrail-text-unit, variant: content, unit: 1}',
      ),
    )
    const {exitCode, stderr} = await runCli(['cost', 'estimate', file, '--offline'])

    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/line 4: prices\.0\.model: no model .*nova-lte.* Did you mean amazon\.nova-lite-v1:0/)
    expect(stderr).toContain('line 5: prices.1.region: us-east-9 is no Region of Bedrock')
  })

  test('that hold for nothing are told', async () => {
    const file = await saved(...prices('  - {model: amazon.nova-lite-v1:0, tier: priority, input: 1, output: 1}'))
    const {exitCode, stderr} = await runCli(['cost', 'estimate', file, '--offline'])

    expect(exitCode).toBe(0)
    expect(stderr).toContain('of your own, these hold for nothing in the file: amazon.nova-lite-v1:0 (priority)')
  })
})

test('a name that stands twice and a growth of 500 % are told beside all else', async () => {
  const [first = '', ...rest] = CHAT
  const file = await saved(...HEAD, ...CHAT, '    growth: 5', first, ...rest.slice(0, -1), '    outputTokens: many')
  const {stderr} = await runCli(['cost', 'estimate', file, '--offline'])

  expect(stderr).toContain('line 10: workloads.0.growth: a rate such as 0.05; 5 % are 5% or 0.05')
  expect(stderr).toContain('line 11: workloads.1.name: another workload is called chat too')
  expect(stderr).toContain('line 16: workloads.1.outputTokens: “many” is no number')
})
