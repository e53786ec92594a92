import type {Size} from '../size.js'

/** How the lines of the screen are shared out. */
export interface BoardLayout {
  /** Lines between those at the top and those at the bottom. */
  readonly bodyRows: number
  /** The most that a view may say above its table. */
  readonly headRows: number
  /** There is room for blank lines between the parts. */
  readonly spacious: boolean
}

const LEAST_COLUMNS = 50
const LEAST_ROWS = 10
const SPACIOUS_ROWS = 30
/** A title, headings and a row. */
const LEAST_BODY = 3
/** Subject, crumbs. */
const TOP = 2

/** `undefined` where the terminal is too small to tell anything. `bottom`: lines for a note or question, and keys or answer. */
export function boardLayout({columns, rows}: Size, bottom: number): BoardLayout | undefined {
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return undefined
  const spacious = rows >= SPACIOUS_ROWS
  const bodyRows = Math.max(LEAST_BODY, rows - TOP - bottom - (spacious ? 1 : 0))
  return {bodyRows, spacious, headRows: rows < 16 ? 2 : Math.floor(bodyRows * 0.4)}
}
