import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {BedrockClient, CreateInferenceProfileCommand, DeleteInferenceProfileCommand} from '@aws-sdk/client-bedrock'
import {BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand} from '@aws-sdk/client-bedrock-runtime'
import {CostExplorerClient, GetCostAndUsageCommand} from '@aws-sdk/client-cost-explorer'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings} from '../support/sandbox-clients.js'

const ADMIN = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const SCENARIO = {
  description: 'An account that has used nothing.',
  accounts: [
    {
      id: '111122223333',
      name: 'new',
      createdOn: '2024-01-15',
      keys: [{accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}],
      bearerToken: 'ABSKsandbox111122223333',
      iam: {users: [{name: 'sandbox', inline: {all: ADMIN}}]},
      access: {agreements: 'accepted', useCaseForm: true},
      regions: {},
    },
  ],
}
const SONNET = 'us.anthropic.claude-sonnet-4-6'
const HOUR_MS = 3_600_000

let folder: string
let sandbox: Sandbox

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'billed-'))
  const scenario = join(folder, 'new.json')
  await writeFile(scenario, JSON.stringify(SCENARIO))
  sandbox = await startSandbox({scenario, clock: 'manual', checkOutput: true})
})

afterAll(async () => {
  await sandbox.close()
  await rm(folder, {recursive: true})
})

const asking = [{role: 'user' as const, content: [{text: 'How many roads must a man walk down?'}]}]

async function infer(model: string): Promise<{readonly input: number; readonly output: number}> {
  const {AWS_ENDPOINT_URL_BEDROCK_MANTLE: url} = sandbox.env({bearer: true})
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: {authorization: 'Bearer ABSKsandbox111122223333', 'content-type': 'application/json'},
    body: JSON.stringify({model, messages: [{role: 'user', content: 'Hello'}]}),
  })
  const {usage} = (await answer.json()) as {
    readonly usage: {readonly [Kind in 'prompt' | 'completion' as `${Kind}_tokens`]: number}
  }
  return {input: usage.prompt_tokens, output: usage.completion_tokens}
}

/** Usage type and operation → USD and quantity, of all that is on the bill. */
async function billed(): Promise<Readonly<Record<string, readonly [usd: number, quantity: number]>>> {
  const client = new CostExplorerClient(clientSettings(sandbox, 'us-east-1'))
  const day = (time: number) => new Date(time).toISOString().slice(0, 10)
  const {ResultsByTime = []} = await client.send(
    new GetCostAndUsageCommand({
      TimePeriod: {Start: day(sandbox.clock.now() - 72 * HOUR_MS), End: day(sandbox.clock.now() + 24 * HOUR_MS)},
      Granularity: 'DAILY',
      Metrics: ['UnblendedCost', 'UsageQuantity'],
      GroupBy: ['USAGE_TYPE', 'OPERATION'].map((Key) => ({Type: 'DIMENSION', Key})),
    }),
  )
  client.destroy()
  const groups = ResultsByTime.flatMap(({Groups = []}) => Groups)
  return Object.fromEntries(
    groups.map(({Keys = [], Metrics: {UnblendedCost, UsageQuantity} = {}}) => [
      Keys.join(' '),
      [Number(UnblendedCost?.Amount), Number(UsageQuantity?.Amount)],
    ]),
  )
}

test('a call by a profile that is gone by then is on the bill as what it was', async () => {
  const settings = clientSettings(sandbox, 'us-east-1')
  const [bedrock, runtime] = [new BedrockClient(settings), new BedrockRuntimeClient(settings)]
  const copyFrom = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'
  const {inferenceProfileArn: modelId} = await bedrock.send(
    new CreateInferenceProfileCommand({inferenceProfileName: 'shop', modelSource: {copyFrom}}),
  )
  await runtime.send(new ConverseCommand({modelId, messages: asking}))
  await bedrock.send(new DeleteInferenceProfileCommand({inferenceProfileIdentifier: modelId}))
  bedrock.destroy()
  runtime.destroy()
  await sandbox.clock.advance(26 * HOUR_MS)

  const types = Object.keys(await billed()).filter((key) => key.includes('NovaLite'))
  expect(types.map((type) => type.replace(/ .*/, ''))).toEqual([
    expect.stringContaining('input'),
    expect.stringContaining('output'),
  ])
})

test('what was called is on the bill a day later, by the price of its route, streams by an operation of their own', async () => {
  const client = new BedrockRuntimeClient(clientSettings(sandbox, 'us-east-1'))
  const {usage} = await client.send(new ConverseCommand({modelId: SONNET, messages: asking}))
  const {stream = []} = await client.send(new ConverseStreamCommand({modelId: SONNET, messages: asking}))
  let streamed = 0
  for await (const {metadata} of stream) streamed = metadata?.usage?.outputTokens ?? streamed
  await client.send(new ConverseCommand({modelId: SONNET, messages: []})).catch(() => undefined)
  client.destroy()
  const oss = await infer('openai.gpt-oss-20b')

  const before = await billed()
  await sandbox.clock.advance(26 * HOUR_MS)

  const bill = Object.fromEntries(Object.entries(await billed()).filter(([key]) => !(key in before)))
  const line = (kind: string, operation: string) =>
    Object.entries(bill).find(([key]) => key.includes(`_${kind}`) && key.endsWith(` ${operation}`))?.[1]
  const input = (usage?.inputTokens ?? 0) / 1e6
  const output = (usage?.outputTokens ?? 0) / 1e6
  expect(line('InputTokenCount', 'InvokeModelInference')).toEqual([
    expect.closeTo(3.3 * input, 9),
    expect.closeTo(input, 9),
  ])
  expect(line('OutputTokenCount', 'InvokeModelInference')).toEqual([
    expect.closeTo(16.5 * output, 9),
    expect.closeTo(output, 9),
  ])
  expect(line('OutputTokenCount', 'InvokeModelStreamingInference')?.[1]).toBeCloseTo(streamed / 1e6, 9)
  const mantle = Object.entries(bill).filter(([key]) => key.includes('mantle'))
  expect(mantle.map(([, [, quantity]]) => quantity * 1000).sort((a, b) => a - b)).toEqual(
    [oss.input, oss.output].sort((a, b) => a - b).map((tokens) => expect.closeTo(tokens, 6)),
  )
  expect(Object.keys(bill)).toHaveLength(6)
})
