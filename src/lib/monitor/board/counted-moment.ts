import {newestMinute} from './complete-minutes.js'
import {standingOf, trafficMoment} from './feeds.js'
import {groupBy} from './group-by.js'
import {keepLast} from './memo.js'
import type {BoardFacts} from './state.js'

type Sources = Pick<BoardFacts, 'data' | 'feeds' | 'nowMs'>

const MINUTE_MS = 60_000

/**
 * The moment that the figures of a Region are of: the end of the newest complete minute that anything was counted in
 * there. One for all of its rows: what is silent while others are counted has stopped, and is not waited for.
 */
export function countedMoment(state: Sources, region: string): number {
  return momentsOf(state)(region)
}

const momentsOf = keepLast(
  ({data: {traffic}, feeds, nowMs}: Sources) => [
    traffic,
    ...standingOf(feeds, ['traffic']),
    // Without a reading the clock alone says which minute is over.
    Math.floor(nowMs / MINUTE_MS),
  ],
  (state) => {
    const rows = groupBy([...state.data.traffic.values()], ({region}) => region)
    const moments = new Map<string, number>()
    return (region: string): number => {
      const known = moments.get(region)
      if (known !== undefined) return known
      const minute = newestMinute(rows.get(region) ?? [], trafficMoment(state, region))
      moments.set(region, (minute + 1) * MINUTE_MS)
      return (minute + 1) * MINUTE_MS
    }
  },
)
