import type {JobRow} from '../../src/lib/monitor/board/jobs/jobs.schema.js'
import {type Board, type PressedKey, pressKeys} from '../../src/lib/monitor/board/keys.js'
import {type BoardStart, boardReducer, initialBoardState} from '../../src/lib/monitor/board/reduce.js'
import type {BoardEvent, BoardState, Subject} from '../../src/lib/monitor/board/state.js'
import {shownRows} from '../../src/lib/monitor/board/table.js'
import {lastCrumb, rowInHand, shownView} from '../../src/lib/monitor/board/ui/shown.js'
import type {BoardWish, Body, ShellWish} from '../../src/lib/monitor/board/ui/ui-state.js'
import type {BoardView} from '../../src/lib/monitor/board/view.js'

export const START_MS = Date.parse('2026-11-21T09:00:00Z')
export const REGION = 'eu-central-1'

const LIVE_SUBJECT: Subject = {
  ...{account: '111122223333', profile: 'dev', regions: [REGION], simulated: false, replayed: false},
}

const jobsOf = ({data}: BoardState) => [...data.jobs.values()].flatMap(({rows}) => rows)

/** A view of the jobs that the state holds: it moves with what is read. */
const JOBS: BoardView = {
  name: 'jobs',
  title: 'Jobs',
  aliases: ['jo', 'job'],
  about: 'jobs and how far they are',
  topics: ['jobs'],
  table: (state) => ({
    columns: [
      {key: 'name', title: 'NAME', least: 8, most: 30, drop: 0},
      {key: 'state', title: 'STATE', least: 6, most: 12, drop: 1},
      {key: 'done', title: 'DONE', least: 4, most: 8, drop: 2, align: 'right', first: 'descending'},
    ],
    rows: jobsOf(state).map(({id, name, state: word, done, actions, message}) => ({
      key: id,
      id: `arn/${id}`,
      cells: {name: {text: name}, state: {text: word}, done: {text: String(done), sort: done ?? undefined}},
      actions,
      ...(message !== null && {refused: message}),
    })),
    sortedBy: 'name',
    empty: 'No job.',
  }),
  describe: (state, key) => {
    const job = jobsOf(state).find(({id}) => id === key)
    return (
      job && [
        ['name', job.name],
        ['state', job.state],
        ['done', String(job.done)],
      ]
    )
  },
  eventFilter: (_, key) => key,
}

const OVERVIEW: BoardView = {
  ...JOBS,
  name: 'overview',
  title: 'Overview',
  aliases: ['ov'],
  about: 'all at once',
  table: (state) => {
    const table = JOBS.table(state)
    return {...table, rows: table.rows.map((row) => ({...row, leadsTo: {view: 'jobs', filter: row.id}}))}
  },
}

const EVENTS: BoardView = {
  name: 'events',
  title: 'Events',
  aliases: ['ev'],
  about: 'what happened',
  topics: ['events'],
  table: ({data}) => ({
    columns: [{key: 'name', title: 'NAME', least: 8, most: 30, drop: 0}],
    rows: data.events.map(({id, name}) => ({key: id, id, cells: {name: {text: name}}})),
    sortedBy: 'name',
    empty: 'Nothing happened.',
  }),
  describe: () => [],
}

export const LIVE_VIEWS: readonly BoardView[] = [OVERVIEW, JOBS, EVENTS]

export const reduceLive = boardReducer(LIVE_VIEWS)

export function job(id: string, change: Partial<JobRow> = {}): JobRow {
  return {
    ...{kind: 'batch', id, name: `job ${id}`, model: null, state: 'InProgress', tone: null, live: true},
    ...{done: 1, failed: 0, total: 10, unit: 'records', createdAtMs: null, endedAtMs: null, etaMs: null},
    ...{at: null, etaIs: null, perSecond: null, remedy: null, next: [], parts: [], partsLeftOut: 0, metrics: []},
    ...{cost: null, message: null, facts: [], actions: []},
    ...change,
  }
}

export function jobsRead(rows: readonly JobRow[], atMs = START_MS, place = REGION): BoardEvent {
  const reading = {topic: 'jobs', place, atMs, tookMs: 5, calls: 1, metrics: 0, rows} as const
  return {type: 'read', reading, nextAtMs: atMs + 30_000}
}

export function watching(
  feeds: Extract<BoardEvent, {type: 'watching'}>['feeds'],
  subject: Partial<Subject> = {},
): BoardEvent {
  return {type: 'watching', subject: {...LIVE_SUBJECT, ...subject}, feeds}
}

/** A board that watches jobs, after some events. */
export function liveBoard(events: readonly BoardEvent[], start: Partial<BoardStart> = {}): BoardState {
  const initial = initialBoardState({
    ...{size: {columns: 80, rows: 24}, nowMs: START_MS, intervalMs: 30_000, subject: LIVE_SUBJECT, view: 'jobs'},
    ...start,
  })
  return [watching([['jobs', REGION]]), ...events].reduce(reduceLive, initial)
}

const NAMED: Readonly<Record<string, readonly [input: string, key: PressedKey]>> = {
  Enter: ['', {return: true}],
  Esc: ['', {escape: true, meta: true}],
  Tab: ['', {tab: true}],
  Up: ['', {upArrow: true}],
  Down: ['', {downArrow: true}],
  Left: ['', {leftArrow: true}],
  Right: ['', {rightArrow: true}],
  PgDn: ['', {pageDown: true}],
  PgUp: ['', {pageUp: true}],
  Backspace: ['', {backspace: true}],
  Delete: ['', {delete: true}],
  Home: ['', {home: true}],
  End: ['', {end: true}],
  'C-Left': ['', {leftArrow: true, ctrl: true}],
  'C-Right': ['', {rightArrow: true, ctrl: true}],
}

/** The board after keys (`<Enter>`, `<C-f>`, or text, which comes in one read), and what was asked of the program. */
export function press(
  from: BoardState,
  keys: readonly string[],
  body: Body = {rows: 5, lines: 0, found: []},
): {readonly state: BoardState; readonly asked: readonly ShellWish[]} {
  let state = from
  const asked: ShellWish[] = []
  const board: Board = {
    views: LIVE_VIEWS,
    state: () => state,
    body: () => body,
    grant: (wish) => {
      if (isShell(wish)) asked.push(wish)
      else state = reduceLive(state, wish)
    },
  }
  for (const key of keys) pressKeys(...readOf(key), board)
  return {state, asked}
}

function readOf(key: string): readonly [input: string, key: PressedKey] {
  const name = /^<(.+)>$/.exec(key)?.[1]
  if (name === undefined) return [key, {}]
  const named = NAMED[name]
  if (named !== undefined) return named
  const letter = name.slice(2)
  if (name.startsWith('C-')) return [letter, {ctrl: true}]
  return name.startsWith('A-') ? [letter, {meta: true}] : ['', {}]
}

const SHELL = ['quit', 'suspend', 'redraw', 'refresh', 'interval', 'copy', 'switch-profile', 'switch-regions', 'act']

function isShell(wish: BoardWish): wish is ShellWish {
  return SHELL.includes(wish.type)
}

/** Where a board stands, in words: view, page, filter, row in hand. */
export function standing(state: BoardState): string {
  const {view, page, filter} = lastCrumb(state.ui)
  const words = [view, page ?? '', filter === '' ? '' : `/${filter}`, rowInHand(state, LIVE_VIEWS)?.key ?? '-']
  return words.filter((word) => word !== '').join(' ')
}

/** Keys of the rows that are listed. */
export function listed(state: BoardState): readonly string[] {
  const view = shownView(state, LIVE_VIEWS)
  return view === undefined ? [] : shownRows(state, view, lastCrumb(state.ui)).map(({key}) => key)
}
