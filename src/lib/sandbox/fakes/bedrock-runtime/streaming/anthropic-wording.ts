import type {Body, SaidBlock} from '../../bedrock/answers/family.js'
import {invocationMetrics, type Spoken} from '../../bedrock/answers/speaking.js'
import {THOUGHT_SIGNATURE} from './converse-wording.js'
import type {StreamWording} from './wording.js'

/** `message`: the answer as it is whole. */
export function anthropicWording({said, request: {cache}}: Spoken, message: Body): StreamWording {
  const {stop_reason: reason, stop_sequence: sequence, usage} = message
  const begun = {...message, content: [], stop_reason: null, stop_sequence: null}
  return {
    kept: 'anthropic',
    opening: () => [{type: 'message_start', message: {...begun, usage: {...(usage as Body), output_tokens: 1}}}],
    begin: (block, index) => [{type: 'content_block_start', index, content_block: emptyBlock(block)}],
    piece: (text, {block, index}) => ({type: 'content_block_delta', index, delta: delta(text, block)}),
    end: ({kind}, index) => [...(kind === 'reasoning' ? [signature(index)] : []), {type: 'content_block_stop', index}],
    closing: (_, metrics) => [
      {
        type: 'message_delta',
        delta: {stop_reason: reason, stop_sequence: sequence},
        usage: {output_tokens: said.tokens},
      },
      {type: 'message_stop', ...invocationMetrics(metrics, cache)},
    ],
  }
}

function emptyBlock({kind, tool}: SaidBlock): Body {
  if (kind === 'tool') return {type: 'tool_use', id: tool?.id, name: tool?.name, input: {}}
  return kind === 'text' ? {type: 'text', text: ''} : {type: 'thinking', thinking: '', signature: ''}
}

function delta(text: string, {kind}: SaidBlock): Body {
  if (kind === 'tool') return {type: 'input_json_delta', partial_json: text}
  return kind === 'text' ? {type: 'text_delta', text} : {type: 'thinking_delta', thinking: text}
}

const signature = (index: number): Body => ({
  type: 'content_block_delta',
  index,
  delta: {type: 'signature_delta', signature: THOUGHT_SIGNATURE},
})
