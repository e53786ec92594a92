import type {BoardState} from '../state.js'
import type {ViewName} from '../view.js'
import {lastCrumb, withCrumb} from './shown.js'
import {type Crumb, crumbOf, type UiState} from './ui-state.js'

/** So many steps lead back; where there are more, the oldest go. */
export const KEPT_STEPS = 12

/** One step further. */
export function stepTo(state: BoardState, crumb: Crumb): BoardState {
  return withCrumbs(state, [...state.ui.crumbs, crumb].slice(-KEPT_STEPS))
}

/** One step back; the first step stays. */
export function stepBack(state: BoardState): BoardState {
  return state.ui.crumbs.length === 1 ? state : withCrumbs(state, state.ui.crumbs.slice(0, -1))
}

/** The table of a view: the step where it was last looked at, and all after it goes, or one step further. */
export function stepToView(state: BoardState, view: ViewName, filter: string | undefined): BoardState {
  const {crumbs} = state.ui
  const at = crumbs.findLastIndex((crumb) => crumb.view === view && crumb.page === undefined)
  if (at === -1) return stepTo(state, crumbOf(view, filter))
  const back = withCrumbs(state, crumbs.slice(0, at + 1))
  return filter === undefined ? back : withCrumb(back, {filter, top: 0})
}

/** What Esc does without a prompt: help, page, filter, step, marks; one of them at a time. */
export function stepOut(state: BoardState): BoardState {
  const {ui} = state
  const {page, filter, given, view} = lastCrumb(ui)
  if (ui.help) return {...state, ui: {...ui, help: false}}
  if (page !== undefined) return stepBack(state)
  const isFirst = ui.crumbs.length === 1
  if (filter !== '' && (filter !== given || isFirst)) return withCrumb(state, {filter: isFirst ? '' : given, top: 0})
  if (!isFirst) return stepBack(state)
  const marks = ui.marks.filter((mark) => mark.view !== view)
  return marks.length === ui.marks.length ? state : {...state, ui: {...ui, marks}}
}

function withCrumbs(state: BoardState, crumbs: readonly Crumb[]): BoardState {
  const [first, ...rest] = crumbs
  if (first === undefined) return state
  const kept: UiState['crumbs'] = [first, ...rest]
  return {...state, ui: {...state.ui, crumbs: kept}}
}
