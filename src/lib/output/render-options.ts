import type {Terminal} from './terminal.js'

/** How an answer is to be printed. */
export interface RenderOptions {
  /** table, json, ndjson, csv, markdown, or a format of the view's own. */
  readonly format: string
  /** JMESPath, applied to the whole result before it is printed. */
  readonly query: string | undefined
  readonly terminal: Terminal
}
