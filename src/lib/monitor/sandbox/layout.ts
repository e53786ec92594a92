import type {Size} from '../size.js'

/** How the parts of the live view share the terminal. */
export interface SandboxLayout {
  /** Columns of the list of requests. */
  readonly listWidth: number
  /** Rows of the list of requests, its headings not counted. */
  readonly listRows: number
  /** Columns of the table of operations; 0: there is no room for it. */
  readonly operationsWidth: number
  /** Rows of the table of operations, its headings not counted. */
  readonly operationRows: number
  /** The table of operations stands beside the list, not above it. */
  readonly sideBySide: boolean
  /** There is room for empty lines and the counts of the services. */
  readonly spacious: boolean
}

/** Below this nothing useful can be drawn. */
const SMALLEST: Size = {columns: 40, rows: 10}
const SIDE_BY_SIDE_FROM = 140
const OPERATIONS_WIDTH = 58
const GAP = 2

/** `undefined` when the terminal is too small. `operations`: how many there are; `detailRows`: kept free for details. */
export function layoutOf({columns, rows}: Size, operations: number, detailRows: number): SandboxLayout | undefined {
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return undefined
  const spacious = rows >= 20
  // Header, hint, counts, headings of the list, footer; with room also services, title of the list, two empty lines.
  const body = rows - (spacious ? 9 : 5) - detailRows
  if (columns >= SIDE_BY_SIDE_FROM) {
    return {
      listWidth: columns - OPERATIONS_WIDTH - GAP,
      listRows: body,
      operationsWidth: OPERATIONS_WIDTH,
      operationRows: body,
      sideBySide: true,
      spacious,
    }
  }
  const operationRows = spacious ? Math.min(operations, Math.floor(rows / 5)) : 0
  const shown = operationRows > 0
  return {
    listWidth: columns,
    listRows: body - (shown ? operationRows + 2 : 0),
    operationsWidth: shown ? columns : 0,
    operationRows,
    sideBySide: false,
    spacious,
  }
}
