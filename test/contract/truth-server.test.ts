import {request} from 'node:https'
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type FaultKind, FLAVOURS, type Flavour} from '../support/truth-server/options.js'
import {startTruthServer, type TruthServer} from '../support/truth-server/start-truth-server.js'

const PLAIN = {ttftMs: 0, itlMs: 0, tokens: 6, pieceBytes: 0, crlf: false, fault: {kind: 'none', share: 1}} as const
const CHAT = {model: 'truth', stream: true, stream_options: {include_usage: true}, messages: []}

let server: TruthServer
let bedrock: BedrockRuntimeClient

beforeAll(async () => {
  server = await startTruthServer({inputTokens: 7})
  bedrock = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: server.address,
    credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'},
    maxAttempts: 1,
    // By itself it speaks HTTP/2.
    requestHandler: new NodeHttpHandler(),
  })
})

afterAll(async () => {
  bedrock.destroy()
  await server[Symbol.asyncDispose]()
})

async function post(path: string, body: object): Promise<{status: number; text: string; headers: Headers}> {
  const answer = await fetch(`${server.address}${path}`, {method: 'POST', body: JSON.stringify(body)})
  return {status: answer.status, text: await answer.text(), headers: answer.headers}
}

function datas(text: string): readonly Record<string, unknown>[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)))
}

describe('streams', () => {
  test('the AWS SDK reads a ConverseStream to its usage, reasoning first', async () => {
    await server.change({...PLAIN, reasoning: 2})

    const {stream} = await bedrock.send(new ConverseStreamCommand({modelId: 'a.b', messages: []}))
    const kinds: string[] = []
    for await (const event of stream ?? []) {
      const [kind = ''] = Object.keys(event).filter((name) => name !== '$unknown')
      kinds.push(event.contentBlockDelta ? Object.keys(event.contentBlockDelta.delta ?? {}).join() : kind)
      if (event.metadata) expect(event.metadata.usage).toMatchObject({inputTokens: 7, outputTokens: 6})
    }

    expect(kinds.filter((kind) => kind === 'text')).toHaveLength(4)
    expect(kinds.slice(0, 3)).toEqual(['messageStart', 'reasoningContent', 'reasoningContent'])
    expect(kinds.at(-1)).toBe('metadata')
  })

  test.each(['anthropic.x', 'amazon.nova-x', 'meta.llama-x', 'mistral.x', 'openai.x'])(
    'the AWS SDK reads the frames of %s, metrics last',
    async (modelId) => {
      await server.change({...PLAIN, reasoning: 0})

      const {body} = await bedrock.send(new InvokeModelWithResponseStreamCommand({modelId, body: '{}'}))
      const inner: string[] = []
      for await (const event of body ?? []) inner.push(Buffer.from(event.chunk?.bytes ?? []).toString())

      expect(inner.filter((json) => json.includes('東京') || json.includes(' Größe'))).toHaveLength(1)
      expect(JSON.parse(inner.at(-1) ?? '')['amazon-bedrock-invocationMetrics']).toMatchObject({outputTokenCount: 6})
    },
  )

  test.each(FLAVOURS)('chunks of %s say six tokens and their usage where that server says it', async (flavour) => {
    const places: Record<Flavour, readonly [role: boolean, chunks: number, usageWithChoices: boolean, done: boolean]> =
      {
        vllm: [true, 9, false, true],
        sglang: [true, 9, false, true],
        tgi: [false, 6, true, true],
        'llama.cpp': [true, 8, true, true],
        transformers: [true, 8, true, false],
        ollama: [false, 8, false, true],
      }
    await server.change({...PLAIN, flavour})

    const {text} = await post('/v1/chat/completions', CHAT)
    const chunks = datas(text)
    const withUsage = chunks.filter(({usage}) => usage)

    expect(withUsage).toMatchObject([{usage: {prompt_tokens: 7, completion_tokens: 6}}])
    expect([
      !JSON.stringify(chunks[0]).includes('the"'),
      chunks.length,
      JSON.stringify(withUsage[0]).includes('"delta"'),
      text.endsWith('data: [DONE]\n\n'),
    ]).toEqual(places[flavour])
    await server.change({flavour: 'vllm'})
  })

  test.each([
    ['/v1/responses', 'response.output_text.delta'],
    ['/v1/messages', 'content_block_delta'],
  ])('%s names six events %s', async (path, name) => {
    await server.change(PLAIN)

    const {text} = await post(path, CHAT)

    expect(text.match(new RegExp(`^event: ${name}$`, 'gm'))).toHaveLength(6)
    expect(datas(text).filter(({type}) => type === name)).toHaveLength(6)
  })

  test('lines of Ollama end with counts', async () => {
    await server.change(PLAIN)

    const lines = (await post('/api/chat', {model: 'truth'})).text.trimEnd().split('\n')

    expect(lines).toHaveLength(7)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({done: true, eval_count: 6, prompt_eval_count: 7})
  })

  test('pieces of a byte are the same answer as one write', async () => {
    await server.change({...PLAIN, crlf: true})
    const whole = await post('/v1/chat/completions', CHAT)
    await server.change({pieceBytes: 1})

    const pieces = await post('/v1/chat/completions', CHAT)

    expect(pieces.text).toBe(whole.text)
    expect(pieces.text).toContain('\r\n\r\n')
  })
})

test('the schedule is kept, never early, and what was sent is what was logged', async () => {
  await server.change({...PLAIN, ttftMs: 30, itlMs: 5, tokens: 9, idAt: 10})
  await server.forget()
  const before = performance.now()

  await Promise.all(
    [1, 2, 3].map((id) => post('/v1/chat/completions', {name: `a${String(id).padStart(10, '0')}`, ...CHAT})),
  )
  const took = performance.now() - before
  const {rows, gaps} = await server.truth()

  expect(rows.map(({id}) => id).toSorted()).toEqual([1, 2, 3])
  for (const {arrived, first, last, end, events, outcome} of rows) {
    expect([events, outcome]).toEqual([9, 'whole'])
    expect(first - arrived).toBeGreaterThanOrEqual(30)
    expect(last - arrived).toBeGreaterThanOrEqual(70)
    expect(end - arrived).toBeLessThan(took)
  }
  expect(gaps.count).toBe(24)
  expect(gaps.sumMs).toBeCloseTo(
    rows.reduce((sum, {first, last}) => sum + last - first, 0),
    6,
  )
})

describe('faults', () => {
  const refused: readonly (readonly [FaultKind, number, RegExp])[] = [
    ['not-found', 404, /Not Found/],
    ['unauthorized', 401, /key/],
    ['forbidden', 403, /not for you/],
    ['wrong-model', 404, /does not exist/],
    ['throttled', 429, /Too many/],
    ['quota', 429, /quota/],
    ['unavailable', 503, /overloaded/],
    ['html', 502, /^<!doctype/],
    ['whole-json', 200, /a whole answer/],
    ['error-event', 200, /data: \{"error"/],
    ['early-end', 200, / of"\}[^}]*\}\]\}\n\n$/],
    ['truncated-json', 200, /data: \{[^}]*$/],
    ['negative-usage', 200, /"completion_tokens":-6/],
  ]
  test.each(refused)('%s is answered with %i', async (kind, status, text) => {
    await server.change({...PLAIN, fault: {kind}})

    const answer = await post('/v1/chat/completions', CHAT)

    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(text)
    expect(answer.headers.get('retry-after')).toBe(kind === 'throttled' ? '1' : null)
  })

  test.each(['reset', 'cut-chunk', 'hang-up'] as const)('%s breaks the connection', async (kind) => {
    await server.change({...PLAIN, fault: {kind}})

    await expect(post('/v1/chat/completions', CHAT)).rejects.toThrow()
  })

  test.each(['garbled', 'error-event'] as const)('the AWS SDK refuses a stream that is %s', async (kind) => {
    await server.change({...PLAIN, fault: {kind}})
    const {stream} = await bedrock.send(new ConverseStreamCommand({modelId: 'a.b', messages: []}))
    const read = async () => {
      for await (const event of stream ?? []) expect(event).toBeDefined()
    }

    await expect(read()).rejects.toThrow(kind === 'garbled' ? /checksum/i : 'the engine stopped')
  })

  test('a storm refuses its share of requests', async () => {
    await server.change({...PLAIN, fault: {kind: 'throttled', share: 0.5}})

    const answers = await Promise.all(Array.from({length: 60}, () => post('/v1/chat/completions', CHAT)))

    expect(answers.filter(({status}) => status === 429).length).toBeGreaterThan(15)
    expect(answers.filter(({status}) => status === 200).length).toBeGreaterThan(15)
  })

  test('a request without a signature has no answer from Bedrock', async () => {
    await server.change(PLAIN)

    expect((await post('/model/a.b/converse-stream', {})).status).toBe(403)
  })
})

test('TLS is with a certificate that only its own file vouches for', async () => {
  await using secure = await startTruthServer({tls: 'valid'})
  const status = (ca: string | undefined) =>
    new Promise<number | string>((done) => {
      const sent = request(`${secure.address}/v1/models`, {agent: false, ...(ca && {ca})}, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      })
      sent.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? ''))
      sent.end()
    })

  expect(await status(secure.caPem)).toBe(200)
  expect(await status(undefined)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
})
