import {mkdtemp, writeFile} from 'node:fs/promises'
import {connect} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import type {FaultRule} from '../../src/lib/sandbox/faults.schema.js'
import type {PaceRule} from '../../src/lib/sandbox/pace/pace.schema.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import type {LagSummary} from '../../src/lib/sandbox/streams/lag.js'
import type {TruthEntry} from '../../src/lib/sandbox/streams/truth.js'
import {eventually} from '../support/eventually.js'
import {clientSettings} from '../support/sandbox-clients.js'

const CLAUDE = 'us.anthropic.claude-sonnet-4-6'
const AT_ONCE = {ttftMs: 0, tokensPerSecond: 1e9, jitter: {kind: 'none'}} as const

let sandbox: Sandbox
let http2: BedrockRuntimeClient
let http1: BedrockRuntimeClient

beforeAll(async () => {
  sandbox = await startSandbox({checkOutput: true})
  const settings = clientSettings(sandbox, 'us-east-1')
  http2 = new BedrockRuntimeClient(settings)
  http1 = new BedrockRuntimeClient({...settings, requestHandler: new NodeHttpHandler()})
})

afterAll(async () => {
  http2.destroy()
  http1.destroy()
  await sandbox.close()
})

beforeEach(async () => {
  sandbox.faults.clear()
  await control('DELETE', 'pace')
  await control('DELETE', 'truth')
  await control('POST', 'truth')
  await pace(AT_ONCE)
})

const control = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/${path}`, {method, ...(body && {body: JSON.stringify(body)})})

async function pace(rule: PaceRule): Promise<void> {
  expect((await control('POST', 'pace', rule)).status).toBe(200)
}

const fault = (effect: FaultRule['effect']): number => sandbox.faults.add({effect})

async function truth(since = 0): Promise<readonly TruthEntry[]> {
  const text = await (await control('GET', `truth?since=${since}`)).text()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TruthEntry)
}

function unchunked(answer: Buffer, start: number): Buffer {
  const chunks: Buffer[] = []
  for (let at = start; ; ) {
    const line = answer.indexOf('\r\n', at)
    const end = line + 2 + Number.parseInt(answer.toString('latin1', at, line), 16)
    if (end === line + 2) return Buffer.concat(chunks)
    chunks.push(answer.subarray(line + 2, end))
    if (answer.toString('latin1', end, end + 2) !== '\r\n') throw new Error(`no end of a chunk at ${end}`)
    at = end + 2
  }
}

const prompt = (text: string): ConverseStreamCommandInput['messages'] => [{role: 'user', content: [{text}]}]

type Talk = Partial<ConverseStreamCommandInput>

async function converse(input: Talk, client = http2): Promise<AsyncIterable<ConverseStreamOutput>> {
  const command = new ConverseStreamCommand({modelId: CLAUDE, messages: prompt('Hello there'), ...input})
  const {stream} = await client.send(command)
  if (!stream) throw new Error('no stream')
  return stream
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const read: Item[] = []
  for await (const item of items) read.push(item)
  return read
}

async function whole(input: Talk) {
  return http1.send(new ConverseCommand({modelId: CLAUDE, messages: prompt('Hello there'), ...input}))
}

const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map(({contentBlockDelta}) => contentBlockDelta?.delta?.text ?? '').join('')
const usageOf = (events: readonly ConverseStreamOutput[]) => events.at(-1)?.metadata?.usage
const stopOf = (events: readonly ConverseStreamOutput[]) => events.at(-2)?.messageStop?.stopReason

const limited = (maxTokens: number): Talk => ({inferenceConfig: {maxTokens}})

describe('ConverseStream', () => {
  test.each([
    ['HTTP/2', () => http2],
    ['HTTP/1.1', () => http1],
  ])('says over %s what Converse says, piece by piece', async (_, client) => {
    const events = await all(await converse(limited(3), client()))

    expect(events.map((event) => Object.keys(event).join())).toEqual([
      'messageStart',
      ...Array.from({length: 3}, () => 'contentBlockDelta'),
      'contentBlockStop',
      'messageStop',
      'metadata',
    ])
    const {output, usage} = await whole(limited(3))
    expect(textOf(events)).toBe(output?.message?.content?.[0]?.text)
    expect(usageOf(events)).toEqual(usage)
    expect(stopOf(events)).toBe('max_tokens')
  })

  test.each([
    ['asks for a length', {}, 'In 70 words, please.', 70, 'end_turn'],
    ['asks for more than the limit', limited(20), 'In 70 words, please.', 20, 'max_tokens'],
  ])('gives a prompt that %s what it wants', async (_, input, text, tokens, stop) => {
    const events = await all(await converse({...input, messages: prompt(text)}))

    expect(usageOf(events)).toMatchObject({outputTokens: tokens})
    expect(stopOf(events)).toBe(stop)
  })

  test.each([
    ['max', 33],
    [{mean: 12, spread: 0}, 12],
  ] as const)('answers with %j as long as it is set', async (tokens, expected) => {
    await pace({tokens})
    expect(usageOf(await all(await converse(limited(33))))).toMatchObject({outputTokens: expected})
  })

  test('stops before a stop sequence', async () => {
    const events = await all(await converse({inferenceConfig: {stopSequences: ['nowhere', ' mock']}}))

    expect(textOf(events)).toBe('This is a')
    expect(stopOf(events)).toBe('stop_sequence')
  })

  test('thinks aloud first where it is asked to, within the limit', async () => {
    const input = {...limited(30), additionalModelRequestFields: {thinking: {type: 'enabled', budget_tokens: 1024}}}
    const events = await all(await converse(input))
    const thoughts = events.flatMap(({contentBlockDelta}) => contentBlockDelta?.delta?.reasoningContent ?? [])
    const [thought, said] = (await whole(input)).output?.message?.content ?? []

    expect(thoughts.map(({text = ''}) => text).join('')).toBe(thought?.reasoningContent?.reasoningText?.text)
    expect(thoughts.at(-1)).toEqual({signature: thought?.reasoningContent?.reasoningText?.signature})
    expect(textOf(events)).toBe(said?.text)
    expect(usageOf(events)?.outputTokens).toBe(30)
  })

  test('uses the tool that it is made to use, with what its schema requires', async () => {
    const json = {type: 'object', properties: {city: {type: 'string'}, days: {type: 'integer'}}, required: ['city']}
    const tools = [
      {toolSpec: {name: 'other', inputSchema: {json: {}}}},
      {toolSpec: {name: 'rain', inputSchema: {json}}},
    ]
    const input: Talk = {toolConfig: {tools, toolChoice: {tool: {name: 'rain'}}}}
    const events = await all(await converse(input))
    const pieces = events.map(({contentBlockDelta}) => contentBlockDelta?.delta?.toolUse?.input ?? '')
    const answer = await whole(input)
    const use = answer.output?.message?.content?.[0]?.toolUse

    expect(events[1]?.contentBlockStart).toEqual({
      start: {toolUse: {toolUseId: use?.toolUseId, name: 'rain'}},
      contentBlockIndex: 0,
    })
    expect(JSON.parse(pieces.join(''))).toEqual({city: 'mock'})
    expect(use?.input).toEqual({city: 'mock'})
    expect([stopOf(events), answer.stopReason]).toEqual(['tool_use', 'tool_use'])
  })

  test('pads its events, so that their lengths do not tell the words', async () => {
    const answer = await fetchStream()
    expect(answer).toMatch(/"p":"abcdef[a-zA-Z0-9]*"}/)
  })

  test.each([
    ['a model that does not talk', {modelId: 'amazon.titan-embed-text-v2:0'}, /supported text or chat model/],
    ['a conversation that the assistant begins', {messages: [{role: 'assistant', content: [{text: 'x'}]}]}, /user/],
    ['a limit of no tokens', limited(0), /maxTokens/],
  ] as const)('refuses %s as Converse does', async (_, input, message) => {
    const expected = {name: 'ValidationException', message: expect.stringMatching(message)}
    await expect(converse(input as Talk)).rejects.toMatchObject(expected)
    await expect(whole(input as Talk)).rejects.toMatchObject(expected)
  })
})

/** What goes over the wire, unread. */
async function fetchStream(): Promise<string> {
  const body = JSON.stringify({messages: prompt('Hello')})
  const url = `${sandbox.url}/_region/us-east-1/model/${CLAUDE}/converse-stream`
  const headers = {authorization: `Bearer ${sandbox.world.login.bearerToken}`, 'content-type': 'application/json'}
  return (await fetch(url, {method: 'POST', headers, body})).text()
}

type Tree = Readonly<Record<string, unknown>>

const claude = (more: Tree): Tree => ({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 40,
  messages: [{role: 'user', content: 'Hello in 30 words'}],
  ...more,
})

async function chunks(modelId: string, body: unknown): Promise<readonly Tree[]> {
  const command = new InvokeModelWithResponseStreamCommand({modelId, body: JSON.stringify(body)})
  const answer = await http2.send(command)
  expect(answer.contentType).toBe('application/json')
  if (!answer.body) throw new Error('no stream')
  const events = await all(answer.body)
  return events.map(({chunk}) => JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()) as Tree)
}

async function invoked(modelId: string, body: unknown): Promise<unknown> {
  const answer = await http1.send(new InvokeModelCommand({modelId, body: JSON.stringify(body)}))
  return JSON.parse(answer.body.transformToString())
}

/** Every string under these members, in order. */
function strings(value: unknown, names: ReadonlySet<string>): string {
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, member]) => (typeof member === 'string' && names.has(name) ? member : strings(member, names)))
    .join('')
}

const SPOKEN = new Set(['text', 'content', 'generation'])
const chat = {messages: [{role: 'user', content: 'Hello'}], max_tokens: 9}

describe('InvokeModelWithResponseStream', () => {
  test.each([
    ['Anthropic', CLAUDE, claude({}), 'message_start'],
    ['Nova', 'amazon.nova-lite-v1:0', {messages: [{role: 'user', content: [{text: 'Hello'}]}]}, 'messageStart'],
    ['Llama', 'us.meta.llama3-3-70b-instruct-v1:0', {prompt: 'Hello', max_gen_len: 5}, 'prompt_token_count":1'],
    ['Mistral', 'mistral.mistral-large-2402-v1:0', {prompt: 'Hello', max_tokens: 5}, 'outputs'],
    ['gpt-oss', 'openai.gpt-oss-20b-1:0', chat, 'chat.completion.chunk'],
  ])('says in the events of %s what InvokeModel says, and counts it at the end', async (_, modelId, body, first) => {
    const events = await chunks(modelId, body)
    const {'amazon-bedrock-invocationMetrics': metrics, ...last} = events.at(-1) ?? {}

    expect(JSON.stringify(events[0])).toContain(first)
    expect(strings(events, SPOKEN)).toBe(strings(await invoked(modelId, body), SPOKEN))
    expect(metrics).toMatchObject({
      inputTokenCount: expect.any(Number),
      outputTokenCount: expect.any(Number),
      invocationLatency: expect.any(Number),
      firstByteLatency: expect.any(Number),
    })
    expect(last).not.toEqual({})
  })

  test('streams thought and tool of Anthropic’s Messages in their own events', async () => {
    const tools = [{name: 'rain', input_schema: {type: 'object', properties: {}, required: ['city']}}]
    const more = {thinking: {type: 'enabled', budget_tokens: 1024}, tools, tool_choice: {type: 'any'}}
    const events = await chunks(CLAUDE, claude(more))
    const kinds = events.map(({delta}) => (delta as Tree | undefined)?.['type'])

    expect(new Set(kinds)).toEqual(new Set([undefined, 'thinking_delta', 'signature_delta', 'input_json_delta']))
    expect(events.at(-2)).toMatchObject({type: 'message_delta', delta: {stop_reason: 'tool_use'}})
    expect(await invoked(CLAUDE, claude(more))).toMatchObject({
      content: [{type: 'thinking'}, {type: 'tool_use', name: 'rain', input: {city: null}}],
      stop_reason: 'tool_use',
    })
  })

  test('gives usage in a chunk of its own to whoever asks for it', async () => {
    const events = await chunks('openai.gpt-oss-20b-1:0', {...chat, stream_options: {include_usage: true}})
    expect(events.at(-1)).toMatchObject({choices: [], usage: {completion_tokens: 9}})
  })

  test('refuses embeddings, which are not streamed', async () => {
    await expect(chunks('amazon.titan-embed-text-v2:0', {inputText: 'x'})).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The model is unsupported for streaming.',
    })
  })
})

describe('pace', () => {
  const STEADY = {ttftMs: 40, tokensPerSecond: 200, jitter: {kind: 'none'}} as const

  test('sends the first token, and each after it, when it is due, and tells the time it took', async () => {
    await pace(STEADY)
    const events = await all(await converse(limited(9)))
    const [entry] = await truth()
    const latencyMs = events.at(-1)?.metadata?.metrics?.latencyMs ?? 0

    expect(entry).toMatchObject({operation: 'ConverseStream', model: CLAUDE, region: 'us-east-1', outcome: 'complete'})
    expect(entry?.events).toBe(events.length)
    expect((entry?.firstDueAt ?? 0) - (entry?.arrivedAt ?? 0)).toBeCloseTo(40, 0)
    expect((entry?.firstSentAt ?? 0) - (entry?.firstDueAt ?? 0)).toBeGreaterThanOrEqual(0)
    expect((entry?.lastSentAt ?? 0) - (entry?.arrivedAt ?? 0)).toBeGreaterThanOrEqual(40 + 8 * 5)
    expect(latencyMs).toBeGreaterThanOrEqual(40 + 8 * 5)
    expect(entry?.gapSumMs).toBeCloseTo((entry?.lastSentAt ?? 0) - (entry?.firstSentAt ?? 0), 3)
  })

  test('holds whole answers back where it is set, and only tells it where it is not', async () => {
    await control('DELETE', 'pace')
    const before = performance.now()
    const told = (await whole({messages: prompt('In 9000 words')})).metrics?.latencyMs ?? 0
    expect(told).toBeGreaterThan(20_000)
    expect(performance.now() - before).toBeLessThan(told)

    await pace(STEADY)
    const asked = performance.now()
    expect((await whole(limited(9))).metrics?.latencyMs).toBeGreaterThanOrEqual(40 + 8 * 5)
    expect(performance.now() - asked).toBeGreaterThanOrEqual(40 + 8 * 5)
  })

  test('lets whoever finds no slot wait for its turn, and frees that of a caller who hangs up', async () => {
    await pace({model: 'anthropic.*', slots: 1})
    fault({kind: 'stall', afterEvents: 1})
    const controller = new AbortController()
    const command = new ConverseStreamCommand({modelId: CLAUDE, messages: prompt('Hello there')})
    const stalled = await http1.send(command, {abortSignal: controller.signal})
    const events = stalled.stream?.[Symbol.asyncIterator]()
    await events?.next()
    sandbox.faults.clear()
    const waiting = converse(limited(3)).then(all)
    const other = await all(await converse({...limited(3), modelId: 'amazon.nova-lite-v1:0'}))
    expect(other).toHaveLength(7)
    expect(await truth()).toHaveLength(1)

    controller.abort()
    expect(await waiting).toHaveLength(7)
    expect((await truth()).map(({outcome}) => outcome)).toEqual(['complete', 'gone', 'complete'])
    await events?.return?.()
  })

  test('puts several tokens into an event', async () => {
    await pace({tokensPerEvent: 4})
    const events = await all(await converse(limited(10)))
    expect(events.filter(({contentBlockDelta}) => contentBlockDelta)).toHaveLength(3)
    expect(textOf(events)).toBe((await whole(limited(10))).output?.message?.content?.[0]?.text)
  })

  test('is that of the scenario until another is set', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'pace-')), 'scenario.json')
    const key = {accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}
    const account = {id: '111122223333', name: 'one', createdOn: '2024-05-14', keys: [key], bearerToken: 'ABSKsandbox'}
    const rules = [{model: 'us.*', ttftMs: 1}, {ttftMs: 2}]
    await writeFile(file, JSON.stringify({description: 'paced', accounts: [account], pace: rules}))
    const other = await startSandbox({scenario: file})
    const told = () => other.pacer.paceOf('us.x', 'x').told(0, 1)

    expect([told(), other.pacer.paceOf('x', 'x').told(0, 1)]).toEqual([1, 2])
    other.pacer.add({ttftMs: 3})
    expect(told()).toBe(3)
    await fetch(`${other.url}/_sandbox/pace`, {method: 'DELETE'})
    expect(told()).toBe(1)
    await other.close()
  })

  test('tells what is wrong with a rule', async () => {
    const answer = await control('POST', 'pace', {tokensPerSecond: 0, speed: 1})
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(/tokensPerSecond/)
  })
})

describe('a stream that breaks', () => {
  test('ends with the exception that was ordered', async () => {
    fault({kind: 'break', afterEvents: 3, code: 'ThrottlingException', message: 'Slow down.'})
    const read: ConverseStreamOutput[] = []
    const reading = (async () => {
      for await (const event of await converse({})) read.push(event)
    })()

    await expect(reading).rejects.toMatchObject({name: 'ThrottlingException', message: 'Slow down.'})
    expect(read).toHaveLength(3)
    expect(await truth()).toMatchObject([{outcome: 'broken', events: 3}])
  })

  test('is cut', async () => {
    fault({kind: 'break', afterEvents: 2})
    await expect(converse({}, http1).then(all)).rejects.toThrow()
    expect(await truth()).toMatchObject([{outcome: 'dropped', events: 2}])
  })

  test.each([
    ['HTTP/2', () => http2],
    ['HTTP/1.1', () => http1],
  ])('stands still over %s until its caller hangs up', async (_, client) => {
    fault({kind: 'stall', afterEvents: 2})
    const controller = new AbortController()
    const command = new ConverseStreamCommand({modelId: CLAUDE, messages: prompt('Hello there')})
    const {stream} = await client().send(command, {abortSignal: controller.signal})
    const events = stream?.[Symbol.asyncIterator]()
    await events?.next()
    await events?.next()
    controller.abort()

    await eventually(async () => expect(await truth()).toMatchObject([{outcome: 'gone', events: 2}]))
    await events?.return?.()
  })
})

describe('a caller', () => {
  test('who does not read makes the sandbox wait, and holds nothing once it is gone', async () => {
    await pace({tokens: 'max'})
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
    socket.pause()
    socket.write(rawStream(90_000))
    await eventually(async () => expect((await lag()).writes).toBeGreaterThan(1))
    const sent = await writesWhenStill()
    // The whole answer is some 15 MB.
    expect(sent * 64 * 1024).toBeLessThan(12e6)
    socket.destroy()

    await eventually(async () => expect(await truth()).toMatchObject([{outcome: 'gone'}]))
    expect(await (await control('GET', 'pace')).json()).toMatchObject({waiting: 0})
  })

  test('who reads late over HTTP/1.1 has every chunk and every frame whole', async () => {
    await pace({tokens: 'max'})
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
    socket.pause()
    socket.write(rawStream(90_000))
    await eventually(async () => expect((await lag()).writes).toBeGreaterThan(1))
    await writesWhenStill()
    const parts: Buffer[] = []
    for await (const part of socket) {
      parts.push(part as Buffer)
      if ((part as Buffer).subarray(-5).equals(Buffer.from('0\r\n\r\n'))) break
    }
    const answer = Buffer.concat(parts)
    const body = unchunked(answer, answer.indexOf('\r\n\r\n') + 4)
    let frames = 0
    let at = 0
    for (; at < body.length; frames += 1) at += body.readUInt32BE(at)

    expect(at).toBe(body.length)
    expect(await truth()).toMatchObject([{outcome: 'complete', events: frames}])
  })

  test('who hangs up before a whole answer is due frees its slot', async () => {
    await pace({ttftMs: 3_600_000, slots: 1})
    const controller = new AbortController()
    const command = new ConverseCommand({modelId: CLAUDE, messages: prompt('Hello')})
    const asking = http1.send(command, {abortSignal: controller.signal}).catch(() => undefined)
    const waiting = async () => ((await (await control('GET', 'pace')).json()) as {readonly waiting: number}).waiting
    await eventually(async () => expect(await waiting()).toBe(1))
    controller.abort()
    await asking
    await eventually(async () => expect(await waiting()).toBe(0))

    await pace({ttftMs: 0})
    expect(await whole({})).toMatchObject({stopReason: 'end_turn'})
  })

  test('who hangs up in the middle of many streams leaves none behind', async () => {
    await pace({ttftMs: 5, tokensPerSecond: 10})
    const sockets = Array.from({length: 40}, () => connect(Number(new URL(sandbox.url).port), '127.0.0.1'))
    for (const socket of sockets) socket.write(rawStream(50))
    await eventually(async () => expect((await lag()).writes).toBeGreaterThanOrEqual(40))
    for (const socket of sockets) socket.destroy()

    await eventually(async () => expect(await truth()).toHaveLength(40))
    expect(new Set((await truth()).map(({outcome}) => outcome))).toEqual(new Set(['gone']))
    expect(await (await control('GET', 'pace')).json()).toMatchObject({waiting: 0})
  })
})

async function lag(): Promise<LagSummary> {
  return ((await (await control('GET', 'pace')).json()) as {readonly lag: LagSummary}).lag
}

/** Writes, once there are no more for a while. */
async function writesWhenStill(): Promise<number> {
  let before = -1
  await eventually(async () => {
    const {writes} = await lag()
    const still = writes === before
    before = writes
    expect(still).toBe(true)
  })
  return before
}

function rawStream(maxTokens: number): string {
  const body = JSON.stringify({messages: prompt('Hello'), ...limited(maxTokens)})
  const head = [
    `POST /_region/us-east-1/model/${CLAUDE}/converse-stream HTTP/1.1`,
    `host: ${new URL(sandbox.url).host}`,
    `authorization: Bearer ${sandbox.world.login.bearerToken}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

describe('the truth', () => {
  test('has refusals by their code, and nothing from before the moment that is asked for', async () => {
    await expect(converse(limited(0))).rejects.toThrow()
    await all(await converse(limited(2)))
    const [refused, told] = await truth()

    expect(refused).toMatchObject({outcome: 'ValidationException', events: 0})
    expect(await truth((told?.lastSentAt ?? 0) + 0.001)).toEqual([])
  })

  test('is kept only when it is asked for', async () => {
    await control('DELETE', 'truth')
    await all(await converse(limited(2)))
    expect(await truth()).toEqual([])
  })
})
