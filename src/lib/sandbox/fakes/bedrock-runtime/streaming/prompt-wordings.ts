import type {Body} from '../../bedrock/answers/family.js'
import {invocationMetrics, type Spoken} from '../../bedrock/answers/speaking.js'
import type {StreamWording} from './wording.js'

/** Llama's: the prompt is counted in the first event only, and each counts what was said so far. */
export function llamaWording({said, wish}: Spoken): StreamWording {
  const event = (generation: string, count: number, reason: string | null): Body => ({
    generation,
    prompt_token_count: count <= 1 ? wish.prompt.tokens : null,
    generation_token_count: count,
    stop_reason: reason,
  })
  return {
    opening: () => [],
    piece: (text, {tokens}) => event(text, tokens, null),
    closing: (_, metrics) => [
      {...event('', said.tokens, said.stop === 'limit' ? 'length' : 'stop'), ...invocationMetrics(metrics)},
    ],
  }
}

/** Mistral's older models'. */
export function mistralWording({said}: Spoken): StreamWording {
  const event = (text: string, reason: string | null): Body => ({outputs: [{text, stop_reason: reason}]})
  return {
    kept: 'mistral',
    opening: () => [],
    piece: (text) => event(text, null),
    closing: (_, metrics) => [{...event('', said.stop === 'limit' ? 'length' : 'stop'), ...invocationMetrics(metrics)}],
  }
}
