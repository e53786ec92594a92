import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {ERROR_CLASSES} from '../../../src/lib/bench/wire/answer.js'
import {answerReader} from '../../../src/lib/bench/wire/answer-reader.js'
import {classify} from '../../../src/lib/bench/wire/classify.js'
import type {JsonObject} from '../../../src/lib/bench/wire/dialect.js'
import {anthropic} from '../../../src/lib/bench/wire/dialects/anthropic.js'
import {converse, nova} from '../../../src/lib/bench/wire/dialects/converse.js'
import {llama, mistral} from '../../../src/lib/bench/wire/dialects/invoke-text.js'
import {ollamaChat} from '../../../src/lib/bench/wire/dialects/ollama-chat.js'
import {openAiChat} from '../../../src/lib/bench/wire/dialects/openai-chat.js'
import {openAiResponses} from '../../../src/lib/bench/wire/dialects/openai-responses.js'
import {HttpAnswer} from '../../../src/lib/bench/wire/http-answer.js'
import type {DialectId} from '../../../src/lib/bench/wire/lane.js'
import {Shapes} from '../../../src/lib/bench/wire/shapes.js'
import {
  ANSWERS,
  type Call,
  chunked,
  chunks,
  frames,
  lines,
  readAnswer,
  recordingSink,
  sse,
} from '../../support/wire-answers.js'

const HEAD = 'HTTP/1.1 200 OK\r\n'
const pieces = fc.array(fc.integer({min: 1, max: 60}), {minLength: 1, maxLength: 12})

describe('an answer', () => {
  test.each(ANSWERS)('of $name is told by its events', ({dialect, body, calls}) => {
    const raw = chunked(body)

    const first = readAnswer(dialect, raw)
    const again = readAnswer(dialect, raw)
    const parsed = readAnswer(dialect, raw, {texts: []})

    expect(first).toEqual({calls, complete: true, keepAlive: true})
    expect(again).toEqual(first)
    expect(parsed).toEqual(first)
  })

  test('is the same however its bytes are cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ANSWERS), pieces, pieces, ({dialect, body, calls}, sizes, chunkSizes) => {
        const read = readAnswer(dialect, chunked(body, HEAD, chunkSizes), {sizes})

        expect(read).toEqual({calls, complete: true, keepAlive: true})
      }),
      {numRuns: 300},
    )
  })

  test('is the same byte by byte', () => {
    for (const {dialect, body, calls} of ANSWERS)
      expect(readAnswer(dialect, chunked(body), {sizes: [1]}).calls).toEqual(calls)
  })

  test('leaves the connection to the next one', () => {
    const answer = new HttpAnswer(answerReader('openai-chat'))
    const told = ANSWERS.filter(({dialect}) => dialect === 'openai-chat').map(({body, calls}) => {
      const heard: Call[] = []
      const raw = chunked(body)
      answer.expect(recordingSink(heard))
      answer.push(Buffer.concat([Buffer.alloc(9), raw]), 9, 9 + raw.length, 0)
      return [heard, calls, answer.complete, answer.keepAlive]
    })

    for (const [heard, calls, complete, keepAlive] of told) {
      expect(heard).toEqual(calls)
      expect([complete, keepAlive]).toEqual([true, true])
    }
  })

  test('that is cut off anywhere is truncated, or had told its end', () => {
    const cases = ANSWERS.filter(({calls}) => calls.at(-1)?.[0] !== 'fail')
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.double({min: 0, max: 0.999, noNaN: true}), ({dialect, body}, share) => {
        const raw = chunked(body)

        const {calls, complete} = readAnswer(dialect, raw.subarray(0, Math.floor(raw.length * share)), {close: true})

        const failed = calls.some(([name, error]) => name === 'fail' && error === 'truncated')
        const ended = calls.some(([name]) => name === 'finish') || calls.some(([name]) => name === 'usage')
        expect(complete).toBe(true)
        expect(failed || ended).toBe(true)
      }),
      {numRuns: 300},
    )
  })

  test('keeps its texts apart where they are asked for', () => {
    const texts: string[] = []
    const converse = ANSWERS.find(({dialect}) => dialect === 'converse-stream')
    if (converse === undefined) throw new Error('no answer of ConverseStream')

    const {calls} = readAnswer('converse-stream', chunked(converse.body), {texts})

    expect(calls).toEqual(converse.calls)
    expect(texts).toEqual(['so', 'A', 'B', '{'])
  })
})

describe('what fits the shape of an event', () => {
  const dialects = {openAiChat, openAiResponses, anthropic, converse, nova, llama, mistral, ollamaChat} as const
  /** Events with holes: a text, a number, and one of each that nothing depends on. */
  const wordings: Readonly<Record<keyof typeof dialects, readonly string[]>> = {
    openAiChat: [
      '{"id":"S","created":N,"choices":[{"delta":{"content":"T"},"finish_reason":null}],"p":"S"}',
      '{"id":"S", "created": N, "choices": [ {"delta": {"reasoning_content": "T", "content": ""}} ]}',
      '{"id":"S","choices":[{"delta":{"content":"T","reasoning":"T"}}]}',
      '{"content":"T","choices":[{"delta":{"content":"T"}}]}',
      '{"content":"T","choices":[{"delta":{"c\\u006fntent":"T"}}]}',
      '{"choices":[{"delta":{"content":"T","content":"T"}}]}',
      '{"choices":[{"delta":{"content":"T"},"delta":{}}]}',
      '{"choices":[{"delta":{"tool_calls":[{"function":{"name":"T","arguments":"T"}}]}}]}',
      '{"choices":[{"delta":{"other":"T"}}],"created":N}',
      '{"choices":[{"delta":{"content":["T"]},"finish_reason":"stop"}]}',
      '{"error":{"message":"T"}}',
    ],
    openAiResponses: [
      '{"type":"response.output_text.delta","item_id":"S","delta":"T","sequence_number":N}',
      '{"type":"T","delta":"T"}',
    ],
    anthropic: [
      '{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"T"}}',
      '{"type":"ping","p":"S"}',
    ],
    converse: [
      '{"delta":{"text":"T"},"p":"S"}',
      '{"delta":{"toolUse":{"input":"T"}},"p":"S"}',
      '{"delta":{"text":"T","reasoningContent":{"text":"T"}}}',
    ],
    nova: ['{"contentBlockDelta":{"delta":{"text":"T"},"contentBlockIndex":N}}'],
    llama: [
      '{"generation":"T","prompt_token_count":null,"generation_token_count":N,"stop_reason":null}',
      '{"generation":"T","generation_token_count":N,"generation_token_count":N}',
      '{"generation":"T","inner":{"generation_token_count":N},"generation_token_count":N}',
    ],
    mistral: ['{"outputs":[{"text":"T","stop_reason":null}]}', '{"outputs":[{"text":"T"},{"text":"T"}]}'],
    ollamaChat: [
      '{"model":"m","created_at":"S","message":{"role":"assistant","content":"T"},"done":false}',
      '{"message":{"thinking":"T","content":"T"}}',
    ],
  }
  const escaped = fc.string({unit: 'binary', maxLength: 6}).map((text) => JSON.stringify(text).slice(1, -1))
  const text = fc.oneof(
    escaped,
    fc.constantFrom('', '\\u00e9', '\\uD83D', '\\q', '\\u00g0', '"', '\\', '\u0001', '\\"', '","content":"x'),
  )
  const number = fc.oneof(
    fc.nat(99).map(String),
    fc.constantFrom('0', '01', '-1', '1.5', '1e3', '4294967296', '9007199254740993', 'null', '"x"', ''),
  )
  const known = fc.constantFrom(...(Object.keys(dialects) as (keyof typeof dialects)[]))
  const wording = known.chain((name) => fc.record({name: fc.constant(name), words: fc.constantFrom(...wordings[name])}))
  const values = fc.array(fc.record({texts: fc.array(text, {minLength: 3, maxLength: 3}), number}), {
    minLength: 2,
    maxLength: 12,
  })

  test('comes to the same as when it is parsed', () => {
    let fitted = 0
    const check = (
      {name, words}: {name: keyof typeof dialects; words: string},
      filled: readonly {texts: string[]; number: string}[],
    ) => {
      const dialect = dialects[name]
      const shapes = new Shapes(dialect.keys)
      for (const {texts, number: digits} of filled) {
        let place = 0
        const json = Buffer.from(
          words.replace(/"T"|"S"|\bN\b/g, (hole) => (hole === 'N' ? digits : `"${texts[place++ % 3]}"`)),
        )
        const found = shapes.find(json, 0, json.length)
        const event = parse(json)
        if (event === undefined) {
          expect(found).toBeUndefined()
          continue
        }
        const effects = dialect.read(event, 'contentBlockDelta')
        if (found === undefined) shapes.learn(json, 0, json.length, effects)
        else expect({...found, text: '', count: shapes.count}).toEqual({...effects, text: ''})
        fitted += found === undefined ? 0 : 1
      }
    }

    fc.assert(fc.property(wording, values, check), {numRuns: 3000})

    expect(fitted).toBeGreaterThan(2000)
  })

  function parse(json: Buffer): JsonObject | undefined {
    try {
      return JSON.parse(json.toString())
    } catch {
      return undefined
    }
  }
})

describe('a server that does otherwise', () => {
  const answer = (head: string, body: string | Buffer) =>
    Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)])
  const ok = 'HTTP/1.1 200 OK'
  const html = '<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head></html>'
  const event = JSON.stringify({choices: [{delta: {content: 'A'}}]})
  const flipped = frames(['messageStart', {role: 'assistant'}])
  flipped.writeUInt8(flipped.readUInt8(60) ^ 1, 60)

  test.each<[string, DialectId, Buffer, string, string]>([
    [
      'answers one object',
      'openai-chat',
      answer(ok, '{"choices":[{"message":{"content":"A"}}]}'),
      'parse_error',
      'the server did not stream: the answer is one JSON object',
    ],
    [
      'answers one object to ConverseStream',
      'converse-stream',
      answer(ok, '{"output":{}}'),
      'parse_error',
      'the server did not stream: the answer is one JSON object',
    ],
    [
      'compresses what it streams',
      'openai-chat',
      answer(`${ok}\r\nContent-Encoding: gzip`, Buffer.from([0x1f, 0x8b, 8, 0, 0, 10, 10])),
      'parse_error',
      'the answer is compressed, unasked: gzip',
    ],
    [
      'answers a page',
      'openai-chat',
      answer(`${ok}\r\nContent-Type: text/event-stream`, html),
      'parse_error',
      'an HTML page, title "502 Bad Gateway", with status 200',
    ],
    [
      'answers a page with a status',
      'converse-stream',
      answer('HTTP/1.1 502 Bad Gateway', html),
      'parse_error',
      'an HTML page, title "502 Bad Gateway", with status 502',
    ],
    [
      'answers a page for an embedding',
      'openai-embedding',
      answer(ok, html),
      'parse_error',
      'an HTML page, title "502 Bad Gateway", with status 200',
    ],
    ['answers nothing', 'openai-chat', answer(ok, ''), 'truncated', 'the answer has no body'],
    ['answers comments alone', 'openai-chat', answer(ok, ': ping\n\n'), 'truncated', 'the answer has no event'],
    [
      'stops without an end',
      'openai-chat',
      answer(ok, `data: ${event}\n\n`),
      'truncated',
      'the stream ended without its last event',
    ],
    [
      'cuts its JSON off',
      'openai-chat',
      answer(ok, `data: ${event}\n\ndata: ${event.slice(0, 20)}`),
      'truncated',
      'the last event of the answer is cut off',
    ],
    [
      'cuts a line off',
      'ollama-chat',
      answer(ok, '{"message":{"content":"A"}}\n{"mess'),
      'truncated',
      'the last event of the answer is cut off',
    ],
    [
      'cuts a message off',
      'converse-stream',
      answer(ok, frames(['messageStop', {stopReason: 'end_turn'}]).subarray(0, 50)),
      'truncated',
      'the connection ended in the middle of the answer',
    ],
    [
      'sends broken JSON',
      'openai-chat',
      answer(ok, `data: ${event}\n\ndata: {"a":\n\n`),
      'parse_error',
      'event 2 of the answer is no JSON object',
    ],
    [
      'sends a wrong checksum',
      'converse-stream',
      answer(ok, flipped),
      'parse_error',
      'a message of the event stream does not fit its checksum',
    ],
    [
      'sends no event stream',
      'converse-stream',
      answer(ok, 'data: {"a":1}\n\ndata: {}\n\n'),
      'parse_error',
      'a prelude of the event stream does not fit its checksum',
    ],
    [
      'tells a failure in place of a stream',
      'openai-chat',
      answer(ok, '{"error":{"type":"rate_limit_error","message":"Slow down."}}'),
      'throttled',
      'rate_limit_error: Slow down.',
    ],
    ['speaks no HTTP', 'openai-chat', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n\r\n'), 'parse_error', 'not HTTP'],
    [
      'has a length that is none',
      'openai-chat',
      answer(`${ok}\r\nContent-Length: -4`, ''),
      'parse_error',
      'the content-length of the answer is no number',
    ],
    [
      'has a chunk size that is none',
      'openai-chat',
      answer(`${ok}\r\nTransfer-Encoding: chunked`, 'zz\r\n'),
      'parse_error',
      'the size of a chunk cannot be read',
    ],
    [
      'has a head without an end',
      'openai-chat',
      Buffer.from(`${ok}\r\n${'x: y\r\n'.repeat(20_000)}`),
      'parse_error',
      'the head of the answer is over 64 KiB',
    ],
    [
      'sends an event without an end',
      'openai-chat',
      answer(ok, `data: ${'x'.repeat(17 * 1024 * 1024)}`),
      'parse_error',
      'an event is over 16 MiB',
    ],
    [
      'sends a line without an end',
      'ollama-chat',
      answer(ok, `{"a":"${'x'.repeat(17 * 1024 * 1024)}`),
      'parse_error',
      'a line is over 16 MiB',
    ],
    ['hangs up', 'openai-chat', Buffer.from('HTT'), 'truncated', 'the connection ended before the head of an answer'],
  ])('%s', (_, dialect, raw, error, detail) => {
    const {calls, complete, keepAlive} = readAnswer(dialect, raw, {sizes: [60_000], close: true})

    expect(calls.filter(([name]) => name === 'fail')).toEqual([['fail', error, detail]])
    expect([complete, keepAlive]).toEqual([true, false])
  })

  test('and counts what cannot be is flagged and left out', () => {
    const usage = {prompt_tokens: -3, completion_tokens: 2 ** 40, total_tokens: 1.5}

    const {calls} = readAnswer('openai-chat', chunked(sse({choices: [], usage}, '[DONE]')))

    expect(calls).toEqual([['flagUsage']])
  })

  test('and asks for patience first is waited for', () => {
    const {body, calls, dialect} = ANSWERS[0] ?? {body: Buffer.alloc(0), calls: [], dialect: 'openai-chat' as const}
    const raw = Buffer.concat([
      Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'),
      chunked(body),
    ])

    expect(readAnswer(dialect, raw, {sizes: [7]})).toEqual({calls, complete: true, keepAlive: true})
  })

  test('and says more than its answer loses the connection', () => {
    const raw = Buffer.concat([answer(`${ok}\r\nContent-Length: 2`, '{}'), Buffer.from('HTTP/1.1 200 OK\r\n')])

    expect(readAnswer('invoke-embedding', raw)).toMatchObject({complete: true, keepAlive: false})
  })

  test('never breaks a reader, and what it sends ends in a class', () => {
    const classes = new Set<unknown>(ERROR_CLASSES)
    const start = fc.constantFrom(
      '',
      `${ok}\r\n\r\n`,
      `${ok}\r\nContent-Length: 40\r\n\r\n`,
      `${ok}\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n`,
      'HTTP/1.1 400 Bad\r\n\r\n',
    )
    const valid = ANSWERS.map(({body}) => body)
    const noise = fc.oneof(
      fc.uint8Array({maxLength: 80}),
      fc.constantFrom(...valid),
      fc.string({maxLength: 60}).map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...ANSWERS),
        start,
        fc.array(noise, {maxLength: 4}),
        pieces,
        ({dialect}, head, parts, sizes) => {
          const raw = Buffer.concat([Buffer.from(head), ...parts])

          const {calls, complete} = readAnswer(dialect, raw, {sizes, close: true})

          const failures = calls.filter(([name]) => name === 'fail')
          expect(complete).toBe(true)
          for (const [, error, detail] of failures) {
            expect(classes).toContain(error)
            // biome-ignore lint/suspicious/noControlCharactersInRegex: what the test is for
            expect(detail).toMatch(/^[^\u0000-\u001f\u007f-\u009f]{1,200}$/u)
          }
        },
      ),
      {numRuns: 500},
    )
  })
})

describe('a refusal', () => {
  const aws = (type: string) => ({'x-amzn-errortype': type})
  const secret = 'tell me how to leave my wife'

  test.each<[number, Record<string, string>, object | string, string, string]>([
    [
      429,
      aws('ThrottlingException:http://internal.amazon.com/coral/'),
      {message: 'Too many tokens, please wait.'},
      'throttled',
      'ThrottlingException: Too many tokens, please wait.',
    ],
    [
      429,
      aws('ModelNotReadyException'),
      {message: 'Not ready.'},
      'model_not_ready',
      'ModelNotReadyException: Not ready.',
    ],
    [
      400,
      aws('ServiceQuotaExceededException'),
      {message: 'Too much.'},
      'quota',
      'ServiceQuotaExceededException: Too much.',
    ],
    [408, aws('ModelTimeoutException'), {}, 'model_timeout', 'ModelTimeoutException'],
    [424, aws('ModelErrorException'), {}, 'model_stream_error', 'ModelErrorException'],
    [
      403,
      {},
      {__type: 'com.amazon.coral.service#UnrecognizedClientException', message: 'The token is invalid.'},
      'auth',
      'UnrecognizedClientException: The token is invalid.',
    ],
    [
      400,
      aws('ValidationException'),
      {message: `Malformed input: "${secret}" is not allowed.`},
      'validation',
      'ValidationException: Malformed input: … is not allowed.',
    ],
    [503, aws('ServiceUnavailableException'), {}, 'unavailable', 'ServiceUnavailableException'],
    [
      401,
      {},
      {
        error: {
          message: 'Incorrect API key provided: sk-abcdefgh12345678ijklmnop.',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      },
      'auth',
      'invalid_request_error invalid_api_key: Incorrect API key provided: …',
    ],
    [
      429,
      {},
      {error: {message: 'No money.', type: 'insufficient_quota', code: 'insufficient_quota'}},
      'quota',
      'insufficient_quota: No money.',
    ],
    [
      404,
      {},
      {object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404},
      'validation',
      'NotFoundError: The model … does not exist.',
    ],
    [404, {}, {error: "model 'x' not found"}, 'validation', 'model … not found'],
    [
      503,
      {},
      {error: {code: 503, message: 'Loading model', type: 'unavailable_error'}},
      'model_not_ready',
      'unavailable_error 503: Loading model',
    ],
    [
      422,
      {},
      {error: 'Input validation error', error_type: 'validation'},
      'validation',
      'validation: Input validation error',
    ],
    [
      400,
      {},
      {error: {message: `'input': '${secret}'`, type: 'BadRequestError', code: 400}},
      'validation',
      'BadRequestError 400: …: …',
    ],
    [
      400,
      {},
      {error: {message: `It's wrong\u001b[2J: ${secret} ${'x'.repeat(400)}`, type: 'BadRequestError'}},
      'validation',
      'BadRequestError',
    ],
    [500, {}, 'Internal Server Error', 'unavailable', 'HTTP 500 without a reason'],
    [504, {}, '', 'model_timeout', 'HTTP 504 without a reason'],
    [
      307,
      {location: 'https://elsewhere/'},
      '',
      'validation',
      'HTTP 307 leads to another address, which is not followed',
    ],
  ])('%i %j %j is %s', (status, headers, body, error, detail) => {
    const failure = classify(status, (name) => headers[name], typeof body === 'string' ? body : JSON.stringify(body))

    expect(failure).toEqual({error, detail})
    expect(failure.detail).not.toContain(secret)
  })
})

test.each(['[DONE]', '[DONE] ', '[DONE]\t'])('the last line %j ends a stream', (done) => {
  const {calls} = readAnswer('openai-chat', chunked(sse({choices: [{index: 0, delta: {content: 'A'}}]}, done)))

  expect(calls.filter(([name]) => name === 'fail')).toEqual([])
})

test('lines and messages of one read share its time', () => {
  const times: number[] = []
  const sink = {...recordingSink([]), token: (at: number) => void times.push(at)}
  const texts = ['A', 'B', 'C', '']
  const bodies = [
    lines(...texts.map((content) => ({message: {content}, done: content === ''}))),
    chunks(...texts.map((generation) => ({generation}))),
  ]

  for (const [place, body] of bodies.entries()) {
    const answer = new HttpAnswer(answerReader(place === 0 ? 'ollama-chat' : 'invoke-llama'))
    const raw = chunked(body, HEAD, [10_000])
    const cut = raw.length - Math.floor(body.length / 2) - 12
    answer.expect(sink)
    answer.push(raw, 0, cut, 1)
    answer.push(raw, cut, raw.length, 2)
  }

  expect(times).toEqual([1, 1, 2, 1, 1, 2])
})
