import type {TruthOptions} from '../options.js'
import type {Dialect, Piece, Usage} from './dialect.js'

/** Events of Anthropic's Messages API: over SSE, or inside the frames of InvokeModelWithResponseStream. */
export function anthropic(options: TruthOptions, coding: 'sse' | 'invoke-stream' = 'sse'): Dialect {
  const named = (type: string, members: object = {}): Piece => ({name: type, json: {type, ...members}})
  const start = (index: number, type: 'thinking' | 'text') =>
    named('content_block_start', {index, content_block: {type, [type]: ''}})
  const text = options.reasoning > 0 ? 1 : 0
  return {
    coding,
    opening: ({input, cached}) => [
      named('message_start', {
        message: {
          id: 'msg_01truth',
          type: 'message',
          role: 'assistant',
          model: options.model,
          content: [],
          stop_reason: null,
          usage: {
            input_tokens: input,
            ...(cached !== undefined && {cache_read_input_tokens: cached, cache_creation_input_tokens: 0}),
            output_tokens: 1,
          },
        },
      }),
      ...(coding === 'sse' ? [named('ping')] : []),
      start(0, text === 1 ? 'thinking' : 'text'),
    ],
    turn: () => [
      named('content_block_delta', {index: 0, delta: {type: 'signature_delta', signature: 'c2lnbmVk'}}),
      named('content_block_stop', {index: 0}),
      start(1, 'text'),
    ],
    event: (words, {reasons}) =>
      named('content_block_delta', {
        index: reasons ? 0 : text,
        delta: reasons ? {type: 'thinking_delta', thinking: words} : {type: 'text_delta', text: words},
      }),
    closing: (usage) => [
      named('content_block_stop', {index: text}),
      named('message_delta', {
        delta: {stop_reason: 'max_tokens', stop_sequence: null},
        ...(usage.told && {usage: {output_tokens: usage.output}}),
      }),
      named('message_stop', coding === 'invoke-stream' && usage.told ? metrics(usage, options) : {}),
    ],
    problem:
      coding === 'sse'
        ? named('error', {error: {type: 'overloaded_error', message: 'Overloaded'}})
        : {name: 'modelStreamErrorException', exception: true, json: {message: 'the engine stopped'}},
  }
}

/** What Bedrock adds to the last object inside an invoke stream. */
export function metrics({input, output, cached}: Usage, {ttftMs, itlMs}: TruthOptions): object {
  return {
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: input,
      outputTokenCount: output,
      ...(cached !== undefined && {cacheReadInputTokenCount: cached, cacheWriteInputTokenCount: 0}),
      invocationLatency: Math.round(ttftMs + itlMs * Math.max(output - 1, 0)),
      firstByteLatency: Math.round(ttftMs),
    },
  }
}
