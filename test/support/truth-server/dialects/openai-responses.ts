import type {TruthOptions} from '../options.js'
import type {Dialect, Piece, Usage} from './dialect.js'

const ID = 'resp_0f1e2d3c4b5a6978'

/** Events of the Responses API; every one is named twice, by its line and in its JSON. */
export function openAiResponses(options: TruthOptions): Dialect {
  const named = (type: string, members: object): Piece => ({name: type, json: {type, sequence_number: 1, ...members}})
  const response = (status: string, more: object = {}) => ({
    response: {id: ID, object: 'response', status, model: options.model, output: [], usage: null, ...more},
  })
  const place = {item_id: 'msg_01', output_index: 0, content_index: 0}
  return {
    coding: 'sse',
    opening: () => [
      named('response.created', response('in_progress')),
      named('response.in_progress', response('in_progress')),
      named('response.output_item.added', {output_index: 0, item: {id: 'msg_01', type: 'message', content: []}}),
      named('response.content_part.added', {...place, part: {type: 'output_text', text: ''}}),
    ],
    event: (text, {reasons}) =>
      named(reasons ? 'response.reasoning_text.delta' : 'response.output_text.delta', {...place, delta: text}),
    closing: (usage) => [
      named('response.output_text.done', {...place, text: 'all of it'}),
      named('response.content_part.done', {...place, part: {type: 'output_text', text: 'all of it'}}),
      named('response.output_item.done', {output_index: 0, item: {id: 'msg_01', type: 'message'}}),
      named('response.completed', response('completed', {usage: usage.told ? counts(usage) : null})),
    ],
    problem: named(
      'response.failed',
      response('failed', {error: {code: 'server_error', message: 'the engine stopped'}}),
    ),
  }
}

function counts({input, output, reasoning, cached}: Usage): object {
  return {
    input_tokens: input,
    input_tokens_details: {cached_tokens: cached ?? 0},
    output_tokens: output,
    output_tokens_details: {reasoning_tokens: reasoning},
    total_tokens: input + output,
  }
}
