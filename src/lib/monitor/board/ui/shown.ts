import type {BoardState} from '../state.js'
import {selectedIndex, shownRows, tableOf} from '../table.js'
import type {BoardRow, BoardView} from '../view.js'
import type {Crumb, UiState} from './ui-state.js'

/** The step of the breadcrumbs that is shown. */
export function lastCrumb({crumbs}: UiState): Crumb {
  return crumbs.at(-1) ?? crumbs[0]
}

/** The view that is shown; the first one where the one that is asked for is not there. */
export function shownView(state: BoardState, views: readonly BoardView[]): BoardView | undefined {
  const {view} = lastCrumb(state.ui)
  return views.find(({name}) => name === view) ?? views[0]
}

/** The row that keys are about: the selected one, or the one whose page is shown. */
export function rowInHand(state: BoardState, views: readonly BoardView[]): BoardRow | undefined {
  const view = shownView(state, views)
  const crumb = lastCrumb(state.ui)
  if (view === undefined) return undefined
  if (crumb.page !== undefined) return tableOf(state, view).rows.find(({key}) => key === crumb.row)
  const rows = shownRows(state, view, crumb)
  return rows[selectedIndex(rows, crumb)]
}

/** The interface with its last step changed. */
export function withCrumb(state: BoardState, change: Partial<Crumb>): BoardState {
  const {ui} = state
  return {...state, ui: {...ui, crumbs: replaceLast(ui.crumbs, {...lastCrumb(ui), ...change})}}
}

function replaceLast(crumbs: UiState['crumbs'], crumb: Crumb): UiState['crumbs'] {
  const [first, ...rest] = crumbs
  return rest.length === 0 ? [crumb] : [first, ...rest.slice(0, -1), crumb]
}
