import type {BoardState} from '../state.js'
import type {ViewName} from '../view.js'
import {lastCrumb, withCrumb} from './shown.js'
import {type Crumb, crumbOf, type UiState} from './ui-state.js'

/** So many steps lead back; where there are more, those after the first go. */
export const KEPT_STEPS = 12

/** One step further. */
export function stepTo(state: BoardState, crumb: Crumb): BoardState {
  const [first, ...rest] = state.ui.crumbs
  return withCrumbs(state, [first, ...[...rest, crumb].slice(1 - KEPT_STEPS)])
}

/** One step back; the first step stays. */
export function stepBack(state: BoardState): BoardState {
  return state.ui.crumbs.length === 1 ? state : withCrumbs(state, state.ui.crumbs.slice(0, -1))
}

/**
 * The whole table of a view, as it was last looked at, one step from where the board began: what was opened in between is
 * left, as `:` begins afresh.
 */
export function stepToView(state: BoardState, view: ViewName, filter = ''): BoardState {
  const {crumbs} = state.ui
  const isWhole = ({given, page, view: of}: Crumb) => of === view && page === undefined && given === ''
  const known = crumbs.find(isWhole)
  const way = known === crumbs[0] ? [known] : [crumbs[0], known ?? crumbOf(view)]
  return withCrumb(withCrumbs(state, way), known === undefined ? {filter} : {filter, top: 0})
}

/** Only the tables that were looked at, at their first rows: nothing is left of pages and what was asked about rows. */
export function forgetRows(ui: UiState): UiState {
  const {crumbs, prompt} = ui
  const [first, ...rest] = crumbs
    .filter(({page}) => page === undefined)
    .map(({view, filter, given, sort}) => {
      return {...crumbOf(view, filter), given, sort}
    })
  const isAboutRow = prompt?.kind === 'confirm' || (prompt?.kind === 'choose' && prompt.what === 'action')
  return {
    ...ui,
    crumbs: [first ?? crumbOf(crumbs[0].view), ...rest],
    prompt: isAboutRow ? undefined : prompt,
    marks: [],
  }
}

/** The help, one step further; back where it is shown. */
export function toggleHelp(state: BoardState): BoardState {
  const {page, view} = lastCrumb(state.ui)
  return page === 'help' ? stepBack(state) : stepTo(state, {...crumbOf(view), page: 'help'})
}

/** What Esc does without a prompt: search, page, filter, step, marks; one of them at a time. */
export function stepOut(state: BoardState): BoardState {
  const {ui} = state
  const {page, filter, given, view} = lastCrumb(ui)
  if (page !== undefined) return filter === '' ? stepBack(state) : withCrumb(state, {filter: ''})
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
