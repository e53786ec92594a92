import type {Terminal} from './terminal.js'

export type Scalar = string | number | boolean | null | undefined

/** One column of a table, CSV or Markdown answer. */
export interface Column<Row> {
  /** Name for `--columns` and `--sort`, and the CSV header; kebab-case. */
  readonly key: string
  /** Heading of the table. */
  readonly title: string
  /** The value as a machine wants it: full ids, ISO 8601, plain numbers. */
  readonly value: (row: Row) => Scalar | readonly string[]
  /** The value as a person wants it; default is `value`, lists joined by spaces, unknown as `?`. */
  readonly text?: (row: Row, terminal: Terminal) => string
  readonly align?: 'left' | 'right'
  /** 0 is never dropped when the terminal is too narrow; higher numbers go first. */
  readonly weight?: number
}

/** How one result is shown: `text` for people, `rows` and `columns` for tables, CSV, Markdown and NDJSON. */
export interface View<Result, Row extends object = object> {
  /** The records of the result; NDJSON prints them one a line as they are. */
  rows(result: Result): readonly Row[]
  columns(result: Result): readonly Column<Row>[]
  /** What a person reads; default is the table of `rows` by `columns`. Tables inside it come from `renderTable`. */
  text?(result: Result, terminal: Terminal): string | Promise<string>
  /** Said instead of a table without rows, on a terminal or in plain text; default `Nothing found.` */
  readonly empty?: string
  /** One line under the table, for people: counts, where the answer came from. */
  footer?(result: Result, terminal: Terminal): string
  /** `text` says itself that it is simulated, because something reads it: lines for a shell to evaluate. */
  readonly labelsItself?: true
  /**
   * Formats of this answer's own, such as `mermaid` or `sarif`; the key is the value of `--output`. One that bears the
   * name of a common format takes its place, except under a query.
   */
  readonly extra?: Readonly<Record<string, (result: Result) => string | Promise<string>>>
}
