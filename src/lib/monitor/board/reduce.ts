import {addEvents} from './events/event-slice.js'
import {notice} from './events/noticed.js'
import {agedFeeds, failedFeed, readFeed, watchedFeeds} from './feeds.js'
import {foldReading, keepWatched, NOTHING_READ} from './slices.js'
import {spentAfter} from './spending.js'
import type {BoardEvent, BoardState, FeedEvent, Subject} from './state.js'
import {feedKey} from './topics.js'
import {reduceUi} from './ui/reduce-ui.js'
import {forgetRows} from './ui/steps.js'
import {crumbOf, type UiState} from './ui/ui-state.js'
import type {BoardView, ViewName} from './view.js'

/** With what a board begins. */
export interface BoardStart
  extends Pick<BoardState, 'size' | 'nowMs' | 'intervalMs'>,
    Partial<Pick<UiState, 'allowActions' | 'profiles' | 'regions'>> {
  readonly subject: Subject
  readonly view?: ViewName
  readonly filter?: string
}

/** A board that watches nothing yet. */
export function initialBoardState(start: BoardStart): BoardState {
  const {size, nowMs, intervalMs, subject, view = 'overview', filter = ''} = start
  return {
    ...{size, nowMs, subject, intervalMs},
    feeds: new Map(),
    data: NOTHING_READ,
    spent: {sinceMs: nowMs, calls: 0, metrics: 0, recent: []},
    ui: {
      crumbs: [crumbOf(view, filter)],
      ...{prompt: undefined, marks: [], filterHistory: [], commandHistory: [], note: undefined},
      allowActions: start.allowActions ?? false,
      profiles: start.profiles ?? [],
      regions: start.regions ?? [],
    },
  }
}

/** The whole board after an event, the same object when nothing changed. The views tell what keys move over. */
export function boardReducer(views: readonly BoardView[]): (state: BoardState, event: BoardEvent) => BoardState {
  return (state, event) => {
    switch (event.type) {
      case 'read':
        return noticing(state, withReading(state, event))
      case 'failed':
        return noticing(state, withoutReading(state, event))
      case 'watching':
        return watching(state, event)
      case 'ticked':
        return reduceUi(noticing(state, ticked(state, event.nowMs)), {type: 'ticked'}, views)
      case 'resized':
        return {...state, size: event.size}
      case 'paced':
        return state.intervalMs === event.intervalMs ? state : {...state, intervalMs: event.intervalMs}
      default:
        return reduceUi(state, event, views)
    }
  }
}

function withReading(state: BoardState, event: Extract<FeedEvent, {type: 'read'}>): BoardState {
  const {reading} = event
  const spent = spentAfter(state.spent, reading)
  if (!state.feeds.has(feedKey(reading.topic, reading.place))) return spent === state.spent ? state : {...state, spent}
  const fed = withFeeds(state, readFeed(state.feeds, event), reading.atMs)
  return {...fed, spent, data: foldReading(state.data, reading)}
}

function withoutReading(state: BoardState, event: Extract<FeedEvent, {type: 'failed'}>): BoardState {
  const {atMs, calls = 0} = event
  const spent = spentAfter(state.spent, {atMs, calls, metrics: 0})
  const fed = withFeeds(state, failedFeed(state.feeds, event), atMs)
  return spent === fed.spent ? fed : {...fed, spent}
}

/** No clock of the board is behind what it was told. */
function withFeeds(state: BoardState, feeds: BoardState['feeds'], atMs: number): BoardState {
  return feeds === state.feeds ? state : {...state, feeds, nowMs: Math.max(state.nowMs, atMs)}
}

function ticked(state: BoardState, nowMs: number): BoardState {
  return nowMs === state.nowMs ? state : {...state, nowMs, feeds: agedFeeds(state.feeds, nowMs)}
}

/** What another account is about begins anew: nothing of one is shown as the other's. */
function watching(state: BoardState, {subject, feeds}: Extract<FeedEvent, {type: 'watching'}>): BoardState {
  if (isAnother(state.subject, subject)) {
    const ui = forgetRows(state.ui)
    return {...state, subject, ui, data: NOTHING_READ, feeds: watchedFeeds(new Map(), feeds)}
  }
  return {...state, subject, data: keepWatched(state.data, feeds), feeds: watchedFeeds(state.feeds, feeds)}
}

/** That a sandbox answers is known once it did: by itself it makes no other account. */
function isAnother(was: Subject, is: Subject): boolean {
  const isOtherAccount = was.account !== null && is.account !== null && was.account !== is.account
  return isOtherAccount || was.profile !== is.profile
}

/** With the events that the board notices itself. */
function noticing(before: BoardState, after: BoardState): BoardState {
  if (before === after) return after
  const events = addEvents(after.data.events, notice(before, after))
  return events === after.data.events ? after : {...after, data: {...after.data, events}}
}
