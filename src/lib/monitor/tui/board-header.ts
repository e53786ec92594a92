import type {BoardState} from '../board/state.js'
import {tableOf} from '../board/table.js'
import {shownView} from '../board/ui/shown.js'
import type {Crumb} from '../board/ui/ui-state.js'
import type {BoardView} from '../board/view.js'
import type {Look, Span, SpanLine} from '../span.js'
import {cutMiddle, widthOf} from '../text-width.js'
import {feedSpans} from './board-feeds.js'
import {bothSides, fittedWords} from './lay-spans.js'
import {lineWidth, markOf} from './paint-line.js'

/** Below so many columns, labels that the values can do without are left out. */
const LABELLED_COLUMNS = 100

/** Whose board it is, where it looks, and the time. */
export function subjectLine({nowMs, size, subject}: BoardState): SpanLine {
  const {account, profile, regions, replayed, simulated} = subject
  const isWide = size.columns >= LABELLED_COLUMNS
  const clock: Span = {text: `${new Date(nowMs).toISOString().slice(11, 19)} UTC`, tone: 'faint'}
  const kind = replayed ? 'recording' : simulated ? 'simulated' : undefined
  const known: readonly Span[] = [
    ...(isWide ? [{text: 'bedrockctl  ', tone: 'strong'} as const] : []),
    ...(account === null ? [] : [{text: 'account ', tone: 'faint'} as const, {text: `${account}  `}]),
    ...(profile === null ? [] : [{text: 'profile ', tone: 'faint'} as const, {text: `${profile}  `}]),
  ]
  const sort: readonly Span[] = kind === undefined ? [] : [{text: `  ${kind}`, tone: 'warn'}]
  const room = size.columns - lineWidth([...known, ...sort, clock]) - 2
  const places: Span = {text: fittedWords(regions.length === 0 ? ['finding Regions'] : regions, room)}
  return bothSides([...known, places, ...sort], [clock], size.columns)
}

/** The way to what is shown, and how fresh that is. */
export function crumbLine(state: BoardState, views: readonly BoardView[], look: Look): SpanLine {
  const {crumbs} = state.ui
  const sign = look.unicode ? ' › ' : ' > '
  const mark = markOf(look)
  const feed = feedSpans(state, shownView(state, views)?.topics ?? [])
  const room = state.size.columns - lineWidth(feed) - 2
  const names = crumbs.map((crumb, at) =>
    crumbName(state, views, crumb, {before: crumbs[at - 1], after: crumbs[at + 1]}),
  )
  const shown = lastThatFit(names, sign, {room, mark})
  const spans = shown.flatMap((name, at): readonly Span[] => [
    ...(at === 0 ? [] : [{text: sign, tone: 'faint'} as const]),
    {text: name, tone: at === shown.length - 1 ? 'strong' : 'faint'},
  ])
  return bothSides(spans, feed, state.size.columns)
}

/** The last names that fit, a mark before them where some do not; the very last one is cut where it alone does not. */
function lastThatFit(
  names: readonly string[],
  sign: string,
  {mark, room}: {readonly mark: string; readonly room: number},
): readonly string[] {
  if (widthOf(names.join(sign)) <= room) return names
  for (let from = 1; from < names.length; from += 1) {
    const shown = [mark, ...names.slice(from)]
    if (widthOf(shown.join(sign)) <= room) return shown
  }
  return [mark, cutMiddle(names.at(-1) ?? '', room - widthOf(mark + sign), mark)]
}

interface Neighbours {
  readonly before: Crumb | undefined
  readonly after: Crumb | undefined
}

function crumbName(state: BoardState, views: readonly BoardView[], crumb: Crumb, {after, before}: Neighbours): string {
  const view = views.find(({name}) => name === crumb.view)
  if (crumb.page === undefined) {
    // The filter of what is shown stands above its rows.
    const filter = crumb.filter === '' || after === undefined ? '' : ` /${crumb.filter}`
    return `${view?.title ?? crumb.view}${filter}`
  }
  const page = crumb.page === 'drill' ? '' : crumb.page
  const isBelowItsOwn = before?.view === crumb.view && before.row === crumb.row && before.page !== undefined
  if (isBelowItsOwn) return page
  const name = rowName(state, view, crumb)
  return crumb.page === 'difference' && crumb.against?.key !== crumb.row ? page : [page, name].filter(Boolean).join(' ')
}

/** What a row is called: the cell that names it, else its first; its key once it has gone. */
function rowName(state: BoardState, view: BoardView | undefined, {row = ''}: Crumb): string {
  if (view === undefined) return row
  const {columns, rows} = tableOf(state, view)
  const found = rows.find(({key}) => key === row)
  const named = columns.find(({key}) => found?.cells[key]?.tone === 'id') ?? columns.find(({key}) => key === 'name')
  return found?.cells[(named ?? columns[0])?.key ?? '']?.text ?? row
}
