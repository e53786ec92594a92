import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  ApplyGuardrailCommand,
  type ApplyGuardrailCommandInput,
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import {CloudWatchClient, GetMetricDataCommand} from '@aws-sdk/client-cloudwatch'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings} from '../support/sandbox-clients.js'

const ADMIN = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const SONNET = 'us.anthropic.claude-sonnet-4-6'
const GLOBAL_SONNET = 'global.anthropic.claude-sonnet-4-6'
const NOVA = 'us.amazon.nova-pro-v1:0'
const LLAMA = 'meta.llama3-70b-instruct-v1:0'
const OPUS = 'anthropic.claude-opus-4-8'

const GUARDRAIL = {
  id: 'gr4ill1m1ts1',
  name: 'limits',
  createdOn: '2026-04-02',
  policies: {
    contentPolicy: {filters: [{type: 'HATE', inputStrength: 'HIGH', outputStrength: 'HIGH'}]},
    wordPolicy: {words: [{text: 'forbidden'}, {text: 'watched', inputAction: 'NONE'}]},
    sensitiveInformationPolicy: {regexes: [{name: 'order', pattern: 'A-\\d{4}', action: 'ANONYMIZE'}]},
  },
  versions: [
    {version: '1', createdOn: '2026-04-03'},
    // Every answer of the sandbox has it.
    {version: '2', createdOn: '2026-04-04', policies: {wordPolicy: {words: [{text: 'mock'}]}}},
    {version: '3', createdOn: '2026-04-05', status: 'FAILED'},
  ],
}

const SCENARIO = {
  description: 'Small quotas.',
  accounts: [
    {
      id: '111122223333',
      name: 'small',
      createdOn: '2024-01-15',
      keys: [{accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}],
      bearerToken: 'ABSKsandbox111122223333',
      iam: {users: [{name: 'sandbox', inline: {all: ADMIN}}]},
      access: {agreements: 'accepted', useCaseForm: true},
      quotas: {
        // Tokens of Sonnet 4.6 by a geographic profile and by the global one, requests of Nova Pro, mantle's of Opus 4.8.
        'L-15B8E632': 3000,
        'L-7BEE40FB': 1000,
        'L-ED46B8C5': 2,
        'L-8528F119': 1000,
        'L-37491D63': 60,
        // Tokens of Nova Pro a day, twice as many by a geographic profile.
        'L-D690997B': 500,
      },
      regions: {'us-east-1': {guardrails: [GUARDRAIL]}},
    },
  ],
}

let folder: string
let sandbox: Sandbox
let client: BedrockRuntimeClient
let metrics: CloudWatchClient

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limits-'))
  const scenario = join(folder, 'limits.json')
  await writeFile(scenario, JSON.stringify(SCENARIO))
  sandbox = await startSandbox({scenario, clock: 'manual', checkOutput: true})
  client = new BedrockRuntimeClient(clientSettings(sandbox, 'us-east-1'))
  metrics = new CloudWatchClient(clientSettings(sandbox, 'us-east-1'))
})

afterAll(async () => {
  client.destroy()
  metrics.destroy()
  await sandbox.close()
  await rm(folder, {recursive: true})
})

beforeEach(() => {
  sandbox.quotas.refill()
  sandbox.quotas.enforced = true
  sandbox.pacer.reset([{ttftMs: 0, tokensPerSecond: 1e9}])
})

const asking = (words: string) => [{role: 'user' as const, content: [{text: words}]}]

const converse = (modelId: string, maxTokens: number, more: Partial<ConverseCommandInput> = {}) =>
  client.send(new ConverseCommand({modelId, messages: asking('Hello.'), inferenceConfig: {maxTokens}, ...more}))

async function all<Event>(stream: AsyncIterable<Event> | readonly Event[]): Promise<Event[]> {
  const events: Event[] = []
  for await (const event of stream) events.push(event)
  return events
}

/** What was left of the bucket of a quota code. */
const left = (code: string): number =>
  sandbox.quotas.levels(sandbox.clock.now()).find((level) => level.code === code)?.left ?? Number.NaN

describe('a quota of tokens a minute', () => {
  const THROTTLED = {
    name: 'ThrottlingException',
    message: 'Too many tokens, please wait before trying again.',
    $metadata: expect.objectContaining({httpStatusCode: 429}),
  }

  test('holds back what a call may come to, and gives back what it did not', async () => {
    const {usage} = await converse(SONNET, 2900)
    const spent = (usage?.inputTokens ?? 0) + 5 * (usage?.outputTokens ?? 0)
    expect(left('L-15B8E632')).toBe(3000 - spent)
    await expect(converse(SONNET, 2990)).rejects.toMatchObject(THROTTLED)
    await expect(converse(SONNET, 10)).resolves.toBeDefined()
  })

  test('counts the longest answer of the model where a call sets no limit', async () => {
    const input = {modelId: SONNET, messages: asking('Hello.')}
    await expect(client.send(new ConverseCommand(input))).rejects.toMatchObject(THROTTLED)
  })

  test('is refilled as time goes by, never beyond itself', async () => {
    await expect(converse(GLOBAL_SONNET, 900)).resolves.toBeDefined()
    const before = left('L-7BEE40FB')
    await expect(converse(GLOBAL_SONNET, 985)).rejects.toMatchObject(THROTTLED)
    await sandbox.clock.advance(3000)
    expect(left('L-7BEE40FB')).toBe(before + 50)
    await sandbox.clock.advance(600_000)
    expect(left('L-7BEE40FB')).toBe(1000)
  })

  test('is one of its routing and Region', async () => {
    await expect(converse(SONNET, 5000)).rejects.toMatchObject(THROTTLED)
    expect(left('L-15B8E632')).toBe(3000)
    await converse(GLOBAL_SONNET, 900)
    expect(left('L-15B8E632')).toBe(3000)
    const elsewhere = new BedrockRuntimeClient(clientSettings(sandbox, 'us-west-2'))
    await elsewhere.send(
      new ConverseCommand({modelId: SONNET, messages: asking('Hi.'), inferenceConfig: {maxTokens: 9}}),
    )
    elsewhere.destroy()
    expect(left('L-15B8E632')).toBe(3000)
  })

  test('counts for InvokeModel and both kinds of streams', async () => {
    const body = JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 3000,
      messages: [{role: 'user', content: 'Hello.'}],
    })
    const config = {messages: asking('Hello.'), inferenceConfig: {maxTokens: 3000}}
    for (const command of [
      new InvokeModelCommand({modelId: SONNET, body}),
      new InvokeModelWithResponseStreamCommand({modelId: SONNET, body}),
      new ConverseStreamCommand({modelId: SONNET, ...config}),
    ]) {
      await expect(client.send(command as InvokeModelCommand)).rejects.toMatchObject(THROTTLED)
    }
    const {stream = []} = await client.send(
      new ConverseStreamCommand({modelId: SONNET, ...config, inferenceConfig: {maxTokens: 10}}),
    )
    for await (const event of stream) expect(event.throttlingException).toBeUndefined()
    expect(left('L-15B8E632')).toBe(3000 - 9 - 5 * 10)
  })

  test('that the sandbox only assumes holds nobody back', async () => {
    await Promise.all(Array.from({length: 10}, () => converse(LLAMA, 4000)))
    expect(sandbox.quotas.levels(sandbox.clock.now())).toEqual([])
  })

  test('of a day holds back beside that of a minute, and is full again at midnight', async () => {
    const nova = 'amazon.nova-pro-v1:0'
    await converse(nova, 450)
    await expect(converse(nova, 490)).rejects.toMatchObject({
      ...THROTTLED,
      message: 'Too many tokens per day, please wait before trying again.',
    })
    await expect(converse(NOVA, 490)).resolves.toMatchObject({stopReason: 'end_turn'})
    const levels = sandbox.quotas.levels(sandbox.clock.now()).filter(({code}) => code === 'L-D690997B')
    expect(levels.map(({perDay}) => perDay)).toEqual([500, 1000])

    await sandbox.clock.advance(86_400_000)
    await expect(converse(nova, 490)).resolves.toMatchObject({stopReason: 'end_turn'})
  })

  test('can be switched off, and looked at', async () => {
    const url = `${sandbox.url}/_sandbox/quotas`
    await converse(SONNET, 10)
    expect(await (await fetch(url)).json()).toMatchObject({
      enforced: true,
      buckets: expect.arrayContaining([expect.objectContaining({code: 'L-15B8E632', perMinute: 3000})]),
    })
    await fetch(url, {method: 'POST', body: JSON.stringify({enforced: false})})
    await expect(converse(SONNET, 60_000)).resolves.toBeDefined()
    await fetch(url, {method: 'DELETE'})
    await expect(converse(SONNET, 60_000)).rejects.toMatchObject(THROTTLED)
  })
})

test('a quota of requests a minute counts calls that were answered', async () => {
  await converse(NOVA, 10)
  await converse(NOVA, 10)
  await expect(converse(NOVA, 10)).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Too many requests, please wait before trying again.',
  })
  await sandbox.clock.advance(30_000)
  await expect(converse(NOVA, 10)).resolves.toBeDefined()
})

test('CloudWatch counts what was refused, and estimates what was taken', async () => {
  await sandbox.clock.advance(3_600_000)
  const start = new Date(sandbox.clock.now())
  const {usage} = await converse(SONNET, 20)
  await expect(converse(SONNET, 9000)).rejects.toThrow()
  await sandbox.clock.advance(60_000)
  const {MetricDataResults: results} = await metrics.send(
    new GetMetricDataCommand({
      StartTime: start,
      EndTime: new Date(sandbox.clock.now()),
      MetricDataQueries: ['InvocationThrottles', 'EstimatedTPMQuotaUsage'].map((MetricName, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: {Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{Name: 'ModelId', Value: SONNET}]},
          Period: 3600,
          Stat: 'Sum',
        },
      })),
    }),
  )
  const spent = (usage?.inputTokens ?? 0) + 5 * (usage?.outputTokens ?? 0)
  expect(results?.map(({Values}) => Values?.[0])).toEqual([1, spent])
})

test('mantle counts what goes in, the limit with it at first, and what comes out', async () => {
  const ask = (limit: number) =>
    fetch(`${sandbox.url}/anthropic/v1/messages`, {
      method: 'POST',
      headers: {authorization: `Bearer ${sandbox.world.login.bearerToken}`, 'anthropic-version': '2023-06-01'},
      body: JSON.stringify({model: OPUS, max_tokens: limit, messages: [{role: 'user', content: 'Hello.'}]}),
    })
  const refusal = await ask(995)
  expect(refusal.status).toBe(429)
  expect(await refusal.json()).toMatchObject({type: 'error', error: {type: 'rate_limit_error'}})
  expect((await ask(900)).status).toBe(200)
  expect(left('L-8528F119')).toBe(1000 - 9)
  expect(left('L-37491D63')).toBeLessThan(60)
  while (left('L-37491D63') > 0) await ask(50)
  expect((await ask(1)).status).toBe(429)
})

describe('a service tier', () => {
  test.each(['default', 'priority', 'flex'] as const)(
    '%s is told by Converse and its stream, where it is asked for',
    async (type) => {
      const more = {serviceTier: {type}}
      expect((await converse(NOVA, 5, more)).serviceTier).toEqual({type})
      expect((await converse(SONNET, 5)).serviceTier).toBeUndefined()
      const {stream = []} = await client.send(
        new ConverseStreamCommand({
          modelId: NOVA,
          messages: asking('Hello.'),
          inferenceConfig: {maxTokens: 5},
          ...more,
        }),
      )
      const events = await all(stream)
      expect(events.at(-1)?.metadata?.serviceTier).toEqual({type})
    },
  )

  test('is told by InvokeModel in a header', async () => {
    const body = JSON.stringify({messages: [{role: 'user', content: [{text: 'Hi.'}]}], inferenceConfig: {maxTokens: 5}})
    const said = await client.send(new InvokeModelCommand({modelId: NOVA, body, serviceTier: 'flex'}))
    expect(said.serviceTier).toBe('flex')
    const streamed = new InvokeModelWithResponseStreamCommand({modelId: NOVA, body, serviceTier: 'priority'})
    expect((await client.send(streamed)).serviceTier).toBe('priority')
  })

  test.each([
    ['that the model is not served at', SONNET, 'priority', "The model doesn't support the service tier priority."],
    ['that nobody has reserved', SONNET, 'reserved', 'Reservation not found.'],
  ] as const)('%s is refused', async (_, modelId, type, message) => {
    await expect(converse(modelId, 5, {serviceTier: {type}})).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    })
  })

  test('sets the pace', () => {
    sandbox.pacer.reset([{ttftMs: 100, tokensPerSecond: 100, tiers: {flex: 0.25}}])
    const firstMs = (tier?: string) => sandbox.pacer.paceOf(NOVA, NOVA, {tier}).told(0, 1)
    expect([firstMs(), firstMs('default'), firstMs('priority'), firstMs('flex')]).toEqual([100, 100, 80, 400])
  })
})

describe('an optimised latency', () => {
  const optimized = {performanceConfig: {latency: 'optimized' as const}}

  test('is for four models, in some Regions and by a profile', async () => {
    expect((await converse(NOVA, 5, optimized)).performanceConfig).toEqual({latency: 'optimized'})
    for (const modelId of [SONNET, 'amazon.nova-pro-v1:0']) {
      await expect(converse(modelId, 5, optimized)).rejects.toMatchObject({name: 'ValidationException'})
    }
  })

  test('lasts as long as there is something left of it', async () => {
    sandbox.pacer.add({optimized: {tokensPerMinute: 10}})
    await converse(NOVA, 20, optimized)
    expect((await converse(NOVA, 5, optimized)).performanceConfig).toEqual({latency: 'standard'})
  })
})

describe('a prompt that is marked for a cache', () => {
  const POINT = {cachePoint: {type: 'default' as const}}
  const HOUR = {cachePoint: {type: 'default' as const, ttl: '1h' as const}}
  const MINUTES_5 = 5 * 60_000
  let told = 0

  beforeEach(() => {
    sandbox.quotas.enforced = false
    told += 1
  })

  /** Another text each time. */
  const text = (words: number): string => `Story ${told}.${' once'.repeat(words)}`
  const system = (...blocks: readonly object[]) => ({system: blocks as NonNullable<ConverseCommandInput['system']>})

  test('is written once, and read as long as it is kept', async () => {
    const more = system({text: text(1200)}, POINT)
    const first = (await converse(SONNET, 5, more)).usage
    const written = first?.cacheWriteInputTokens ?? 0
    expect(written).toBeGreaterThan(1200)
    expect(first).toMatchObject({cacheReadInputTokens: 0, cacheDetails: [{ttl: '5m', inputTokens: written}]})
    expect(first?.totalTokens).toBe((first?.inputTokens ?? 0) + written + (first?.outputTokens ?? 0))
    await sandbox.clock.advance(MINUTES_5 - 1)
    const read = {inputTokens: first?.inputTokens, cacheReadInputTokens: written, cacheWriteInputTokens: 0}
    expect((await converse(SONNET, 5, more)).usage).toMatchObject(read)
    await sandbox.clock.advance(MINUTES_5 - 1)
    expect((await converse(SONNET, 5, more)).usage).toMatchObject(read)
    await sandbox.clock.advance(MINUTES_5)
    expect((await converse(SONNET, 5, more)).usage).toMatchObject({
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: written,
    })
  })

  test('is kept for an hour where that is asked for', async () => {
    const more = system({text: text(1200)}, HOUR)
    const {usage} = await converse(SONNET, 5, more)
    expect(usage?.cacheDetails).toEqual([{ttl: '1h', inputTokens: usage?.cacheWriteInputTokens}])
    await sandbox.clock.advance(50 * 60_000)
    expect((await converse(SONNET, 5, more)).usage?.cacheReadInputTokens).toBe(usage?.cacheWriteInputTokens)
  })

  test('is not kept below the least of its model', async () => {
    const more = system({text: text(900)}, POINT)
    expect((await converse(SONNET, 5, more)).usage).toMatchObject({cacheReadInputTokens: 0, cacheWriteInputTokens: 0})
    const {usage} = await converse('us.anthropic.claude-opus-5', 5, more)
    expect(usage?.cacheWriteInputTokens).toBeGreaterThan(900)
  })

  test('is read up to where it is the same, and written from there', async () => {
    const story = {text: text(1200)}
    const first = (await converse(SONNET, 5, system(story, POINT))).usage?.cacheWriteInputTokens ?? 0
    const longer = await converse(SONNET, 5, system(story, {text: ' more'.repeat(400)}, POINT))
    expect(longer.usage).toMatchObject({cacheReadInputTokens: first, cacheWriteInputTokens: 400})
    const other = await converse(SONNET, 5, system({text: `Not so. ${story.text}`}, POINT))
    expect(other.usage?.cacheReadInputTokens).toBe(0)
  })

  test('counts as written, not as read, in the quota', async () => {
    sandbox.quotas.enforced = true
    sandbox.quotas.refill()
    const more = system({text: text(1200)}, POINT)
    const one = (await converse(SONNET, 5, more)).usage
    const afterOne = left('L-15B8E632')
    expect(afterOne).toBe(3000 - (one?.inputTokens ?? 0) - (one?.cacheWriteInputTokens ?? 0) - 25)
    await converse(SONNET, 5, more)
    expect(left('L-15B8E632')).toBe(afterOne - (one?.inputTokens ?? 0) - 25)
  })

  test('is told by Anthropic’s Messages and in their streams', async () => {
    const block = {type: 'text', text: text(1200), cache_control: {type: 'ephemeral', ttl: '1h'}}
    const body = JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 5,
      system: [block],
      messages: [{role: 'user', content: 'Hi.'}],
    })
    const said = await client.send(new InvokeModelCommand({modelId: SONNET, body}))
    const {usage} = JSON.parse(said.body.transformToString()) as {usage: Record<string, unknown>}
    const written = usage['cache_creation_input_tokens']
    expect(usage).toMatchObject({
      cache_read_input_tokens: 0,
      cache_creation: {ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: written},
    })
    const {body: stream = []} = await client.send(new InvokeModelWithResponseStreamCommand({modelId: SONNET, body}))
    const events = (await all(stream)).map(({chunk}) => Buffer.from(chunk?.bytes ?? []).toString())
    expect(events[0]).toContain(`"cache_read_input_tokens":${written}`)
    expect(events.at(-1)).toContain(`"cacheReadInputTokenCount":${written}`)
  })

  test('is marked in a block of Nova’s own bodies', async () => {
    const body = JSON.stringify({
      system: [{text: text(1200), cachePoint: {type: 'default'}}],
      messages: [{role: 'user', content: [{text: 'Hi.'}]}],
      inferenceConfig: {maxTokens: 5},
    })
    const usage = async () => {
      const said = await client.send(new InvokeModelCommand({modelId: NOVA, body}))
      return (JSON.parse(said.body.transformToString()) as {usage: Record<string, number>}).usage
    }
    const written = (await usage())['cacheWriteInputTokenCount']
    expect(written).toBeGreaterThan(1200)
    expect(await usage()).toMatchObject({cacheReadInputTokenCount: written, cacheWriteInputTokenCount: 0})
  })

  test.each([
    ['of a model without one', LLAMA, [POINT], 'AccessDeniedException', 'did not allow prompt caching'],
    ['at more than four places', SONNET, [POINT, POINT, POINT, POINT, POINT], 'ValidationException', 'Found 5'],
    ['for longer than before it', SONNET, [POINT, HOUR], 'ValidationException', "ttl='1h'"],
    ['for longer than it keeps them', NOVA, [HOUR], 'ValidationException', 'for 1h'],
  ])('%s is refused', async (_, modelId, points, name, message) => {
    const blocks = points.flatMap((point, index) => [{text: `Part ${index}.`}, point])
    await expect(converse(modelId, 5, system(...blocks))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    })
  })

  test('is nothing that a model without a cache tells of', async () => {
    const {usage} = await converse(LLAMA, 5)
    expect(Object.keys(usage ?? {}).sort()).toEqual(['inputTokens', 'outputTokens', 'totalTokens'])
  })
})

describe('a guardrail', () => {
  const BLOCKED = 'Sorry, the model cannot answer this question.'
  const {id} = GUARDRAIL

  beforeEach(() => {
    sandbox.quotas.enforced = false
  })

  const guarded = (guardrailVersion: string, words = 'Hello.', trace?: 'enabled') => ({
    messages: asking(words),
    guardrailConfig: {guardrailIdentifier: id, guardrailVersion, ...(trace && {trace})},
  })

  test('lets pass what it finds nothing in', async () => {
    const {stopReason, usage, trace} = await converse(SONNET, 50, guarded('1'))
    expect(stopReason).not.toBe('guardrail_intervened')
    expect(usage?.outputTokens).toBeGreaterThan(0)
    expect(trace).toBeUndefined()
  })

  test('keeps the model from being asked', async () => {
    const said = await converse(SONNET, 50, guarded('DRAFT', 'Say what is FORBIDDEN.', 'enabled'))
    expect(said).toMatchObject({
      stopReason: 'guardrail_intervened',
      output: {message: {content: [{text: BLOCKED}]}},
      usage: {inputTokens: 0, outputTokens: 0, totalTokens: 0},
      trace: {
        guardrail: {
          actionReason: 'Guardrail blocked.',
          inputAssessment: {
            [id]: {
              wordPolicy: {customWords: [{match: 'FORBIDDEN', action: 'BLOCKED', detected: true}]},
              invocationMetrics: {usage: {wordPolicyUnits: 1, contentPolicyUnits: 1, topicPolicyUnits: 0}},
            },
          },
        },
      },
    })
    expect(said.trace?.guardrail?.outputAssessments).toBeUndefined()
  })

  test('keeps an answer back, which has been paid for', async () => {
    const {stopReason, output, usage, trace} = await converse(SONNET, 50, guarded('2', 'Hello.', 'enabled'))
    expect(stopReason).toBe('guardrail_intervened')
    expect(output?.message?.content).toEqual([{text: BLOCKED}])
    expect(usage?.outputTokens).toBeGreaterThan(5)
    expect(trace?.guardrail?.modelOutput?.[0]).toContain('mock')
    expect(trace?.guardrail?.outputAssessments?.[id]).toMatchObject([{wordPolicy: {customWords: [{match: 'mock'}]}}])
  })

  test.each(['sync', 'async'] as const)('judges a stream in the mode %s', async (streamProcessingMode) => {
    const {guardrailConfig, messages} = guarded('2', 'Hello.', 'enabled')
    const {stream = []} = await client.send(
      new ConverseStreamCommand({
        modelId: SONNET,
        messages,
        guardrailConfig: {...guardrailConfig, streamProcessingMode},
      }),
    )
    const events = await all(stream)
    const words = events.map(({contentBlockDelta}) => contentBlockDelta?.delta?.text ?? '').join('')
    if (streamProcessingMode === 'sync') expect(words).toBe(BLOCKED)
    else expect(words).toContain('mock')
    expect(events.find(({messageStop}) => messageStop)?.messageStop?.stopReason).toBe('guardrail_intervened')
    expect(events.at(-1)?.metadata?.trace?.guardrail?.outputAssessments).toHaveProperty(id)
  })

  test('tells in the body of InvokeModel, and at the end of its streams, what it did', async () => {
    const ask = {
      modelId: SONNET,
      body: JSON.stringify({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 50,
        messages: [{role: 'user', content: 'Hello.'}],
        'amazon-bedrock-guardrailConfig': {streamProcessingMode: 'SYNCHRONOUS'},
      }),
      guardrailIdentifier: id,
      trace: 'ENABLED' as const,
    }
    const whole = async (guardrailVersion: string) => {
      const {body} = await client.send(new InvokeModelCommand({...ask, guardrailVersion}))
      return JSON.parse(body.transformToString()) as Record<string, unknown>
    }
    expect(await whole('1')).toMatchObject({'amazon-bedrock-guardrailAction': 'NONE'})
    expect(await whole('2')).toMatchObject({
      'amazon-bedrock-guardrailAction': 'INTERVENED',
      'amazon-bedrock-trace': {guardrail: {actionReason: 'Guardrail blocked.'}},
      content: [{type: 'text', text: BLOCKED}],
    })
    const streamed = new InvokeModelWithResponseStreamCommand({...ask, guardrailVersion: '2'})
    const {body: stream = []} = await client.send(streamed)
    const chunks = (await all(stream)).map(({chunk}) => Buffer.from(chunk?.bytes ?? []).toString())
    expect(chunks.at(-1)).toContain('"amazon-bedrock-guardrailAction":"INTERVENED"')
  })

  test('looks at what is marked alone, where something is', async () => {
    const content = [{text: 'What is forbidden.'}, {guardContent: {text: {text: 'What is not.'}}}]
    const {stopReason} = await converse(SONNET, 50, {...guarded('1'), messages: [{role: 'user', content}]})
    expect(stopReason).not.toBe('guardrail_intervened')
  })

  const apply = (version: string, text: string, source: ApplyGuardrailCommandInput['source'] = 'INPUT') =>
    client.send(
      new ApplyGuardrailCommand({
        guardrailIdentifier: id,
        guardrailVersion: version,
        source,
        content: [{text: {text}}],
      }),
    )

  test('can be applied by itself', async () => {
    expect(await apply('1', 'Fine.')).toMatchObject({action: 'NONE', outputs: [], actionReason: 'No action.'})
    expect(await apply('1', 'It is forbidden.')).toMatchObject({
      action: 'GUARDRAIL_INTERVENED',
      outputs: [{text: BLOCKED}],
      assessments: [{appliedGuardrailDetails: {guardrailId: id, guardrailVersion: '1', guardrailOwnership: 'SELF'}}],
    })
    expect(await apply('1', 'Where is A-1234, and A-5678?')).toMatchObject({
      action: 'GUARDRAIL_INTERVENED',
      outputs: [{text: 'Where is {order}, and {order}?'}],
      assessments: [{sensitiveInformationPolicy: {regexes: [{name: 'order', match: 'A-1234', action: 'ANONYMIZED'}]}}],
    })
  })

  test('looks at both sides as it is told to', async () => {
    const seen = await apply('1', 'It is watched.')
    expect(seen).toMatchObject({
      action: 'NONE',
      assessments: [{wordPolicy: {customWords: [{match: 'watched', action: 'NONE', detected: true}]}}],
    })
    expect((await apply('1', 'It is watched.', 'OUTPUT')).action).toBe('GUARDRAIL_INTERVENED')
    expect((await apply('1', 'It is unwatched.', 'OUTPUT')).action).toBe('NONE')
  })

  test('counts a unit for each thousand characters that it begins, by policy', async () => {
    expect((await apply('1', 'a'.repeat(2001))).usage).toEqual({
      topicPolicyUnits: 0,
      contentPolicyUnits: 3,
      wordPolicyUnits: 3,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 3,
      contextualGroundingPolicyUnits: 0,
    })
  })

  test.each([
    ['that is not there', {guardrailIdentifier: 'nope', guardrailVersion: '1'}, 'does not exist'],
    ['of a version that is not there', {guardrailIdentifier: id, guardrailVersion: '9'}, 'does not exist'],
    ['that cannot be used', {guardrailIdentifier: id, guardrailVersion: '3'}, 'FAILED'],
    ['without its version', {guardrailIdentifier: id}, 'Both the guardrail identifier'],
  ])('%s is refused', async (_, guardrailConfig, message) => {
    await expect(converse(SONNET, 50, {guardrailConfig})).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    })
  })

  test('that is not there cannot be applied', async () => {
    await expect(apply('9', 'Hello.')).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })
})
