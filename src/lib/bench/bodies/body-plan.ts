import type {Turn} from '../data/conversation.js'
import type {DialectId} from '../wire/lane.js'

/** What all requests of a target share. */
export interface BodyPlan {
  readonly dialect: DialectId
  /** As the target names it; Bedrock's runtime has it in the path, and reads from it how a family words its bodies. */
  readonly model: string
  /** Left out of bodies where it is `default`. */
  readonly tier: 'default' | 'priority' | 'flex' | 'reserved'
  readonly latency: 'standard' | 'optimized'
  /** undefined: as the server has it; some models take none. */
  readonly temperature: number | undefined
  readonly traits: ServerTraits
}

/** What a server is known to take beyond what all take. */
export interface ServerTraits {
  /** `stream_options.include_usage`: all but a few old ones. */
  readonly usageOption: boolean
  /** `ignore_eos`: answers have the length asked for. */
  readonly ignoreEos: boolean
  /** `min_tokens` with the same effect. */
  readonly minTokens: boolean
  /** `max_completion_tokens` in place of `max_tokens`. */
  readonly maxCompletionTokens: boolean
}

/** One request before it is worded. Turns of one role after another become one. */
export interface BodyPrompt {
  readonly turns: readonly Turn[]
  readonly maxTokens: number
}

const PLAIN: ServerTraits = {usageOption: true, ignoreEos: false, minTokens: false, maxCompletionTokens: false}

/** What a server takes, by the name it gives itself; what is not known is not sent, for servers refuse words they do not know. */
export function serverTraits(software: string | undefined): ServerTraits {
  switch (software?.toLowerCase()) {
    case 'vllm':
    case 'sglang':
      return {...PLAIN, ignoreEos: true, minTokens: true}
    case 'llama.cpp':
      return {...PLAIN, ignoreEos: true}
    case 'openai':
      return {...PLAIN, maxCompletionTokens: true}
    default:
      return PLAIN
  }
}
