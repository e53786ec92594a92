import type {InvokeFormat} from './choose-format.js'
import type {Turn} from './read-messages.js'

export interface BuiltBody {
  readonly api: 'InvokeModel' | 'Converse'
  readonly body: Uint8Array
}

/** The body of a request, as the format has it. A prompt is a conversation of one turn. */
export function buildBody(format: InvokeFormat, turns: readonly Turn[], maxTokens: number): BuiltBody {
  const api = format === 'converse' ? 'Converse' : 'InvokeModel'
  return {api, body: Buffer.from(JSON.stringify(contentOf(format, turns, maxTokens)))}
}

function contentOf(format: InvokeFormat, turns: readonly Turn[], maxTokens: number): object {
  const [first] = turns
  switch (format) {
    case 'converse': {
      const system = turns.filter(({role}) => role === 'system').map(({text}) => ({text}))
      const messages = turns.filter(({role}) => role !== 'system').map(({role, text}) => ({role, content: [{text}]}))
      return {messages, ...(system.length > 0 && {system}), inferenceConfig: {maxTokens}}
    }
    case 'chat-completion':
      return {messages: turns.map(({role, text}) => ({role, content: text})), max_tokens: maxTokens}
    case 'completion':
      return {prompt: first?.text ?? '', max_tokens: maxTokens}
    case 'family-prompt':
      return {prompt: first?.text ?? '', max_gen_len: maxTokens}
  }
}
