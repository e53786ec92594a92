import type {GuardrailTraceAssessment} from '@aws-sdk/client-bedrock-runtime'
import type {StreamWording} from '../../bedrock-runtime/streaming/wording.js'
import type {Length} from './length.js'

export type Body = Readonly<Record<string, unknown>>

export interface Answer {
  /** The body of the response. */
  readonly output: Body
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface AnswerRequest {
  readonly modelId: string
  /** Milliseconds on the sandbox's clock. */
  readonly now: number
  /** Default natural. */
  readonly length?: Length | undefined
  /** What of the prompt a cache held, or holds from now on; absent where the model has none. */
  readonly cache?: CacheUse | undefined
  /** Members of answers of Converse, and of bedrock-mantle, that tell how it was served. */
  readonly served?: Body | undefined
  readonly guard?: Guard | undefined
  /** What the guardrail did is told in the family's own body. */
  readonly inBody?: boolean
}

/** What a guardrail makes of an answer. */
export interface Guard {
  /** The model is not asked at all. */
  readonly blockedInput: boolean
  /** Known once an answer was edited. */
  readonly action: 'INTERVENED' | 'NONE'
  edit(said: Said): Said
  /** `undefined` where the call wants none. */
  trace(): {readonly guardrail: GuardrailTraceAssessment} | undefined
}

/** Tokens of a prompt that were read from a cache and written to it. */
export interface CacheUse {
  readonly read: number
  readonly write: number
  /** What was written, by the time that it is kept. */
  readonly written: readonly {readonly ttl: '5m' | '1h'; readonly tokens: number}[]
}

/** The bodies that a family of models takes and gives. */
export interface Family {
  /** What Bedrock says of a body that it refuses; `undefined` when it takes it. */
  refusal(body: Body): string | undefined
  /** The answer to a body that is not refused; the same body gets the same answer. */
  answer(body: Body, request: AnswerRequest): Answer
  /** The same answer piece by piece; absent where a family does not stream. */
  stream?(body: Body, request: AnswerRequest): StreamedAnswer
}

export interface StreamedAnswer {
  readonly said: Said
  readonly inputTokens: number
  readonly wording: StreamWording
}

/** What is said, in the blocks that an answer consists of. */
export interface Said {
  readonly blocks: readonly SaidBlock[]
  readonly tokens: number
  readonly stop: 'end' | 'limit' | 'sequence' | 'tool' | 'guardrail'
  /** The sequence that it stopped before. */
  readonly sequence: string | undefined
}

export interface SaidBlock {
  readonly kind: 'reasoning' | 'text' | 'tool'
  /** Token by token; of a tool the JSON of its input. */
  readonly pieces: readonly string[]
  readonly tool?: {readonly id: string; readonly name: string}
}
