import {keepLast, perKey} from '../board/memo.js'
import {wrapWords} from '../board/page-words.js'
import type {BoardState} from '../board/state.js'
import {lastCrumb, shownView} from '../board/ui/shown.js'
import type {Body} from '../board/ui/ui-state.js'
import type {BoardView, Room} from '../board/view.js'
import type {Look, SpanLine} from '../span.js'
import {bottomLines} from './board-bottom.js'
import {choiceLines} from './board-choices.js'
import {crumbLine, subjectLine} from './board-header.js'
import {type BoardLayout, boardLayout} from './board-layout.js'
import {tableLines, tableRows} from './board-table.js'
import {filled} from './lay-spans.js'
import {type Part, pagePart} from './page-part.js'

/** A frame of the board, and what keys that move need to know of it. */
export interface BoardFrame {
  /** Exactly as many as the terminal has rows. */
  readonly lines: readonly SpanLine[]
  readonly body: Body
}

/** Draws the board as a terminal of its size shows it; the same state is drawn once. */
export function boardPainter(views: readonly BoardView[], look: Look): (state: BoardState) => BoardFrame {
  return keepLast(
    (state: BoardState) => [state],
    (state) => frameOf(state, views, look),
  )
}

function frameOf(state: BoardState, views: readonly BoardView[], look: Look): BoardFrame {
  const bottom = bottomLines(state, views, look)
  const layout = boardLayout(state.size, bottom.length)
  if (layout === undefined) return tooSmall(state)
  const {lines, body} = bodyOf(state, views, look, layout)
  const blank: readonly SpanLine[] = layout.spacious ? [[]] : []
  const top = [subjectLine(state), crumbLine(state, views, look), ...blank, ...lines]
  return {
    lines: filled(top, bottom, state.size.rows),
    body,
  }
}

function bodyOf(state: BoardState, views: readonly BoardView[], look: Look, layout: BoardLayout): Part {
  const {prompt} = state.ui
  const rows = layout.bodyRows
  const view = shownView(state, views)
  if (view === undefined)
    return {lines: [[], [{text: '  No view is there to show.'}]], body: {rows, lines: 0, found: []}}
  const crumb = lastCrumb(state.ui)
  const isTable = crumb.page === undefined
  const below = isTable ? tablePart(state, view, look, layout) : pagePart(state, view, {look, rows, views})
  return prompt?.kind === 'choose' ? {...below, lines: choiceLines(state, views, prompt, {look, rows})} : below
}

function tablePart(state: BoardState, view: BoardView, look: Look, layout: BoardLayout): Part {
  const {bodyRows, headRows, spacious} = layout
  const room = {columns: state.size.columns, rows: headRows, ...look}
  const head = headOf(view)({state, room}).slice(0, headRows)
  const lines: readonly SpanLine[] = head.length > 0 && spacious ? [...head, []] : head
  const rows = bodyRows - lines.length
  return {
    lines: [...lines, ...tableLines(state, view, lastCrumb(state.ui), {look, rows})],
    body: {rows: tableRows(rows), lines: 0, found: []},
  }
}

/** Made anew when something was read or the clock moved, not for every key. */
const headOf = perKey((view: BoardView) =>
  keepLast(
    ({room, state}: {readonly state: BoardState; readonly room: Room}) => [
      ...[state.data, state.feeds, state.nowMs, state.subject, state.intervalMs, state.spent],
      ...[room.columns, room.rows, room.color, room.unicode],
    ],
    ({room, state}) => view.head?.(state, room) ?? [],
  ),
)

function tooSmall({size: {columns, rows}}: BoardState): BoardFrame {
  const said = ['Too small:', `${columns}x${rows}, not 50x10.`, 'q quits.'].join(' ')
  const lines = wrapWords(said, Math.max(1, columns)).map((text): SpanLine => [{text}])
  return {lines: filled(lines, [], rows), body: {rows: 1, lines: 0, found: []}}
}
