import type {Body, SaidBlock} from '../../bedrock/answers/family.js'
import type {StreamMetrics, StreamWording} from './wording.js'

const STOP_REASONS = {
  end: 'end_turn',
  limit: 'max_tokens',
  sequence: 'stop_sequence',
  tool: 'tool_use',
  guardrail: 'guardrail_intervened',
} as const

export const converseStop = (stop: keyof typeof STOP_REASONS): (typeof STOP_REASONS)[typeof stop] => STOP_REASONS[stop]

/** What a thought is signed with: no key made it, and none checks it. */
export const THOUGHT_SIGNATURE = 'bW9ja19zaWduYXR1cmVfb2ZfdGhlX3NhbmRib3g='

/** Events of ConverseStream; text blocks begin without one. `last` is what ends the answer. */
export function converseWording(last: (metrics: StreamMetrics) => Body): StreamWording {
  return {
    kept: 'converse',
    opening: () => [{messageStart: {role: 'assistant'}}],
    begin: beginTool,
    piece: (text, {block, index}) => ({contentBlockDelta: {delta: delta(text, block), contentBlockIndex: index}}),
    end: (block, index) => [...signature(block, index), {contentBlockStop: {contentBlockIndex: index}}],
    closing: ({stop}, metrics) => [{messageStop: {stopReason: converseStop(stop)}}, last(metrics)],
  }
}

function beginTool({tool}: SaidBlock, index: number): readonly Body[] {
  if (!tool) return []
  const toolUse = {toolUseId: tool.id, name: tool.name}
  return [{contentBlockStart: {start: {toolUse}, contentBlockIndex: index}}]
}

function delta(text: string, {kind}: SaidBlock): Body {
  if (kind === 'tool') return {toolUse: {input: text}}
  return kind === 'text' ? {text} : {reasoningContent: {text}}
}

function signature({kind}: SaidBlock, index: number): readonly Body[] {
  if (kind !== 'reasoning') return []
  const signed = {reasoningContent: {signature: THOUGHT_SIGNATURE}}
  return [{contentBlockDelta: {delta: signed, contentBlockIndex: index}}]
}
