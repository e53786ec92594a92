import {minutesBetween, newestMinute} from '../complete-minutes.js'
import type {TrafficRow} from '../data.js'
import type {Feed} from '../feed.js'
import {feedsAbout, trafficMoment} from '../feeds.js'
import {keepLast, perKey} from '../memo.js'
import type {RatePrice} from '../prices/prices.schema.js'
import {type Rate, rateOf} from '../prices/rate-of.js'
import {type QuotaUse, quotaUse} from '../quotas/quota-use.js'
import type {QuotaLimit} from '../quotas/quotas.schema.js'
import {calledKey, sumRows, tierRows} from '../quotas/sum-rows.js'
import type {BoardFacts} from '../state.js'
import {feedKey} from '../topics.js'
import {type Figures, figuresOf} from './figures.js'

/** One called id in one Region with all that is known of it. */
export interface SeenRow {
  readonly row: TrafficRow
  /** The same calls by the tier that served them; empty where no metric tells. */
  readonly tiers: readonly TrafficRow[]
  readonly figures: Figures
  readonly rate: Rate
  readonly quota: QuotaUse
  readonly feed: Feed | undefined
}

const MINUTE_MS = 60_000
const NO_TIERS: readonly TrafficRow[] = []

type Sources = Pick<BoardFacts, 'data' | 'feeds' | 'nowMs'>

/** What is called, each call once, the busiest first; made anew only when something of it was read. */
export const seenRows: (state: Sources) => readonly SeenRow[] = keepLast(
  ({data: {prices, quotas, traffic}, feeds, nowMs}) => [
    ...[traffic, prices, quotas],
    ...feedsAbout(feeds, ['traffic']),
    // Without a reading the clock alone says which minute is over.
    Math.floor(nowMs / MINUTE_MS),
  ],
  (state) => {
    const {data, feeds} = state
    const called = sumRows(data.traffic.values())
    const tiers = tierRows(data.traffic.values())
    const minutes = regionMinutes(called, state)
    const rows = called.map((row): SeenRow => {
      const feed = feeds.get(feedKey('traffic', row.region))
      const atMs = trafficMoment(state, row.region)
      const its = row.tier === null ? (tiers.get(calledKey(row)) ?? NO_TIERS) : NO_TIERS
      const minute = minutes.get(row.region) ?? newestMinute(row, atMs)
      const [prices, limits] = [data.prices.get(row.region)?.rows, data.quotas.get(row.region)?.rows]
      return {row, tiers: its, feed, ...judgedRow(row)({minute, atMs, tiers: its, prices, limits})}
    })
    return rows.toSorted((a, b) => (b.figures.requestsPerSecond ?? -1) - (a.figures.requestsPerSecond ?? -1))
  },
)

/** The minute that the figures of a Region are of: the newest complete one that anything was counted in there. */
export function regionMinutes(rows: readonly TrafficRow[], state: Sources): ReadonlyMap<string, number> {
  const minutes = new Map<string, number>()
  for (const row of rows) {
    const newest = newestMinute(row, trafficMoment(state, row.region))
    // A silent row has the last minute of the clock, in which what is published late is not there yet.
    const isCounted = minutesBetween(row, newest, newest).length > 0
    const known = minutes.get(row.region)
    if (isCounted && (known === undefined || newest > known)) minutes.set(row.region, newest)
  }
  return minutes
}

interface Judging {
  readonly minute: number
  readonly atMs: number
  readonly tiers: readonly TrafficRow[]
  readonly prices: readonly RatePrice[] | undefined
  readonly limits: readonly QuotaLimit[] | undefined
}

/** A row that did not change is not counted again, whatever else was read. */
const judgedRow = perKey((row: TrafficRow) =>
  keepLast(
    ({atMs, limits, minute, prices, tiers}: Judging) => [
      minute,
      limits,
      prices,
      Math.floor(atMs / MINUTE_MS),
      ...tiers,
    ],
    ({atMs, limits, minute, prices, tiers}) => ({
      figures: figuresOf([row], minute),
      rate: rateOf(row, prices, atMs, tiers),
      quota: quotaUse(row, limits, atMs),
    }),
  ),
)
