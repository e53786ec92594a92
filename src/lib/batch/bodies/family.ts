import type {JsonTape} from '../../jsonl/json-tape.js'
import type {TextMeasure} from '../../jsonl/text-measure.js'
import type {Answer} from './answer.js'
import type {BodyProblem} from './body-problem.js'
import type {PromptInput} from './prompt-input.js'

/** What the body of one record will ask of the model. Of schemas of tools, bytes count as characters. */
export interface BodyStats extends TextMeasure {
  /** Undefined where the body sets no limit and the model has no default that is documented. */
  readonly maxOutputTokens: number | undefined
  readonly images: number
  /** Images, videos and documents that lie in S3: in the folder of the input, which the job must name as a folder. */
  readonly s3Media: number
}

/** What is known of the model that the bodies are for; undefined is unknown. */
export interface ModelFacts {
  /** Of the base model. */
  readonly modelId: string
  readonly maxOutputTokens: number | undefined
  readonly takesImages: boolean | undefined
}

/** What a body can hold besides the prompt. */
export interface FamilyTakes {
  readonly system: boolean
  readonly images: 'none' | 'bytes' | 'bytes-or-s3'
  readonly maxTokens: 'required' | 'optional' | 'none'
  readonly temperature: boolean
  readonly topP: boolean
  readonly stop: boolean
  /** Values of the input type that an embedding needs. */
  readonly inputTypes: readonly string[]
  /** Lengths of the embedding; empty where there is no choice. */
  readonly dimensions: readonly number[]
}

/** Models whose bodies follow one schema. */
export interface BodyFamily {
  /** Stable: `anthropic-messages`. */
  readonly id: FamilyId
  /** As people call it, with an article that fits: `an Anthropic Messages body`. */
  readonly name: string
  readonly takes: FamilyTakes
  /** What is known of the model that it judges bodies for. */
  readonly facts: ModelFacts
  /** Judges the value at `node` of a tape that holds one scanned record. The tape is reused: keep nothing of it. */
  judge(tape: JsonTape, node: number, report: (problem: BodyProblem) => void): BodyStats
  /** The body of a prompt. What the family does not take is left out: hold the prompt against `takes` before. */
  build(prompt: PromptInput): Readonly<Record<string, unknown>>
  /** Reads a `modelOutput` of a result; what is not there or not understood is undefined. */
  read(modelOutput: unknown): Answer
}

export const FAMILY_IDS = [
  'converse',
  'anthropic-messages',
  'nova-messages',
  'nova-embeddings',
  'llama',
  'mistral-text',
  'chat-completions',
  'titan-text-embeddings',
  'titan-multimodal-embeddings',
  'cohere-embed',
] as const
export type FamilyId = (typeof FAMILY_IDS)[number]
