import {widthOf} from '../text-width.js'
import {keepLast, perKey} from './memo.js'
import {rowsOf} from './rows.js'
import type {BoardState} from './state.js'
import type {Crumb} from './ui/ui-state.js'
import type {BoardRow, BoardTable, BoardView, Cell, Column} from './view.js'

/** The table of a view; made anew only when something changed that no key changes. */
export function tableOf(state: BoardState, view: BoardView): BoardTable {
  return tables(view)(state)
}

const tables = perKey((view: BoardView) =>
  keepLast(
    ({data, feeds, nowMs, subject, intervalMs, spent, size}: BoardState) => [
      ...[data, feeds, nowMs, subject, intervalMs, spent],
      ...[size.columns, size.rows],
    ],
    same((state: BoardState) => view.table(state)),
  ),
)

/** The table before where nothing of it is another: it needs not be filtered, sorted and measured again. */
function same(make: (state: BoardState) => BoardTable): (state: BoardState) => BoardTable {
  let last: BoardTable | undefined
  return (state) => {
    const next = make(state)
    const before: Readonly<Partial<Record<keyof BoardTable, unknown>>> | undefined = last
    const keys = Object.keys(next) as (keyof BoardTable)[]
    if (last === undefined || keys.some((key) => before?.[key] !== next[key])) last = next
    return last
  }
}

/** The rows of a view as filtered and sorted in a step of the breadcrumbs. */
export function shownRows(state: BoardState, view: BoardView, crumb: Crumb): readonly BoardRow[] {
  return rowsOf(tableOf(state, view), crumb)
}

/** Where the selection is: on its row wherever that went, on a neighbour where the row is gone; -1 where no row is. */
export function selectedIndex(rows: readonly BoardRow[], {selected, index}: Crumb): number {
  if (selected === undefined) return rows.length === 0 ? -1 : 0
  const at = rows.findIndex(({key}) => key === selected)
  return at === -1 ? Math.min(index, rows.length - 1) : at
}

/** The part of a list that is shown: from `top`, moved as little as shows the selected one and leaves no room unused. */
export function windowOf(
  count: number,
  {index, height, top}: {readonly index: number; readonly height: number; readonly top: number},
): {readonly start: number; readonly end: number} {
  const room = Math.max(1, height)
  const seen = Math.min(Math.max(top, index - room + 1), Math.max(0, index))
  const start = Math.max(0, Math.min(seen, count - room))
  return {start, end: Math.min(count, start + room)}
}

/** A column with the columns of the terminal that it gets. */
export interface FittedColumn {
  readonly column: Column
  readonly width: number
}

/** Columns of the terminal before the first cell: one for the sign of the selected row, one for that of a marked row. */
export const ROW_SIGNS = 2

/** Spaces between two columns. */
export const COLUMN_GAP = 2

/**
 * The columns that a width has room for, as wide as what they hold. The ones to drop go first, those to the right before
 * those to the left; what stays gets what it needs at least, then in turns up to what it holds and may take at most.
 */
export function fittedColumns(
  columns: readonly Column[],
  rows: readonly BoardRow[],
  width: number,
): readonly FittedColumn[] {
  const kept = keptColumns(tellingColumns(columns, rows), width)
  const wanted = kept.map((column) => Math.min(column.most, contentWidth(column, rows)))
  const widths = kept.map(({least}, at) => Math.min(least, Math.max(1, wanted[at] ?? 1)))
  let left = width - widths.reduce((sum, one) => sum + one, COLUMN_GAP * (kept.length - 1))
  while (left > 0) {
    const hungry = kept.flatMap((_, at) => ((widths[at] ?? 0) < (wanted[at] ?? 0) ? [at] : []))
    if (hungry.length === 0) break
    const share = Math.max(1, Math.floor(left / hungry.length))
    for (const at of hungry) {
      const more = Math.min(share, left, (wanted[at] ?? 0) - (widths[at] ?? 0))
      widths[at] = (widths[at] ?? 0) + more
      left -= more
    }
  }
  return kept.map((column, at) => ({column, width: Math.max(1, widths[at] ?? 1)}))
}

/** Without those that say nothing of any row, unless they always stay. */
function tellingColumns(columns: readonly Column[], rows: readonly BoardRow[]): readonly Column[] {
  if (rows.length === 0) return columns
  return columns.filter(({drop, key}) => drop === 0 || rows.some(({cells}) => (cells[key]?.text ?? '') !== ''))
}

function keptColumns(columns: readonly Column[], width: number): readonly Column[] {
  let kept = columns
  while (kept.reduce((sum, {least}) => sum + least, COLUMN_GAP * (kept.length - 1)) > width) {
    const drop = Math.max(...kept.map((column) => column.drop))
    if (drop <= 0) return kept
    const at = kept.findLastIndex((column) => column.drop === drop)
    kept = kept.filter((_, index) => index !== at)
  }
  return kept
}

function contentWidth({key, title}: Column, rows: readonly BoardRow[]): number {
  return rows.reduce((most, {cells}) => Math.max(most, cellWidth(cells[key])), widthOf(title))
}

/** Columns that a bar takes where there is room, and the space between it and its text. */
const BAR = 11

function cellWidth(cell: Cell | undefined): number {
  return cell === undefined ? 0 : widthOf(cell.text) + (cell.share === undefined ? 0 : BAR)
}
