import {sumOf} from '../../../core/decimal.js'
import {showElapsed} from '../../quantities.js'
import type {Feed} from '../feed.js'
import {FEED_TONES, feedText, WORST_FIRST} from '../feed-words.js'
import {placedFeeds} from '../feeds.js'
import type {BoardFacts, BoardState} from '../state.js'
import {feedKey, type Place, TOPICS, type Topic} from '../topics.js'
import {figuresOf} from '../traffic/figures.js'
import {seenRows} from '../traffic/seen.js'
import {atLeastText, moneyText, perSecondCell, shareCell} from '../traffic/traffic-words.js'
import type {BoardRow, BoardView, Cell, Column} from '../view.js'

const ACCOUNT = 'account'
const COLUMNS: readonly Column[] = [
  {key: 'place', title: 'Region', least: 14, most: 16, drop: 0, first: 'ascending'},
  {key: 'account', title: 'Account', least: 12, most: 12, drop: 6, first: 'ascending'},
  {key: 'status', title: 'Status', least: 9, most: 20, drop: 0, first: 'ascending'},
  {key: 'requests', title: 'Req/s', align: 'right', least: 5, most: 7, drop: 1, first: 'descending'},
  {key: 'throttled', title: 'Thrtl', align: 'right', least: 5, most: 7, drop: 2, first: 'descending'},
  {key: 'rate', title: '$/h', align: 'right', least: 7, most: 10, drop: 3, first: 'descending'},
  {key: 'age', title: 'Age', align: 'right', least: 4, most: 7, drop: 1, first: 'descending'},
  ...TOPICS.map((topic, at): Column => ({key: topic, title: topic, least: 7, most: 14, drop: 10 + at})),
]

/** Where the board looks, and how it stands there. */
export const regionsView: BoardView = {
  name: 'regions',
  title: 'Regions',
  aliases: ['re', 'rg', 'accounts'],
  about: 'Regions and account that are watched: what could be read, how old it is, requests and cost',
  topics: TOPICS,
  table: (state) => ({
    columns: COLUMNS,
    rows: placesOf(state).map((place) => toRow(state, place)),
    sortedBy: 'status',
    empty: 'No Region is watched yet.',
  }),
  describe,
}

/** Regions that are looked at, those that only feeds know, and the account as a whole. */
function placesOf({feeds, subject}: BoardFacts): readonly Place[] {
  const places = new Set([...subject.regions, ...placedFeeds(feeds).map(({place}) => place)])
  const regions = [...places].filter((place) => place !== null)
  return places.has(null) ? [...regions, null] : regions
}

function feedsOf({feeds}: BoardFacts, place: Place): readonly (readonly [Topic, Feed])[] {
  return TOPICS.flatMap((topic) => {
    const feed = feeds.get(feedKey(topic, place))
    return feed ? [[topic, feed] as const] : []
  })
}

function toRow(state: BoardFacts, place: Place): BoardRow {
  const its = feedsOf(state, place)
  const status = statusOf(its.map(([, feed]) => feed))
  return {
    key: place ?? ACCOUNT,
    id: place ?? state.subject.account ?? ACCOUNT,
    cells: {
      place: {text: place ?? ACCOUNT, tone: 'id'},
      account: {text: state.subject.account ?? '?'},
      status: isUnused(state, place, status) ? UNUSED : statusCell(its, status),
      ...(place === null ? {} : trafficCells(state, place)),
      age: ageCell(its, state.nowMs),
      ...Object.fromEntries(its.map(([topic, feed]) => [topic, feedCell(feed, state.nowMs)])),
    },
    words: its.flatMap(([topic, feed]) => [`${topic}:${feed.status}`]),
    ...(place !== null && {leadsTo: {view: 'models' as const, filter: place}}),
  }
}

/** Looked at now and then, as nothing was called there. */
const UNUSED: Cell = {text: 'not used', tone: 'faint', sort: WORST_FIRST.length}

function isUnused({subject}: BoardFacts, place: Place, status: Feed['status'] | undefined): boolean {
  const isQuiet = status === 'live' || status === 'stale' || status === 'waiting'
  return place !== null && !subject.regions.includes(place) && isQuiet
}

function statusCell(its: readonly (readonly [Topic, Feed])[], status: Feed['status'] | undefined): Cell {
  if (status === undefined) return {text: 'not watched', sort: undefined}
  return {text: statusText(its, status), tone: FEED_TONES[status], sort: WORST_FIRST.indexOf(status)}
}

function trafficCells(state: BoardFacts, place: string): Readonly<Record<string, Cell>> {
  const seen = seenRows(state).filter(({row}) => row.region === place)
  if (seen.length === 0) {
    return state.feeds.get(feedKey('traffic', place))?.readAtMs === undefined ? {} : {requests: perSecondCell(0)}
  }
  const figures = figuresOf(
    seen.map(({row}) => row),
    Math.max(...seen.map((one) => one.figures.minute)),
  )
  const known = sumOf(seen.map(({rate}) => rate.knownPerHour)).toNumber()
  const isWhole = seen.every(({rate}) => rate.perHour !== null)
  const currency = seen.find(({rate}) => rate.currency !== null)?.rate.currency ?? null
  return {
    requests: perSecondCell(figures.requestsPerSecond),
    throttled: shareCell(figures.throttleShare, 0.001, 0.01),
    rate: {
      text: isWhole ? moneyText(known, currency) : known > 0 ? atLeastText(known, currency) : '?',
      sort: known,
      ...(!isWhole && {tone: 'warn' as const}),
    },
  }
}

function statusOf(feeds: readonly Feed[]): Feed['status'] | undefined {
  return WORST_FIRST.find((status) => feeds.some((feed) => feed.status === status))
}

/** `live`, `denied 2 of 8`: what of it is not as it should be. */
function statusText(its: readonly (readonly [Topic, Feed])[], status: Feed['status']): string {
  const alike = its.filter(([, feed]) => feed.status === status)
  return alike.length === its.length ? status : `${status} ${alike.length} of ${its.length}`
}

/** Of the traffic where that is read, else of what was read last. */
function ageCell(its: readonly (readonly [Topic, Feed])[], nowMs: number): Cell {
  const traffic = its.find(([topic]) => topic === 'traffic')?.[1].readAtMs
  const readAtMs = traffic ?? Math.max(...its.map(([, feed]) => feed.readAtMs ?? Number.NEGATIVE_INFINITY))
  const ageMs = Number.isFinite(readAtMs) ? Math.max(0, nowMs - readAtMs) : undefined
  return {text: ageMs === undefined ? '-' : showElapsed(ageMs), sort: ageMs}
}

function feedCell(feed: Feed, nowMs: number): Cell {
  return {text: feedText(feed, nowMs), tone: FEED_TONES[feed.status]}
}

function describe(state: BoardState, key: string): readonly (readonly [string, string])[] | undefined {
  const place = key === ACCOUNT ? null : key
  const its = feedsOf(state, place)
  if (its.length === 0 && !state.subject.regions.includes(key)) return undefined
  return [
    ['place', place ?? 'the account as a whole, and this machine'],
    ['account', state.subject.account ?? 'not known'],
    ['profile', state.subject.profile ?? 'none: as the environment says'],
    ...its.map(([topic, feed]) => [topic, troubleText(feed, state.nowMs)] as const),
  ]
}

/** How a topic stands, and what would help it. */
function troubleText(feed: Feed, nowMs: number): string {
  const {readAtMs, trouble} = feed
  const age = readAtMs === undefined ? 'never read' : `read ${showElapsed(nowMs - readAtMs)} ago`
  const action = trouble?.action ? `, needs ${trouble.action}` : ''
  return `${feed.status}, ${age}${action}${trouble ? `: ${trouble.message}` : ''}`
}
