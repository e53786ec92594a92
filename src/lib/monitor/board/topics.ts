/** What the board reads, each at a pace of its own. */
export const TOPICS = [
  'traffic',
  'alarms',
  'quotas',
  'prices',
  'jobs',
  'capacity',
  'endpoints',
  'findings',
  'costs',
  'events',
  'bench',
] as const

export type Topic = (typeof TOPICS)[number]

/** Where a topic was read: a Region, or null for the account or this machine as a whole. */
export type Place = string | null

/** A place as a key of maps: the Region, or `*` for the account or this machine as a whole. */
export function placeKey(place: Place): string {
  return place ?? '*'
}

/** The place of a `placeKey`. */
export function placeOf(key: string): Place {
  return key === '*' ? null : key
}

/** One name for a topic in a place, for maps. */
export function feedKey(topic: Topic, place: Place): string {
  return `${topic} ${placeKey(place)}`
}
