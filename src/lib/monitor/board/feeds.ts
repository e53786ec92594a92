import type {Feed} from './feed.js'
import {perKey} from './memo.js'
import type {BoardState, FeedEvent} from './state.js'
import {feedKey, type Place, placeOf, TOPICS, type Topic} from './topics.js'

type Feeds = ReadonlyMap<string, Feed>

/** A look that is so much later than it was due, milliseconds, and by as much again as looks are apart, is missed. */
const GRACE_MS = 5000
const MINUTE_MS = 60_000

const WAITING: Feed = {status: 'waiting', readAtMs: undefined, nextAtMs: undefined, trouble: undefined}

/** The feeds that are watched from now on: those that were keep what is known of them, the others go. */
export function watchedFeeds(feeds: Feeds, watched: readonly (readonly [Topic, Place])[]): Feeds {
  const keys = watched.map(([topic, place]) => feedKey(topic, place))
  if (keys.length === feeds.size && keys.every((key) => feeds.has(key))) return feeds
  return new Map(keys.map((key) => [key, feeds.get(key) ?? WAITING]))
}

/** With one that was read; what is not watched is no feed, however late it is told. */
export function readFeed(feeds: Feeds, {reading, nextAtMs}: Extract<FeedEvent, {type: 'read'}>): Feeds {
  const key = feedKey(reading.topic, reading.place)
  if (!feeds.has(key)) return feeds
  return new Map(feeds).set(key, {status: 'live', readAtMs: reading.atMs, nextAtMs, trouble: undefined})
}

/** With one that could not be read; when it was read last stays known. */
export function failedFeed(feeds: Feeds, event: Extract<FeedEvent, {type: 'failed'}>): Feeds {
  const key = feedKey(event.topic, event.place)
  const known = feeds.get(key)
  if (known === undefined) return feeds
  const {trouble, nextAtMs} = event
  return new Map(feeds).set(key, {status: trouble.kind, readAtMs: known.readAtMs, nextAtMs, trouble})
}

/** As they stand at a time: what was not read when it was due is stale. The same object when none became so. */
export function agedFeeds(feeds: Feeds, nowMs: number): Feeds {
  const late = [...feeds].filter(([, feed]) => feed.status === 'live' && isLate(feed, nowMs))
  if (late.length === 0) return feeds
  const aged = new Map(feeds)
  for (const [key, feed] of late) aged.set(key, {...feed, status: 'stale'})
  return aged
}

/** A feed with what it is of. */
export interface PlacedFeed {
  readonly topic: Topic
  readonly place: Place
  readonly feed: Feed
}

/** Every feed with its topic and place. */
export const placedFeeds: (feeds: Feeds) => readonly PlacedFeed[] = perKey((feeds) =>
  [...feeds].flatMap(([key, feed]) => {
    const topic = TOPICS.find((one) => key.startsWith(`${one} `))
    return topic === undefined ? [] : [{topic, place: placeOf(key.slice(topic.length + 1)), feed}]
  }),
)

/** Those of what is looked at: a Region in which nothing was found is none, while there is another. */
export function shownFeeds({feeds, subject}: Pick<BoardState, 'feeds' | 'subject'>): readonly PlacedFeed[] {
  const {regions} = subject
  return placedFeeds(feeds).filter(({place}) => place === null || regions.length === 0 || regions.includes(place))
}

/**
 * How it stands with the feeds of some topics, wherever they are: what is made of it is made anew when one of these
 * changes. That one is still read says nothing new within a minute, as what is counted is counted by the minute.
 */
export function standingOf(feeds: Feeds, topics: readonly Topic[]): readonly unknown[] {
  return placedFeeds(feeds).flatMap(({feed, topic}) => {
    if (!topics.includes(topic)) return []
    return [feed.status === 'live' ? Math.floor((feed.readAtMs ?? 0) / MINUTE_MS) : feed]
  })
}

/** When the traffic of a Region was read: what is old is told of its own moment, and minutes that were not read are not silent. */
export function trafficMoment({feeds, nowMs}: Pick<BoardState, 'feeds' | 'nowMs'>, region: string): number {
  return feeds.get(feedKey('traffic', region))?.readAtMs ?? nowMs
}

function isLate({readAtMs, nextAtMs}: Feed, nowMs: number): boolean {
  if (readAtMs === undefined || nextAtMs === undefined) return false
  return nowMs > nextAtMs + Math.max(0, nextAtMs - readAtMs) + GRACE_MS
}
