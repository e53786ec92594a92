import type {AnswerSink} from '../src/lib/bench/wire/answer.js'
import {answerReader} from '../src/lib/bench/wire/answer-reader.js'
import {HttpAnswer} from '../src/lib/bench/wire/http-answer.js'
import type {DialectId, LanePlan} from '../src/lib/bench/wire/lane.js'
import {createRequestHead} from '../src/lib/bench/wire/request-head.js'
import {chunks, frames, lines, sse} from '../test/support/wire-answers.js'
import {describeMachine, judge} from './support/measure.js'

// CPU of the readers and of the signer alone, without sockets: what an event, an answer and a request cost a bench.
// npx tsx bench/bench-readers.ts [--assert]

const TOKENS = 64
const ANSWERS = 200
const WORDS = ['Hello', ' world', ' of', ' "quotes"', ' and', '\nlines', ' é', ' tokens', ',', ' that are usual']

const word = (place: number): string => WORDS[place % WORDS.length] ?? ''
const many = <T>(count: number, make: (place: number) => T): T[] =>
  Array.from({length: count}, (_, place) => make(place))

/** Events of one answer, each as it comes in a read of its own. */
type Make = (answer: number, tokens: number) => readonly Buffer[]

const chat = (answer: number, choice: object, more: object = {}): object => ({
  id: `chatcmpl-${(answer + 1e9).toString(36)}b2c4e6`,
  object: 'chat.completion.chunk',
  created: 1_790_000_000 + answer,
  model: 'meta-llama/Llama-3.1-8B-Instruct',
  choices: [{index: 0, logprobs: null, finish_reason: null, token_ids: null, ...choice}],
  ...more,
})

const chatEvents = (answer: number, tokens: number): object[] => [
  chat(answer, {delta: {role: 'assistant', content: ''}}),
  ...many(tokens, (place) => chat(answer, {delta: {content: word(place + answer)}})),
  chat(answer, {delta: {content: ''}, finish_reason: 'length', stop_reason: null}),
  {
    id: 'x',
    object: 'chat.completion.chunk',
    created: answer,
    model: 'm',
    choices: [],
    usage: {prompt_tokens: 20 + answer, completion_tokens: tokens, total_tokens: 20 + answer + tokens},
  },
]

const padding = (place: number): string =>
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, (place * 7) % 52)

const DIALECTS: Readonly<Partial<Record<DialectId, Make>>> = {
  'openai-chat': (answer, tokens) => [...chatEvents(answer, tokens).map((event) => sse(event)), sse('[DONE]')],
  'openai-responses': (answer, tokens) =>
    [
      {type: 'response.created', response: {id: `r${answer}`, model: 'm'}, sequence_number: 0},
      ...many(tokens, (place) => ({
        type: 'response.output_text.delta',
        content_index: 0,
        delta: word(place),
        item_id: `msg_${answer}`,
        logprobs: [],
        obfuscation: padding(place),
        output_index: 0,
        sequence_number: place,
      })),
      {type: 'response.completed', response: {usage: {input_tokens: answer, output_tokens: tokens}}},
    ].map((event) => Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)),
  'anthropic-messages': (answer, tokens) =>
    [
      {
        type: 'message_start',
        message: {id: `msg_${answer}`, model: 'm', usage: {input_tokens: answer, output_tokens: 1}},
      },
      ...many(tokens, (place) => ({
        type: 'content_block_delta',
        index: 0,
        delta: {type: 'text_delta', text: word(place)},
      })),
      {type: 'message_delta', delta: {stop_reason: 'end_turn'}, usage: {output_tokens: tokens}},
      {type: 'message_stop'},
    ].map((event) => Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)),
  'ollama-chat': (answer, tokens) => [
    ...many(tokens, (place) =>
      lines({
        model: 'm',
        created_at: `2026-11-21T10:00:00.${answer}${place}Z`,
        message: {role: 'assistant', content: word(place)},
        done: false,
      }),
    ),
    lines({
      model: 'm',
      created_at: 'x',
      message: {role: 'assistant', content: ''},
      done: true,
      done_reason: 'stop',
      eval_count: tokens,
      prompt_eval_count: answer,
    }),
  ],
  'converse-stream': (answer, tokens) => [
    frames(['messageStart', {p: padding(answer), role: 'assistant'}]),
    ...many(tokens, (place) =>
      frames(['contentBlockDelta', {contentBlockIndex: 0, delta: {text: word(place)}, p: padding(place)}]),
    ),
    frames(['contentBlockStop', {contentBlockIndex: 0, p: padding(answer)}]),
    frames(['messageStop', {p: padding(answer), stopReason: 'max_tokens'}]),
    frames([
      'metadata',
      {
        metrics: {latencyMs: answer},
        p: padding(answer),
        usage: {inputTokens: answer, outputTokens: tokens, totalTokens: answer + tokens},
      },
    ]),
  ],
  'invoke-anthropic': (answer, tokens) =>
    [
      {
        type: 'message_start',
        message: {id: `msg_${answer}`, model: 'm', usage: {input_tokens: answer, output_tokens: 1}},
      },
      ...many(tokens, (place) => ({
        type: 'content_block_delta',
        index: 0,
        delta: {type: 'text_delta', text: word(place)},
      })),
      {
        type: 'message_stop',
        'amazon-bedrock-invocationMetrics': {inputTokenCount: answer, outputTokenCount: tokens, invocationLatency: 1},
      },
    ].map((event) => chunks(event)),
  'invoke-llama': (answer, tokens) =>
    [
      ...many(tokens, (place) => ({
        generation: word(place),
        prompt_token_count: place === 0 ? answer : null,
        generation_token_count: place + 1,
        stop_reason: null,
      })),
      {generation: '', prompt_token_count: null, generation_token_count: tokens, stop_reason: 'stop'},
    ].map((event) => chunks(event)),
  'invoke-chat': (answer, tokens) => chatEvents(answer, tokens).map((event) => chunks(event)),
}

let seen = 0
const sink: AnswerSink = {
  token() {
    seen += 1
  },
  usage() {},
  flagUsage() {},
  finish() {},
  served() {},
  fail(error, detail) {
    throw new Error(`${error}: ${detail}`)
  },
}

const head = Buffer.from(
  'HTTP/1.1 200 OK\r\ndate: Sat, 21 Nov 2026 10:00:00 GMT\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
)
const tail = Buffer.from('0\r\n\r\n')
const inChunk = (event: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${event.length.toString(16)}\r\n`), event, Buffer.from('\r\n')])

/** µs of CPU an answer, the best of several rounds. */
function timeAnswers(dialect: DialectId, answers: readonly (readonly Buffer[])[]): number {
  const answer = new HttpAnswer(answerReader(dialect))
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 12; round++) {
    const started = performance.now()
    for (const reads of answers) {
      answer.expect(sink)
      for (const read of reads) answer.push(read, 0, read.length, 1)
      if (!answer.complete) throw new Error(`an answer of ${dialect} did not end`)
    }
    best = Math.min(best, ((performance.now() - started) * 1000) / answers.length)
  }
  return best
}

const asReads = (events: readonly Buffer[]): readonly Buffer[] => [head, ...events.map(inChunk), tail]
const asOne = (events: readonly Buffer[]): readonly Buffer[] => [Buffer.concat(asReads(events))]

function timeSigner(): number {
  const lane: LanePlan = {
    name: 'x',
    dialect: 'converse-stream',
    origin: {tls: true, host: 'bedrock-runtime.us-east-1.amazonaws.com', port: 443},
    path: '/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse-stream',
    headers: [],
    auth: {kind: 'sigv4', service: 'bedrock', region: 'us-east-1'},
    caPem: undefined,
    insecure: false,
    proxy: undefined,
    timeouts: {connectMs: 1, ttftMs: 1, idleMs: 1, requestMs: 1},
  }
  const keys = {
    kind: 'keys',
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'x'.repeat(40),
    sessionToken: 'y'.repeat(800),
    expiresAtMs: undefined,
  } as const
  const make = createRequestHead(lane)
  const body = Buffer.alloc(2048, 'a')
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 10; round++) {
    const started = performance.now()
    for (let place = 0; place < 2000; place++) make(keys, body, Date.now())
    best = Math.min(best, (performance.now() - started) / 2)
  }
  return best
}

console.log(describeMachine())
const targets: Parameters<typeof judge>[0][number][] = []
for (const [name, make] of Object.entries(DIALECTS)) {
  const dialect = name as DialectId
  const reads =
    timeAnswers(
      dialect,
      many(ANSWERS, (answer) => asReads(make(answer, TOKENS))),
    ) / TOKENS
  const one =
    timeAnswers(
      dialect,
      many(ANSWERS, (answer) => asOne(make(answer, TOKENS))),
    ) / TOKENS
  const short = timeAnswers(
    dialect,
    many(ANSWERS, (answer) => asOne(make(answer, 1))),
  )
  console.log(
    `${name.padEnd(20)} ${reads.toFixed(2)} µs an event a read · ${one.toFixed(2)} µs an event in one read · ${short.toFixed(1)} µs an answer of one token`,
  )
  targets.push({says: `${name}, an event that bears content`, value: reads, bound: 3, unit: 'µs', kind: 'at most'})
}
if (seen === 0) throw new Error('no token was told')
targets.push({
  says: 'head of a request, signed (body of 2 KiB, session token)',
  value: timeSigner(),
  bound: 50,
  unit: 'µs',
  kind: 'at most',
})
judge(targets)
