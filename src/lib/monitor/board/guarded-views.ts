import type {SpanLine} from '../span.js'
import {labelled, sections} from './page-words.js'
import type {BoardView, Room, ViewName} from './view.js'

/** What a view threw, the first time that it did. */
export interface ViewFailure {
  readonly view: ViewName
  readonly error: Error
}

/** Views that are made by the same functions, and what they threw. */
export interface GuardedViews {
  readonly views: readonly BoardView[]
  /** The first failure of each view, in the order that they came. */
  failures(): readonly ViewFailure[]
}

/** The same views where a bug in one of them is told in its place, and takes nothing else with it. */
export function guardedViews(views: readonly BoardView[]): GuardedViews {
  const known = new Map<ViewName, ViewFailure>()
  const guarded = views.map((view) =>
    guardedView(view, (error) => {
      if (!known.has(view.name)) known.set(view.name, {view: view.name, error})
    }),
  )
  return {views: guarded, failures: () => [...known.values()]}
}

function guardedView(view: BoardView, onFailure: (error: Error) => void): BoardView {
  /** What `make` makes; where it throws, what is told in place of that. */
  const guarded = <Made>(make: () => Made, instead: (why: string) => Made): Made => {
    try {
      return make()
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      onFailure(error)
      return instead(`${error.name}: ${error.message}`)
    }
  }
  const {eventFilter, head, page} = view
  return {
    ...view,
    table: (state) =>
      guarded(
        () => view.table(state),
        (failure) => ({columns: [], rows: [], sortedBy: '', empty: '', failure}),
      ),
    describe: (state, key) =>
      guarded(
        () => view.describe(state, key),
        (why) => [['failed', why]],
      ),
    ...(head && {
      head: (state, room) =>
        guarded(
          () => head(state, room),
          (why) => [[{text: `These lines failed: ${why}`, tone: 'bad'}]],
        ),
    }),
    ...(page && {
      page: (state, key, room) =>
        guarded(
          () => page(state, key, room),
          (why) => ({title: key, lines: failureLines(why, room)}),
        ),
    }),
    ...(eventFilter && {
      eventFilter: (state, key) =>
        guarded(
          () => eventFilter(state, key),
          () => undefined,
        ),
    }),
  }
}

/** In place of what a view failed to show: what, why, and what can be done. */
export function failureLines(why: string, room: Pick<Room, 'columns'>): readonly SpanLine[] {
  return sections(
    [[{text: 'This cannot be shown.', tone: 'bad'}]],
    [
      ...labelled('failed', why, room),
      ...labelled('why', 'A bug of bedrockctl, not of the account. What else the board shows is not touched.', room),
      ...labelled('next', 'It is tried again with each look, and r looks now. : goes to another view.', room),
    ],
  )
}
