import type {BoardState} from '../board/state.js'
import {ROW_SIGNS} from '../board/table.js'
import {lastCrumb} from '../board/ui/shown.js'
import type {Body, Crumb} from '../board/ui/ui-state.js'
import type {BoardPage, BoardView} from '../board/view.js'
import type {Look, SpanLine} from '../span.js'
import {cut, cutMiddle} from '../text-width.js'
import {helpLines} from './board-help.js'
import {pageOf} from './board-page.js'
import {foundLines, withFound} from './found-text.js'
import {bothSides} from './lay-spans.js'
import {lineWidth, markOf} from './paint-line.js'

/** Lines between the top and the bottom of the screen, and what keys that move need to know of them. */
export interface Part {
  readonly lines: readonly SpanLine[]
  readonly body: Body
}

export interface PageFrame {
  readonly look: Look
  /** Lines that there are for it. */
  readonly rows: number
  readonly views: readonly BoardView[]
}

/** The title of a page, what of it is shown and what was found in it; then that part. */
export function pagePart(state: BoardState, view: BoardView, {look, rows: height, views}: PageFrame): Part {
  const {columns} = state.size
  const crumb = lastCrumb(state.ui)
  const {filter: sought, index} = crumb
  const rows = height - 1
  // What is found is told by a sign before its line, as what is selected in a table.
  const room = {columns: columns - (sought === '' ? 0 : ROW_SIGNS), rows, ...look}
  const {lines, title} = crumb.page === 'help' ? helpPage(state, views, room) : pageOf(state, view, crumb, room)
  const found = foundLines(lines, sought)
  const top = Math.max(0, Math.min(crumb.top, lines.length - rows))
  const shown = lines.slice(top, top + rows)
  const marked =
    sought === '' ? shown : shown.map((line, at) => withFound(line, sought, {isIn: top + at === index, look}))
  return {
    lines: [
      titleLine(
        title,
        [...soughtSpans(crumb, found, Math.floor(columns / 3)), ...partSpans(top, rows, lines.length)],
        columns,
        look,
      ),
      ...marked,
    ],
    body: {rows, lines: lines.length, found},
  }
}

function helpPage(
  {ui: {allowActions}}: BoardState,
  views: readonly BoardView[],
  room: Look & {columns: number},
): BoardPage {
  return {title: 'Help', lines: helpLines(views, {allowActions, columns: room.columns, look: room})}
}

function titleLine(title: string, right: SpanLine, columns: number, look: Look): SpanLine {
  const name = cutMiddle(title, columns - lineWidth(right) - 2, markOf(look))
  return bothSides([{text: name, tone: 'id'}], right, columns)
}

/** `/throttl 2 of 7`: which of the lines found is looked at. */
function soughtSpans({filter, index}: Crumb, found: readonly number[], room: number): SpanLine {
  if (filter === '') return []
  const at = found.indexOf(index)
  const count = at === -1 ? `${found.length} found` : `${at + 1} of ${found.length} found`
  return [
    {text: `/${cut(filter, room)} `},
    found.length === 0 ? {text: 'not found', tone: 'warn'} : {text: count, tone: 'strong'},
  ]
}

/** `  2-20 of 60`, where not all fits. */
function partSpans(top: number, rows: number, lines: number): SpanLine {
  return lines > rows ? [{text: `  ${top + 1}-${Math.min(lines, top + rows)} of ${lines}`, tone: 'faint'}] : []
}
