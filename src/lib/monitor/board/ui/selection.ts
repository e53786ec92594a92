import type {BoardState} from '../state.js'
import {selectedIndex, shownRows, windowOf} from '../table.js'
import type {BoardRow, BoardView} from '../view.js'
import {lastCrumb, shownView, withCrumb} from './shown.js'
import type {Body, UiEvent} from './ui-state.js'

type Views = readonly BoardView[]

/** The selection, or the page, moved by so many rows or lines, within what there is. */
export function move(state: BoardState, {by, body}: Extract<UiEvent, {type: 'moved'}>, views: Views): BoardState {
  const crumb = lastCrumb(state.ui)
  if (crumb.page !== undefined) return scroll(state, crumb.top + by, body)
  const rows = rowsShown(state, views)
  const from = selectedIndex(rows, crumb)
  const index = Math.max(0, Math.min(rows.length - 1, from + by))
  return index === from ? state : select(state, rows, index, body)
}

/** The first or last row or line. The first row stays the selected one, whichever row that is. */
export function moveTo(state: BoardState, {end, body}: Extract<UiEvent, {type: 'moved-to'}>, views: Views): BoardState {
  if (lastCrumb(state.ui).page !== undefined) return scroll(state, end === 'first' ? 0 : body.lines, body)
  if (end === 'first') return withCrumb(state, {selected: undefined, index: 0, top: 0})
  const rows = rowsShown(state, views)
  return rows.length === 0 ? state : select(state, rows, rows.length - 1, body)
}

/** The page moved to a line that was found, past its end to the first again; as far as is needed to show that line. */
export function seek(state: BoardState, {body, by}: Extract<UiEvent, {type: 'sought'}>): BoardState {
  const {index: last, page, top} = lastCrumb(state.ui)
  const {found, rows} = body
  const {prompt} = state.ui
  const isShown = found.includes(last) && top <= last && last < top + rows
  const from = by === 0 && prompt?.kind === 'filter' ? prompt.before.top - 1 : isShown ? last : by < 0 ? top : top - 1
  const next =
    by < 0 ? (found.findLast((line) => line < from) ?? found.at(-1)) : (found.find((line) => line > from) ?? found[0])
  if (page === undefined || next === undefined) return state
  const isNear = top <= next && next < top + rows
  const moved = isNear ? state : scroll(state, next - Math.floor(rows / 3), body)
  return withCrumb(moved, {index: next})
}

/** Notes where the selected row is now, or its neighbour where it is gone, so that it is followed from there. */
export function anchorSelection(state: BoardState, views: Views): BoardState {
  const crumb = lastCrumb(state.ui)
  if (crumb.selected === undefined || crumb.page !== undefined) return state
  const rows = rowsShown(state, views)
  const index = selectedIndex(rows, crumb)
  const selected = rows[index]?.key
  if (selected === undefined || (selected === crumb.selected && index === crumb.index)) return state
  return withCrumb(state, {selected, index})
}

function rowsShown(state: BoardState, views: Views): readonly BoardRow[] {
  const view = shownView(state, views)
  return view === undefined ? [] : shownRows(state, view, lastCrumb(state.ui))
}

function select(state: BoardState, rows: readonly BoardRow[], index: number, body: Body): BoardState {
  const {top} = lastCrumb(state.ui)
  const {start} = windowOf(rows.length, {index, height: body.rows, top})
  return withCrumb(state, {selected: rows[index]?.key, index, top: start})
}

function scroll(state: BoardState, top: number, {rows, lines}: Body): BoardState {
  const within = Math.max(0, Math.min(top, lines - rows))
  return within === lastCrumb(state.ui).top ? state : withCrumb(state, {top: within})
}
