/** A row that can be read. */
export interface Row {
  readonly kind: 'row'
  /** From 1; a header does not count. */
  readonly number: number
  /** The text of a value; undefined where there is none. */
  get(column: string): string | undefined
  /** Names of what the row holds. */
  columns(): readonly string[]
}

/** A row that cannot, and why. */
export interface FaultyRow {
  readonly kind: 'faulty'
  readonly number: number
  readonly code: string
  readonly text: string
}

/** One line of an OpenAI batch file. */
export interface ParsedLine {
  readonly kind: 'parsed'
  readonly number: number
  readonly value: unknown
}

/** What a file of prompts holds, row after row, in bounded memory. */
export interface RowSource<Item = Row | FaultyRow> {
  /** Undefined where each row has its own. */
  readonly columns: readonly string[] | undefined
  /** Undefined where nobody knows before the end. */
  readonly total: number | undefined
  /** Some at a time: one by one they cost more to hand over than to read. */
  readonly rows: AsyncIterable<readonly Item[]>
}

export const FORMATS = ['csv', 'tsv', 'jsonl', 'parquet', 'openai-batch'] as const
export type RowFormat = (typeof FORMATS)[number]
