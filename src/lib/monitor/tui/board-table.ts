import {shownFeeds} from '../board/feeds.js'
import {failureLines} from '../board/guarded-views.js'
import {keepLast, perKey} from '../board/memo.js'
import {wrapWords} from '../board/page-words.js'
import {columnOf, sortOf} from '../board/rows.js'
import type {BoardState} from '../board/state.js'
import {fittedColumns, ROW_SIGNS, selectedIndex, shownRows, tableOf, windowOf} from '../board/table.js'
import type {Crumb} from '../board/ui/ui-state.js'
import type {BoardTable, BoardView} from '../board/view.js'
import type {Size} from '../size.js'
import type {Look, Span, SpanLine} from '../span.js'
import {denialOf, isWaiting} from './board-feeds.js'
import {headingLine, rowLine} from './table-lines.js'

/** The table of a view in so many lines, its title and headings among them. */
export function tableLines(
  state: BoardState,
  view: BoardView,
  crumb: Crumb,
  {look, rows: height}: {readonly look: Look; readonly rows: number},
): readonly SpanLine[] {
  const denial = denialOf(state, view.topics)
  if (denial !== undefined) return [[], ...denial.flatMap((text) => indented(text, state.size))]
  const table = tableOf(state, view)
  if (table.failure !== undefined) return [[], ...failureLines(table.failure, state.size)]
  const rows = shownRows(state, view, crumb)
  const title = titleLine(state, table, crumb, rows.length)
  if (rows.length === 0) return [title, [], ...indented(emptyText(state, view, table, crumb, look), state.size)]
  const width = state.size.columns
  const columns = fitted(table)(width - ROW_SIGNS)
  const index = selectedIndex(rows, crumb)
  const {end, start} = windowOf(rows.length, {index, height: tableRows(height), top: crumb.top})
  const marked = new Set(state.ui.marks.flatMap((mark) => (mark.view === view.name ? [mark.key] : [])))
  return [
    title,
    headingLine(columns, sortOf(table, crumb.sort), {look, width}),
    ...rows
      .slice(start, end)
      .map((row, at) =>
        rowLine(row, columns, {isSelected: start + at === index, isMarked: marked.has(row.key)}, {look, width}),
      ),
  ]
}

/** A sentence in place of rows, whole. */
function indented(text: string, {columns}: Size): readonly SpanLine[] {
  return wrapWords(text, columns - 2 * ROW_SIGNS).map((line) => [{text: `${' '.repeat(ROW_SIGNS)}${line}`}])
}

/** Rows that a table of so many lines shows: title and headings are lines too. */
export function tableRows(height: number): number {
  return Math.max(1, height - 2)
}

/** Widths are measured when a table is made, not for every frame. */
const fitted = perKey((table: BoardTable) =>
  keepLast(
    (width: number) => [width],
    (width) => fittedColumns(table.columns, table.rows, width),
  ),
)

function titleLine({ui}: BoardState, table: BoardTable, {filter, sort, view}: Crumb, shown: number): SpanLine {
  const all = table.rows.length
  const sorted = sortOf(table, sort)
  const column = table.columns.find(({key}) => key === columnOf(sorted))
  const marked = ui.marks.filter((mark) => mark.view === view).length
  // Where there is none at all, what stands in their place says so.
  const rows = all === 0 ? '' : `${all} ${all === 1 ? 'row' : 'rows'}`
  return [
    {text: filter === '' || all === 0 ? rows : `${shown} of ${rows}`, tone: 'strong'},
    ...(filter === '' ? [] : [{text: `${all === 0 ? '' : '  '}filter ${filter}`, tone: 'warn'} as const]),
    ...(column === undefined || shown === 0
      ? []
      : [{text: `  by ${column.title.toLowerCase()}`, tone: 'faint'} as const]),
    ...(marked === 0 ? [] : [{text: `  ${marked} marked`, tone: 'warn'} as const]),
  ] satisfies readonly Span[]
}

function emptyText(state: BoardState, view: BoardView, table: BoardTable, {filter}: Crumb, {unicode}: Look): string {
  if (table.rows.length > 0) return `No row matches ${filter}. Esc shows all again.`
  const [main] = view.topics
  if (isWaiting(state, view.topics.slice(0, 1))) return `Reading ${unicode ? '…' : '...'}`
  // Regions that are asked now and then whether they are used say nothing of those that are looked at.
  const its = shownFeeds(state).flatMap(({feed, topic}) => (topic === main ? [feed] : []))
  const isUnread = its.length > 0 && its.every(({readAtMs, status}) => readAtMs === undefined && status !== 'absent')
  return isUnread ? 'Not known: it could not be read, as the line below says.' : table.empty
}
