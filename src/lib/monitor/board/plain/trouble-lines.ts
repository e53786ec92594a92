import type {Feed} from '../feed.js'
import {shownFeeds} from '../feeds.js'
import type {BoardState} from '../state.js'
import type {Place} from '../topics.js'

/** Why a topic of a place cannot be read, by both; what can be is not in it. */
export type Troubles = ReadonlyMap<string, string>

/** More places than these are counted, not named. */
const NAMED_PLACES = 6

interface Trouble {
  readonly topic: string
  readonly place: Place
  readonly why: string
}

/** What cannot be read from now on and why, and what can be again; topics and places with the same reason on one line. */
export function troubleLines(
  state: Pick<BoardState, 'feeds' | 'subject'>,
  told: Troubles,
): {readonly lines: readonly string[]; readonly troubles: Troubles} {
  const now = shownFeeds(state).flatMap(({feed, place, topic}): readonly Trouble[] => {
    const why = whyOf(feed)
    return why === null ? [] : [{topic, place, why}]
  })
  const troubles = new Map(now.map((one) => [keyOf(one), one.why]))
  const readable = shownFeeds(state).flatMap(({feed: {status}, place, topic}): readonly Trouble[] =>
    status === 'live' && told.has(keyOf({topic, place})) ? [{topic, place, why: ''}] : [],
  )
  return {
    troubles,
    lines: [
      ...grouped(now.filter((one) => told.get(keyOf(one)) !== one.why)).map(
        ({places, topics, why}) => `cannot read ${topics} ${places}: ${why}`,
      ),
      ...grouped(readable).map(({places, topics}) => `can read ${topics} ${places} again`),
    ],
  }
}

function whyOf({status, trouble}: Feed): string | null {
  switch (status) {
    case 'denied':
      return trouble?.action ? `${trouble.action} is missing` : (trouble?.message ?? 'it is denied')
    case 'lost':
      return 'it does not answer'
    case 'throttled':
      return 'AWS throttles it; it is asked less often'
    case 'stale':
      return 'the answer is late; what was told before is old'
    case 'failed':
      return trouble?.message ?? 'it failed'
    default:
      return null
  }
}

/** First places of one topic, then topics of the same places. */
function grouped(troubles: readonly Trouble[]) {
  const byTopic = new Map<string, {why: string; topic: string; places: Place[]}>()
  for (const {place, topic, why} of troubles) {
    const key = `${topic} ${why}`
    const group = byTopic.get(key) ?? {why, topic, places: []}
    group.places.push(place)
    byTopic.set(key, group)
  }
  const byPlaces = new Map<string, {why: string; topics: string; places: string}>()
  for (const {places, topic, why} of byTopic.values()) {
    const where = placeWords(places)
    const group = byPlaces.get(`${where} ${why}`)
    byPlaces.set(`${where} ${why}`, {
      why,
      places: where,
      topics: group === undefined ? topic : `${group.topics}, ${topic}`,
    })
  }
  return [...byPlaces.values()]
}

function placeWords(places: readonly Place[]): string {
  const regions = places.filter((place) => place !== null)
  if (regions.length === 0) return 'of the account'
  return regions.length > NAMED_PLACES ? `in ${regions.length} Regions` : `in ${regions.join(', ')}`
}

function keyOf({place, topic}: Pick<Trouble, 'topic' | 'place'>): string {
  return `${topic} ${place ?? '*'}`
}
