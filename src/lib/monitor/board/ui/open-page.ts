import type {BoardState} from '../state.js'
import type {BoardRow, BoardView} from '../view.js'
import {lastCrumb, rowInHand, shownView} from './shown.js'
import {stepTo} from './steps.js'
import {type Crumb, crumbOf, type Mark} from './ui-state.js'

type Views = readonly BoardView[]

/** Marks of one view that are kept. */
const KEPT_MARKS = 2

/** Enter and `d`: the page of the row in hand, where it leads, or the difference that marks ask for. */
export function openPage(state: BoardState, page: 'drill' | 'describe', views: Views): BoardState {
  const view = shownView(state, views)
  if (view === undefined) return state
  const crumb = lastCrumb(state.ui)
  const row = rowInHand(state, views)
  if (page === 'drill') return row === undefined || crumb.page !== undefined ? state : drill(state, view, row)
  const difference = differenceStep(state, view, row)
  if (difference !== undefined) return stepTo(state, difference)
  if (row === undefined || crumb.page === 'describe') return state
  return stepTo(state, {...crumbOf(view.name), row: row.key, page: 'describe'})
}

/** `l`: the events of the row in hand, or all where nothing tells which those are. */
export function showEvents(state: BoardState, views: Views): BoardState {
  const view = shownView(state, views)
  const row = rowInHand(state, views)
  const filter = row && view?.eventFilter?.(state, row.key)
  const isThere = view?.name === 'events' && filter === undefined
  return isThere || !views.some(({name}) => name === 'events') ? state : stepTo(state, crumbOf('events', filter))
}

/** `m`: marks the row in hand as it is now, or takes its mark away; the oldest of three goes. */
export function toggleMark(state: BoardState, views: Views): BoardState {
  const view = shownView(state, views)
  const row = rowInHand(state, views)
  if (view === undefined || row === undefined) return state
  const others = state.ui.marks.filter((mark) => !isOf(mark, view, row))
  if (others.length < state.ui.marks.length) return withMarks(state, others)
  const mark: Mark = {
    ...{view: view.name, key: row.key, atMs: state.nowMs},
    facts: view.describe(state, row.key) ?? [],
  }
  const ofView = others.filter((one) => one.view === view.name)
  const gone = ofView.slice(0, Math.max(0, ofView.length + 1 - KEPT_MARKS))
  return withMarks(state, [...others.filter((one) => !gone.includes(one)), mark])
}

function drill(state: BoardState, view: BoardView, row: BoardRow): BoardState {
  if (row.leadsTo !== undefined) return stepTo(state, crumbOf(row.leadsTo.view, row.leadsTo.filter))
  return stepTo(state, {...crumbOf(view.name), row: row.key, page: 'drill'})
}

/** Two marks: one held against the other. One, on the row in hand: the row against itself as it was. */
function differenceStep({ui}: BoardState, view: BoardView, row: BoardRow | undefined): Crumb | undefined {
  const crumb = lastCrumb(ui)
  if (crumb.page === 'difference') return undefined
  const marks = ui.marks.filter((mark) => mark.view === view.name)
  const [first, second] = marks
  const step = {...crumbOf(view.name), page: 'difference'} as const
  if (first !== undefined && second !== undefined && crumb.page === undefined) {
    return {...step, row: second.key, against: first}
  }
  const own = row && marks.find((mark) => isOf(mark, view, row))
  return own && {...step, row: own.key, against: own}
}

function isOf(mark: Mark, view: BoardView, row: BoardRow): boolean {
  return mark.view === view.name && mark.key === row.key
}

function withMarks(state: BoardState, marks: readonly Mark[]): BoardState {
  return {...state, ui: {...state.ui, marks}}
}
