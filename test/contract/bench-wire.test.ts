import {connect} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {serverTraits} from '../../src/lib/bench/bodies/body-plan.js'
import {requestBody} from '../../src/lib/bench/bodies/request-body.js'
import {answerReader} from '../../src/lib/bench/wire/answer-reader.js'
import {HttpAnswer} from '../../src/lib/bench/wire/http-answer.js'
import type {DialectId, LanePlan, Secret} from '../../src/lib/bench/wire/lane.js'
import {createRequestHead} from '../../src/lib/bench/wire/request-head.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {type FaultKind, FLAVOURS} from '../support/truth-server/options.js'
import {startTruthServer, type TruthServer} from '../support/truth-server/start-truth-server.js'
import {type Call, recordingSink} from '../support/wire-answers.js'

// What bench sends and reads, against servers that share no code with it.

let truth: TruthServer
let sandbox: Sandbox

beforeAll(async () => {
  ;[truth, sandbox] = await Promise.all([startTruthServer(), startSandbox()])
  const pace = {ttftMs: 0, tokensPerSecond: 1e9, jitter: {kind: 'none'}}
  await fetch(`${sandbox.url}/_sandbox/pace`, {method: 'POST', body: JSON.stringify(pace)})
})
afterAll(async () => {
  await Promise.all([truth[Symbol.asyncDispose](), sandbox.close()])
})

const SIGV4 = {kind: 'sigv4', service: 'bedrock', region: 'us-east-1'} as const
const EXAMPLE_KEYS: Secret = {
  kind: 'keys',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: undefined,
  expiresAtMs: undefined,
}

function laneTo(address: string, path: string, dialect: DialectId): LanePlan {
  const {hostname, port} = new URL(address)
  return {
    name: 'a',
    dialect,
    origin: {tls: false, host: hostname, port: Number(port)},
    path,
    headers: [],
    auth: path.startsWith('/model/') ? SIGV4 : {kind: 'none'},
    caPem: undefined,
    insecure: false,
    proxy: undefined,
    timeouts: {connectMs: 1, ttftMs: 1, idleMs: 1, requestMs: 1},
  }
}

interface Heard {
  readonly status: number
  readonly calls: readonly Call[]
  readonly keepAlive: boolean
}

/** Sends one request on a connection of its own and reads until its answer is complete or broken. */
function ask(lane: LanePlan, secret = EXAMPLE_KEYS, model = 'truth'): Promise<Heard> {
  const plan = {dialect: lane.dialect, model, tier: 'default', latency: 'standard', temperature: 0} as const
  const prompt = {turns: [{role: 'user', text: 'Say something.'}], maxTokens: 12} as const
  const body = requestBody({...plan, traits: serverTraits(undefined)}, prompt)
  const calls: Call[] = []
  const answer = new HttpAnswer(answerReader(lane.dialect))
  answer.expect(recordingSink(calls))
  return new Promise((done) => {
    const socket = connect({port: lane.origin.port, host: lane.origin.host, allowHalfOpen: true})
    const end = (): void => {
      socket.destroy()
      done({status: answer.status, calls, keepAlive: answer.keepAlive})
    }
    socket.write(createRequestHead(lane)(secret, body, Date.now()), 'latin1')
    socket.write(body)
    socket.on('data', (bytes) => {
      const isWhole = answer.push(bytes, 0, bytes.length, performance.now())
      if (isWhole || calls.some(([name]) => name === 'fail')) end()
    })
    // A reset that comes with the last bytes is told as an end: a write shows which of the two it was.
    socket.on('end', () => socket.write('\r\n', (error) => error ?? socket.destroy()))
    socket.on('error', () => calls.push(['fail', 'reset_midstream', 'reset']))
    socket.on('close', () => {
      answer.close(performance.now())
      end()
    })
  })
}

const tokens = ({calls}: Heard): number => calls.filter(([name]) => name === 'token').length
const last = ({calls}: Heard, name: string): unknown => calls.findLast((call) => call[0] === name)?.[1]
const failure = ({calls}: Heard): readonly unknown[] => calls.find(([name]) => name === 'fail')?.slice(1) ?? []

const CHAT = ['/v1/chat/completions', 'openai-chat'] as const
const STREAMS: readonly (readonly [path: string, dialect: DialectId])[] = [
  ['/v1/responses', 'openai-responses'],
  ['/v1/messages', 'anthropic-messages'],
  ['/api/chat', 'ollama-chat'],
  ['/model/a.b/converse-stream', 'converse-stream'],
  ['/model/anthropic.x/invoke-with-response-stream', 'invoke-anthropic'],
  ['/model/amazon.nova-x/invoke-with-response-stream', 'invoke-nova'],
  ['/model/meta.llama-x/invoke-with-response-stream', 'invoke-llama'],
  ['/model/mistral.x/invoke-with-response-stream', 'invoke-mistral'],
  ['/model/openai.x/invoke-with-response-stream', 'invoke-chat'],
]
const PLAIN = {
  flavour: 'vllm',
  tokens: 6,
  reasoning: 0,
  inputTokens: 7,
  pieceBytes: 0,
  eventsPerWrite: 1,
  crlf: false,
  fault: {kind: 'none'},
} as const

describe('an answer of the truth server', () => {
  test.each(FLAVOURS)('as %s has six tokens and their usage, in one piece or in many', async (flavour) => {
    const lane = laneTo(truth.address, ...CHAT)
    const heard: Heard[] = []
    for (const cut of [{}, {pieceBytes: 7}, {crlf: true, eventsPerWrite: 3}]) {
      await truth.change({...PLAIN, flavour, ...cut})
      heard.push(await ask(lane))
    }

    for (const one of heard) {
      expect([one.status, tokens(one), failure(one), one.keepAlive]).toEqual([200, 6, [], true])
      expect(last(one, 'usage')).toMatchObject({input: 7, output: 6})
    }
  })

  test.each(STREAMS)('on %s has six tokens and their usage, in one piece or in many', async (path, dialect) => {
    const lane = laneTo(truth.address, path, dialect)
    const heard: Heard[] = []
    for (const cut of [{}, {pieceBytes: 11}, {eventsPerWrite: 3}]) {
      await truth.change({...PLAIN, ...cut})
      heard.push(await ask(lane))
    }

    for (const one of heard) {
      expect([one.status, tokens(one), failure(one), one.keepAlive]).toEqual([200, 6, [], true])
      expect(last(one, 'usage')).toMatchObject({input: 7, output: 6})
    }
  })

  test.each<[FaultKind, readonly [string, DialectId], number, string, RegExp]>([
    ['not-found', CHAT, 404, 'validation', /^Not Found$/],
    ['unauthorized', CHAT, 401, 'auth', /^invalid_request_error 401: invalid key$/],
    ['forbidden', CHAT, 403, 'auth', /permission_error/],
    ['wrong-model', CHAT, 404, 'validation', /^NotFoundError 404: The model … does not exist\.$/],
    ['throttled', CHAT, 429, 'throttled', /^rate_limit_error 429/],
    ['quota', CHAT, 429, 'quota', /^insufficient_quota 429/],
    ['unavailable', CHAT, 503, 'unavailable', /overloaded/],
    ['html', CHAT, 502, 'parse_error', /^an HTML page, title "502 Bad Gateway", with status 502$/],
    ['whole-json', CHAT, 200, 'parse_error', /^the server did not stream/],
    ['hang-up', CHAT, 0, 'truncated', /before the head/],
    ['early-end', CHAT, 200, 'truncated', /./],
    ['cut-chunk', CHAT, 200, 'truncated', /./],
    ['truncated-json', CHAT, 200, 'truncated', /./],
    ['garbled', CHAT, 200, 'parse_error', /no JSON object/],
    ['error-event', CHAT, 200, 'model_stream_error', /./],
    ['huge-event', CHAT, 200, 'parse_error', /over 16 MiB/],
    ['reset', CHAT, 200, 'reset_midstream', /./],
    [
      'throttled',
      ['/model/a.b/converse-stream', 'converse-stream'],
      429,
      'throttled',
      /^ThrottlingException: Too many/,
    ],
    ['quota', ['/model/a.b/converse-stream', 'converse-stream'], 400, 'quota', /^ServiceQuotaExceededException/],
    ['garbled', ['/model/a.b/converse-stream', 'converse-stream'], 200, 'parse_error', /checksum/],
    ['error-event', ['/model/a.b/converse-stream', 'converse-stream'], 200, 'model_stream_error', /modelStream/],
    ['huge-event', ['/model/a.b/converse-stream', 'converse-stream'], 200, 'parse_error', /over 16 MiB/],
    ['cut-chunk', ['/model/a.b/converse-stream', 'converse-stream'], 200, 'truncated', /./],
    ['error-event', ['/api/chat', 'ollama-chat'], 200, 'model_stream_error', /./],
  ])('with %s on %s is status %i and %s', async (kind, [path, dialect], status, error, detail) => {
    await truth.change({...PLAIN, fault: {kind}})

    const heard = await ask(laneTo(truth.address, path, dialect))

    expect([heard.status, failure(heard)[0]]).toEqual([status, error])
    expect(failure(heard)[1]).toMatch(detail)
  })
})

describe('the sandbox', () => {
  const CLAUDE = 'us.anthropic.claude-sonnet-4-6'
  const path = `/model/${encodeURIComponent(CLAUDE)}/converse-stream`
  const keys = (secretAccessKey?: string): Secret => ({
    kind: 'keys',
    accessKeyId: sandbox.env()['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: secretAccessKey ?? sandbox.env()['AWS_SECRET_ACCESS_KEY'] ?? '',
    sessionToken: undefined,
    expiresAtMs: undefined,
  })

  test.each<[string, DialectId, string]>([
    [CLAUDE, 'converse-stream', 'converse-stream'],
    [CLAUDE, 'invoke-anthropic', 'invoke-with-response-stream'],
    ['amazon.nova-lite-v1:0', 'invoke-nova', 'invoke-with-response-stream'],
    ['amazon.nova-lite-v1:0', 'converse-stream', 'converse-stream'],
    ['meta.llama3-8b-instruct-v1:0', 'invoke-llama', 'invoke-with-response-stream'],
    ['mistral.mistral-7b-instruct-v0:2', 'invoke-mistral', 'invoke-with-response-stream'],
    ['openai.gpt-oss-20b-1:0', 'invoke-chat', 'invoke-with-response-stream'],
  ])('takes signatures for %s and answers %s', async (model, dialect, operation) => {
    const lane = laneTo(sandbox.url, `/model/${encodeURIComponent(model)}/${operation}`, dialect)

    const heard = await ask(lane, keys(), model)

    expect([heard.status, failure(heard), heard.keepAlive]).toEqual([200, [], true])
    expect(tokens(heard)).toBeGreaterThan(0)
    expect(last(heard, 'usage')).toMatchObject({input: expect.any(Number), output: expect.any(Number)})
    expect(heard.calls.some(([name]) => name === 'finish')).toBe(true)
  })

  test('refuses a signature by another key', async () => {
    const heard = await ask(laneTo(sandbox.url, path, 'converse-stream'), keys('wrong'), CLAUDE)

    expect([heard.status, failure(heard)[0]]).toEqual([403, 'auth'])
  })
})
