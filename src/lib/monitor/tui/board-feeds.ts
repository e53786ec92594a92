import type {Feed} from '../board/feed.js'
import {FEED_TONES, WORST_FIRST} from '../board/feed-words.js'
import {type PlacedFeed, shownFeeds} from '../board/feeds.js'
import type {BoardState} from '../board/state.js'
import type {Topic} from '../board/topics.js'
import {showElapsed} from '../quantities.js'
import {type SpanLine, toned} from '../span.js'

/** How it stands with what a view is mainly made of: `live`, `throttled in 1 of 4, read 2m 04s ago, again in 30s`. */
export function feedSpans(state: BoardState, topics: readonly Topic[]): SpanLine {
  const [main] = topics
  const placed = main === undefined ? [] : feedsOf(state, [main])
  if (placed.length === 0) return [{text: state.feeds.size === 0 ? 'reading' : 'not read', tone: 'faint'}]
  const status = worst(placed)
  const asBad = placed.filter(({feed}) => feed.status === status)
  const count = asBad.length < placed.length ? ` in ${asBad.length} of ${placed.length}` : ''
  const word = status === 'waiting' ? 'reading' : status
  const read = oldestRead(asBad)
  // What is live is as old as it may be; where it is older it is stale.
  const age = read === undefined || status === 'live' ? '' : `, read ${showElapsed(state.nowMs - read)} ago`
  const next = status === 'live' || status === 'waiting' ? '' : againText(asBad, state.nowMs)
  return [toned(word, FEED_TONES[status]), {text: `${count}${age}${next}`, tone: 'faint'}]
}

/** The first thing that keeps the view from being whole, and how many there are besides; `undefined` where none does. */
export function troubleLine(state: BoardState, topics: readonly Topic[]): SpanLine | undefined {
  const troubled = feedsOf(state, topics).filter(({feed}) => feed.trouble !== undefined && feed.status !== 'absent')
  const ordered = troubled.toSorted((a, b) => rank(a.feed) - rank(b.feed))
  const [first] = ordered
  if (first?.feed.trouble === undefined) return undefined
  const alike = ordered.filter(
    ({feed, topic}) => topic === first.topic && feed.trouble?.code === first.feed.trouble?.code,
  )
  const places = alike.map(({place}) => place).filter((place) => place !== null)
  const where = places.length === 0 ? '' : `, ${places[0]}${places.length > 1 ? ` +${places.length - 1}` : ''}`
  const {action, kind, message} = first.feed.trouble
  const what = kind === 'denied' && action !== null ? `not allowed: ${action}` : message
  const besides = ordered.length - alike.length
  return [
    toned(`${first.topic}${where}: `, FEED_TONES[first.feed.status]),
    {text: what},
    {text: besides === 0 ? '' : `  and ${besides} more`, tone: 'faint'},
  ]
}

/** Why nothing of a view can be read, when nothing of it can. */
export function denialOf(state: BoardState, topics: readonly Topic[]): readonly string[] | undefined {
  const placed = feedsOf(state, topics)
  if (placed.length === 0 || placed.some(({feed}) => feed.status !== 'denied')) return undefined
  const actions = [...new Set(placed.map(({feed}) => feed.trouble?.action ?? feed.trouble?.message ?? 'unknown'))]
  const hints = [...new Set(placed.flatMap(({feed}) => feed.trouble?.hint ?? []))]
  const isAllowed = placed.every(({feed: {trouble}}) => trouble?.action === null)
  return [
    isAllowed ? 'This view cannot be read:' : 'This view cannot be read: the account denies',
    ...actions.map((action) => `  ${action}`),
    ...hints,
  ]
}

/** True until all places of what the view is made of were told. */
export function isWaiting(state: BoardState, topics: readonly Topic[]): boolean {
  const placed = feedsOf(state, topics)
  const isStarting = state.feeds.size === 0 && !state.subject.replayed
  return isStarting || placed.some(({feed}) => feed.status === 'waiting')
}

function feedsOf(state: BoardState, topics: readonly Topic[]): readonly PlacedFeed[] {
  return shownFeeds(state).filter(({topic}) => topics.includes(topic))
}

function worst(placed: readonly PlacedFeed[]): Feed['status'] {
  return WORST_FIRST.find((status) => placed.some(({feed}) => feed.status === status)) ?? 'live'
}

function rank({status}: Feed): number {
  return WORST_FIRST.indexOf(status)
}

function oldestRead(placed: readonly PlacedFeed[]): number | undefined {
  const times = placed.flatMap(({feed: {readAtMs}}) => readAtMs ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

function againText(placed: readonly PlacedFeed[], nowMs: number): string {
  const times = placed.flatMap(({feed: {nextAtMs}}) => nextAtMs ?? [])
  return times.length === 0 ? '' : `, again in ${showElapsed(Math.max(0, Math.min(...times) - nowMs))}`
}
