import type {AnswerSink} from '../../src/lib/bench/wire/answer.js'
import {answerReader} from '../../src/lib/bench/wire/answer-reader.js'
import {HttpAnswer} from '../../src/lib/bench/wire/http-answer.js'
import type {DialectId} from '../../src/lib/bench/wire/lane.js'
import {encodeFrame} from '../../src/lib/sandbox/wire/event-stream.js'

// Answers in every dialect, written down from the documents of their makers, and what readers tell of them.

export type Call = readonly [name: string, ...values: unknown[]]

export interface AnswerCase {
  readonly name: string
  readonly dialect: DialectId
  readonly body: Buffer
  readonly calls: readonly Call[]
}

export const sse = (...events: readonly (object | string)[]): Buffer =>
  Buffer.from(events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''))

export const lines = (...events: readonly object[]): Buffer =>
  Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''))

/** Messages of ConverseStream. */
export const frames = (...events: readonly (readonly [type: string, payload: object])[]): Buffer =>
  Buffer.concat(events.map(([type, payload]) => frame(type, JSON.stringify(payload))))

/** Messages of InvokeModelWithResponseStream, padded as Bedrock pads them. */
export const chunks = (...events: readonly object[]): Buffer =>
  Buffer.concat(
    events.map((event, place) => {
      const bytes = Buffer.from(JSON.stringify(event)).toString('base64')
      return frame('chunk', JSON.stringify(place % 3 === 0 ? {bytes} : {bytes, p: 'abcdefghijklmnop'.slice(0, place)}))
    }),
  )

export function frame(type: string, payload: string, kind: 'event' | 'exception' = 'event'): Buffer {
  const headers = [
    [`:${kind}-type`, type],
    [':content-type', 'application/json'],
    [':message-type', kind],
  ] as const
  return encodeFrame(headers, Buffer.from(payload))
}

const chunk = (choice: object, more: object = {}): object => ({
  id: 'chatcmpl-7',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'm',
  choices: [{index: 0, logprobs: null, finish_reason: null, ...choice}],
  ...more,
})
const usageChunk = {id: 'chatcmpl-7', created: 1, model: 'm', choices: []}
const model: Call = ['served', 'model', 'm']
const seen: Call = ['token', true]
const unseen: Call = ['token', false]
const stop: Call = ['finish', 'stop']
const metrics = {
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: 9,
    outputTokenCount: 3,
    invocationLatency: 120,
    firstByteLatency: 30,
    cacheReadInputTokenCount: 4,
  },
}
const metricCalls: readonly Call[] = [
  ['usage', {input: 9, output: 3, cacheRead: 4}],
  ['served', 'serverMs', 120],
]

/** One of each dialect and each server that writes it in its own way. */
export const ANSWERS: readonly AnswerCase[] = [
  {
    name: 'vLLM with reasoning',
    dialect: 'openai-chat',
    body: sse(
      chunk({delta: {role: 'assistant', content: ''}}),
      chunk({delta: {reasoning: 'so'}}),
      chunk({delta: {reasoning_content: 'so'}}),
      chunk({delta: {content: 'A'}}),
      chunk({delta: {content: ''}}),
      chunk({delta: {content: '"B"\\\n'}, finish_reason: 'length', stop_reason: null}),
      {
        ...usageChunk,
        usage: {
          prompt_tokens: 12,
          completion_tokens: 4,
          total_tokens: 16,
          prompt_tokens_details: {cached_tokens: 8},
          completion_tokens_details: {reasoning_tokens: 2},
        },
      },
      '[DONE]',
    ),
    calls: [
      model,
      unseen,
      unseen,
      seen,
      seen,
      ['finish', 'length'],
      ['usage', {input: 4, output: 4, cacheRead: 8, reasoning: 2}],
    ],
  },
  {
    name: 'SGLang, which does not tell what came from the cache',
    dialect: 'openai-chat',
    body: sse(
      chunk({delta: {role: 'assistant', content: ''}}),
      chunk({delta: {content: 'A'}}, {usage: {prompt_tokens: 12, completion_tokens: 1}}),
      chunk({delta: {content: 'B'}}, {usage: {prompt_tokens: 12, completion_tokens: 2}}),
      chunk({delta: {}, finish_reason: 'stop'}),
      {...usageChunk, usage: {prompt_tokens: 12, completion_tokens: 3, prompt_tokens_details: {cached_tokens: null}}},
      '[DONE]',
    ),
    calls: [
      model,
      seen,
      ['usage', {input: 12, output: 1}],
      seen,
      ['usage', {input: 12, output: 2}],
      stop,
      ['usage', {input: 12, output: 3}],
    ],
  },
  {
    name: 'TGI with pings, without spaces, with usage beside the last choice',
    dialect: 'openai-chat',
    body: Buffer.concat([
      Buffer.from(':\r\n\r\n: ping\r\n\r\n'),
      Buffer.from(`data:${JSON.stringify(chunk({delta: {role: 'assistant', content: 'A'}}))}\r\n\r\n`),
      Buffer.from('event: ping\r\nid: 4\r\nretry: 3\r\n\r\n'),
      sse(
        chunk({delta: {content: 'B'}, finish_reason: 'eos_token'}, {usage: {prompt_tokens: 2, completion_tokens: 2}}),
      ),
      Buffer.from('data:[DONE]\n\n'),
    ]),
    calls: [model, seen, seen, ['usage', {input: 2, output: 2}], stop],
  },
  {
    name: 'llama.cpp with timings',
    dialect: 'openai-chat',
    body: sse(
      chunk({delta: {role: 'assistant', content: null}}),
      chunk({delta: {content: 'A'}}),
      chunk(
        {delta: {}, finish_reason: 'stop'},
        {
          usage: {prompt_tokens: 20, completion_tokens: 1, total_tokens: 21},
          timings: {cache_n: 15, prompt_n: 5, prompt_ms: 10.5, predicted_n: 1, predicted_ms: 20.25},
        },
      ),
      '[DONE]',
    ),
    calls: [model, seen, ['usage', {input: 5, output: 1, cacheRead: 15}], stop, ['served', 'serverMs', 30.75]],
  },
  {
    name: 'transformers, which ends without a mark',
    dialect: 'openai-chat',
    body: sse(
      chunk({delta: {content: 'A'}}),
      chunk({delta: {}, finish_reason: 'stop'}, {usage: {prompt_tokens: 3, completion_tokens: 1}}),
    ),
    calls: [model, seen, ['usage', {input: 3, output: 1}], stop],
  },
  {
    name: 'arguments of a tool, and the tier that was served',
    dialect: 'openai-chat',
    body: sse(
      chunk({delta: {tool_calls: [{index: 0, id: 'c', function: {name: 'f', arguments: ''}}]}}),
      chunk({delta: {tool_calls: [{index: 0, function: {arguments: '{"a'}}]}}),
      chunk({delta: {tool_calls: [{index: 0, function: {arguments: '":1}'}}]}}),
      chunk({delta: {}, finish_reason: 'tool_calls'}, {service_tier: 'priority'}),
      '[DONE]',
    ),
    calls: [model, unseen, unseen, ['finish', 'tool'], ['served', 'tier', 'priority']],
  },
  {
    name: 'an event over two data lines',
    dialect: 'openai-chat',
    body: Buffer.from(
      'data: {"choices":[{"delta":\rdata: {"content":"A"}}]}\r\rdata: {"choices":[{"finish_reason":"stop"}]}\n\r\n',
    ),
    calls: [seen, stop],
  },
  {
    name: 'an error within the stream',
    dialect: 'openai-chat',
    body: sse(chunk({delta: {content: 'A'}}), {
      error: {message: 'out of memory', type: 'InternalServerError', param: null, code: 500},
    }),
    calls: [model, seen, ['fail', 'model_stream_error', 'InternalServerError 500: out of memory']],
  },
  {
    name: 'Responses',
    dialect: 'openai-responses',
    body: Buffer.from(
      [
        {type: 'response.created', response: {model: 'm', status: 'in_progress', usage: null}},
        {type: 'response.output_item.added', item: {type: 'message', content: []}},
        {type: 'response.reasoning_summary_text.delta', item_id: 'r', delta: 'so', sequence_number: 3},
        {type: 'response.output_text.delta', item_id: 'i', delta: 'A', sequence_number: 4, obfuscation: 'xy'},
        {type: 'response.output_text.delta', item_id: 'i', delta: 'B', sequence_number: 5, obfuscation: 'xyz'},
        {type: 'response.output_text.done', text: 'AB'},
        {
          type: 'response.completed',
          response: {
            service_tier: 'default',
            usage: {
              input_tokens: 10,
              output_tokens: 5,
              input_tokens_details: {cached_tokens: 6},
              output_tokens_details: {reasoning_tokens: 3},
            },
          },
        },
      ]
        .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
        .join(''),
    ),
    calls: [
      model,
      unseen,
      seen,
      seen,
      ['usage', {input: 4, output: 5, cacheRead: 6, reasoning: 3}],
      stop,
      ['served', 'tier', 'default'],
    ],
  },
  {
    name: 'Messages',
    dialect: 'anthropic-messages',
    body: sse(
      {
        type: 'message_start',
        message: {
          model: 'm',
          content: [],
          usage: {input_tokens: 7, cache_read_input_tokens: 100, cache_creation_input_tokens: 0, output_tokens: 1},
        },
      },
      {type: 'content_block_start', index: 0, content_block: {type: 'thinking', thinking: ''}},
      {type: 'ping'},
      {type: 'content_block_delta', index: 0, delta: {type: 'thinking_delta', thinking: 'so'}},
      {type: 'content_block_delta', index: 0, delta: {type: 'signature_delta', signature: 'EqQ='}},
      {type: 'content_block_delta', index: 1, delta: {type: 'text_delta', text: 'A'}},
      {type: 'content_block_delta', index: 1, delta: {type: 'text_delta', text: ''}},
      {type: 'content_block_delta', index: 2, delta: {type: 'input_json_delta', partial_json: '{'}},
      {type: 'message_delta', delta: {stop_reason: 'tool_use'}, usage: {output_tokens: 6}},
      {type: 'message_stop'},
    ),
    calls: [
      model,
      ['usage', {input: 7, cacheRead: 100, cacheWrite: 0, output: 1}],
      unseen,
      seen,
      unseen,
      ['usage', {input: 7, cacheRead: 100, cacheWrite: 0, output: 6}],
      ['finish', 'tool'],
    ],
  },
  {
    name: 'Ollama',
    dialect: 'ollama-chat',
    body: lines(
      {model: 'm', created_at: 't', message: {role: 'assistant', content: '', thinking: 'so'}, done: false},
      {model: 'm', created_at: 'u', message: {role: 'assistant', content: 'A'}, done: false},
      {model: 'm', created_at: 'v', message: {role: 'assistant', content: 'B'}, done: false},
      {
        model: 'm',
        created_at: 'w',
        message: {role: 'assistant', content: ''},
        done: true,
        done_reason: 'length',
        total_duration: 5_000_000,
        prompt_eval_count: 0,
        eval_count: 3,
      },
    ),
    calls: [model, unseen, seen, seen, ['usage', {output: 3}], ['finish', 'length'], ['served', 'serverMs', 5]],
  },
  {
    name: 'ConverseStream',
    dialect: 'converse-stream',
    body: frames(
      ['messageStart', {role: 'assistant', p: 'abc'}],
      ['contentBlockDelta', {contentBlockIndex: 0, delta: {reasoningContent: {text: 'so'}}, p: 'a'}],
      ['contentBlockDelta', {contentBlockIndex: 0, delta: {reasoningContent: {signature: 'so'}}, p: 'a'}],
      ['contentBlockDelta', {contentBlockIndex: 1, delta: {text: 'A'}, p: 'abcde'}],
      ['contentBlockDelta', {contentBlockIndex: 1, delta: {text: 'B'}, p: 'abcdefgh'}],
      ['contentBlockDelta', {contentBlockIndex: 2, delta: {toolUse: {input: '{'}}, p: ''}],
      ['contentBlockStop', {contentBlockIndex: 2}],
      ['messageStop', {stopReason: 'guardrail_intervened'}],
      [
        'metadata',
        {
          usage: {inputTokens: 5, outputTokens: 4, totalTokens: 109, cacheReadInputTokens: 100},
          metrics: {latencyMs: 321},
          performanceConfig: {latency: 'optimized'},
          serviceTier: {type: 'flex'},
        },
      ],
    ),
    calls: [
      unseen,
      seen,
      seen,
      unseen,
      ['finish', 'filtered'],
      ['usage', {input: 5, output: 4, cacheRead: 100}],
      ['served', 'tier', 'flex'],
      ['served', 'latency', 'optimized'],
      ['served', 'serverMs', 321],
    ],
  },
  {
    name: 'an exception within ConverseStream',
    dialect: 'converse-stream',
    body: Buffer.concat([
      frames(['contentBlockDelta', {contentBlockIndex: 0, delta: {text: 'A'}}]),
      frame('modelStreamErrorException', JSON.stringify({message: 'It broke.', originalStatusCode: 500}), 'exception'),
    ]),
    calls: [seen, ['fail', 'model_stream_error', 'modelStreamErrorException: It broke.']],
  },
  {
    name: 'Claude by InvokeModel',
    dialect: 'invoke-anthropic',
    body: chunks(
      {type: 'message_start', message: {model: 'm', usage: {input_tokens: 9, output_tokens: 1}}},
      {type: 'content_block_delta', index: 0, delta: {type: 'text_delta', text: 'A'}},
      {type: 'content_block_delta', index: 0, delta: {type: 'text_delta', text: 'Bé'}},
      {type: 'message_delta', delta: {stop_reason: 'max_tokens'}, usage: {output_tokens: 3}},
      {type: 'message_stop', ...metrics},
    ),
    calls: [
      model,
      ['usage', {input: 9, output: 1}],
      seen,
      seen,
      ['usage', {input: 9, output: 3}],
      ['finish', 'length'],
      ...metricCalls,
    ],
  },
  {
    name: 'Nova by InvokeModel',
    dialect: 'invoke-nova',
    body: chunks(
      {messageStart: {role: 'assistant'}},
      {contentBlockDelta: {delta: {text: 'A'}, contentBlockIndex: 0}},
      {contentBlockDelta: {delta: {text: 'BC'}, contentBlockIndex: 0}},
      {contentBlockStop: {contentBlockIndex: 0}},
      {messageStop: {stopReason: 'end_turn'}},
      {metadata: {usage: {inputTokens: 9, outputTokens: 3, cacheReadInputTokenCount: 4}, metrics: {}}, ...metrics},
    ),
    calls: [seen, seen, stop, ...metricCalls],
  },
  {
    name: 'Llama by InvokeModel',
    dialect: 'invoke-llama',
    body: chunks(
      {generation: 'A', prompt_token_count: 9, generation_token_count: 1, stop_reason: null},
      {generation: 'B', prompt_token_count: null, generation_token_count: 2, stop_reason: null},
      {generation: 'CD', prompt_token_count: null, generation_token_count: 4, stop_reason: null},
      {generation: '', prompt_token_count: null, generation_token_count: 5, stop_reason: 'stop'},
    ),
    calls: [
      ['token', true, 1],
      ['usage', {input: 9}],
      ['token', true, 1],
      ['token', true, 2],
      ['usage', {input: 9, output: 5}],
      stop,
    ],
  },
  {
    name: 'Mistral by InvokeModel',
    dialect: 'invoke-mistral',
    body: chunks(
      {outputs: [{text: 'A', stop_reason: null}]},
      {outputs: [{text: 'B', stop_reason: null}]},
      {outputs: [{text: '', stop_reason: 'length'}], ...metrics},
    ),
    calls: [
      seen,
      seen,
      ['usage', {input: 9, output: 3, cacheRead: 4}],
      ['finish', 'length'],
      ['served', 'serverMs', 120],
    ],
  },
  {
    name: 'a chat model by InvokeModel',
    dialect: 'invoke-chat',
    body: chunks(
      chunk({delta: {content: 'A'}}),
      chunk({delta: {content: 'B'}}),
      chunk({delta: {content: ''}, finish_reason: 'stop'}, metrics),
    ),
    calls: [model, seen, seen, ['usage', {input: 9, output: 3, cacheRead: 4}], stop, ['served', 'serverMs', 120]],
  },
  {
    name: 'embeddings of OpenAI',
    dialect: 'openai-embedding',
    body: Buffer.from(
      JSON.stringify({model: 'm', data: [{embedding: [0.5]}], usage: {prompt_tokens: 7, total_tokens: 7}}),
    ),
    calls: [model, ['usage', {input: 7}]],
  },
  {
    name: 'embeddings of Titan',
    dialect: 'invoke-embedding',
    body: Buffer.from(JSON.stringify({embedding: [0.25], inputTextTokenCount: 7})),
    calls: [['usage', {input: 7}]],
  },
]

/** Keeps what it is told; with texts, shapes are not used. */
export function recordingSink(calls: Call[], texts?: string[]): AnswerSink {
  const sink: AnswerSink = {
    token: (_at, visible, tokens) =>
      void calls.push(tokens === undefined ? ['token', visible] : ['token', visible, tokens]),
    usage: (usage) => void calls.push(['usage', {...usage}]),
    flagUsage: () => void calls.push(['flagUsage']),
    finish: (reason) => void calls.push(['finish', reason]),
    served: (what, value) => void calls.push(['served', what, value]),
    fail: (error, detail) => void calls.push(['fail', error, detail]),
  }
  return texts === undefined ? sink : {...sink, text: (piece) => void texts.push(piece)}
}

/** An answer as it goes over a wire, in chunks of the sizes given, again and again. */
export function chunked(
  body: Buffer,
  head = 'HTTP/1.1 200 OK\r\nContent-Type: x\r\n',
  sizes: readonly number[] = [50],
): Buffer {
  const parts: Buffer[] = [Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`)]
  for (let at = 0, place = 0; at < body.length; place++) {
    const piece = body.subarray(at, at + (sizes[place % sizes.length] ?? 50))
    parts.push(
      Buffer.from(`${piece.length.toString(16)}${place % 2 === 0 ? '' : ';x="y"'}\r\n`),
      piece,
      Buffer.from('\r\n'),
    )
    at += piece.length
  }
  return Buffer.concat([...parts, Buffer.from('0\r\nx-trailer: 1\r\n\r\n')])
}

export interface Read {
  readonly calls: readonly Call[]
  readonly complete: boolean
  readonly keepAlive: boolean
}

/** Reads one answer out of pieces of these sizes, again and again; the connection ends after its bytes where `close` says so. */
export function readAnswer(
  dialect: DialectId,
  raw: Buffer,
  {sizes = [raw.length], texts, close = false}: {sizes?: readonly number[]; texts?: string[]; close?: boolean} = {},
): Read {
  const calls: Call[] = []
  const answer = new HttpAnswer(answerReader(dialect))
  answer.expect(recordingSink(calls, texts))
  for (let at = 0, place = 0; at < raw.length && !answer.complete; place++) {
    // a read buffer is used again: what was in it is overwritten
    const piece = Buffer.from(raw.subarray(at, at + Math.max(1, sizes[place % sizes.length] ?? 1)))
    answer.push(piece, 0, piece.length, 0)
    at += piece.length
    piece.fill(0x7e)
  }
  if (close) answer.close(0)
  return {calls, complete: answer.complete, keepAlive: answer.keepAlive}
}
