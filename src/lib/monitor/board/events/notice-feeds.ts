import type {Feed} from '../feed.js'
import {placedFeeds} from '../feeds.js'
import type {EventRow} from './events.schema.js'
import {type Noticeable, noticeOf} from './notice-of.js'

/** Regions that stopped answering, and those that are back. */
export function noticeFeeds(before: Noticeable, after: Noticeable): readonly EventRow[] {
  if (before.feeds === after.feeds) return []
  const were = lostPlaces(before.feeds)
  const are = lostPlaces(after.feeds)
  const lost = [...are].filter(([place]) => !were.has(place) && isKnown(before.feeds, place))
  const back = [...were.keys()].filter((place) => !are.has(place) && isKnown(after.feeds, place))
  return [
    ...lost.map(([place, why]) =>
      noticeOf(after.nowMs, {
        ...{name: 'RegionLost', key: place, resource: place, region: place, errorCode: 'Lost'},
        text: `${place} does not answer${why === '' ? '' : `: ${why}`}`,
      }),
    ),
    ...back.map((place) =>
      noticeOf(after.nowMs, {
        ...{name: 'RegionBack', key: place, resource: place, region: place},
        text: `${place} answers again`,
      }),
    ),
  ]
}

type Feeds = ReadonlyMap<string, Feed>

/** Places of which a feed is lost, with why. */
function lostPlaces(feeds: Feeds): ReadonlyMap<string, string> {
  const lost = new Map<string, string>()
  for (const {feed, place} of placedFeeds(feeds)) {
    const {status, trouble} = feed
    if (status === 'lost' && place !== null && !lost.has(place)) lost.set(place, trouble?.message ?? '')
  }
  return lost
}

function isKnown(feeds: Feeds, place: string): boolean {
  return placedFeeds(feeds).some((one) => one.place === place)
}
