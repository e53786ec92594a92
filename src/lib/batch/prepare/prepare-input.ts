import type {BodyFamily} from '../bodies/family.js'
import type {RowFormat} from './rows.js'

/** What flags say of every record. */
export interface PromptSettings {
  readonly template: string | undefined
  readonly system: string | undefined
  readonly idColumn: string | undefined
  readonly imageColumns: readonly string[]
  readonly maxTokens: number | undefined
  readonly temperature: number | undefined
  readonly topP: number | undefined
  readonly stop: readonly string[] | undefined
  readonly inputType: string | undefined
  readonly dimensions: number | undefined
}

export interface PrepareInput {
  readonly file: string
  /** Undefined: by the name of the file. */
  readonly format: RowFormat | undefined
  readonly modelId: string | undefined
  readonly api: 'InvokeModel' | 'Converse'
  readonly settings: PromptSettings
  /** Rows that are read at most. */
  readonly limit: number | undefined
  /** Undefined: nothing is written. */
  readonly out: string | undefined
  readonly rejects: string | undefined
}

export interface PreparePorts {
  readonly family: BodyFamily
  readonly signal: AbortSignal
  readonly onProgress?: ((rows: number, of: number | undefined) => void) | undefined
}
