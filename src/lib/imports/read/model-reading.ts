import type {ModelFile, ModelListing} from '../files/model-folder.js'
import type {Tensor} from '../safetensors/read-entry.js'

/** A fault of one file, told by one check: what is behind it is not looked at any more. */
export interface FileFault {
  /** `IMP-07`. */
  readonly check: string
  readonly file: string
  readonly tensor?: string | undefined
  readonly said: string
}

/** A small JSON file of a model. */
export type Document =
  | {readonly state: 'absent'}
  /** `repeated`: keys that stand twice in one object. */
  | {readonly state: 'read'; readonly value: unknown; readonly repeated: readonly string[]}
  | {readonly state: 'faulty'; readonly fault: FileFault}
  | {readonly state: 'unread'; readonly reason: string}

/** A file of safetensors; without tensors where it is faulty or was not read. */
export interface Shard {
  readonly path: string
  readonly bytes: number
  readonly tensors: readonly Tensor[] | undefined
}

/** How many tokens a tokenizer knows: its greatest id and one more. */
export type Vocabulary =
  | {readonly state: 'read'; readonly size: number; readonly file: string}
  | {readonly state: 'absent'}
  | {readonly state: 'unread'; readonly reason: string}
  | {readonly state: 'faulty'; readonly fault: FileFault}

/** All that was read of a model; checks look at nothing else. */
export interface ModelReading {
  readonly name: string
  readonly kind: 'local' | 's3'
  readonly listing: ModelListing
  /** The file of that path, if it is listed. */
  file(path: string): ModelFile | undefined
  document(path: DocumentPath): Document
  /** The members of a JSON file that was read and is an object. */
  members(path: DocumentPath): Readonly<Record<string, unknown>> | undefined
  /** Tensor → file as the index has it; undefined without one that can be understood. */
  readonly weightMap: ReadonlyMap<string, string> | undefined
  /** The files of the index; without one, all safetensors of the folder itself. */
  readonly shards: readonly Shard[]
  readonly vocabulary: Vocabulary
  /** The text of chat_template.jinja, where it was read. */
  readonly template: string | undefined
  /** In the order in which they were found. */
  readonly faults: readonly FileFault[]
  /** Files that could not be read, and why. */
  readonly unread: readonly {
    readonly file: string
    readonly code: string
    readonly action: string
    readonly reason: string
  }[]
}

/** JSON files that are read, with the bytes beyond which they are not. */
export const DOCUMENT_BYTES = {
  'config.json': 2 ** 20,
  'model.safetensors.index.json': 64 * 2 ** 20,
  'tokenizer_config.json': 4 * 2 ** 20,
  'generation_config.json': 2 ** 20,
  'chat_template.json': 4 * 2 ** 20,
  'adapter_config.json': 2 ** 20,
  'quantize_config.json': 2 ** 20,
  'quant_config.json': 2 ** 20,
  'added_tokens.json': 4 * 2 ** 20,
} as const
export type DocumentPath = keyof typeof DOCUMENT_BYTES

export const INDEX: DocumentPath = 'model.safetensors.index.json'
