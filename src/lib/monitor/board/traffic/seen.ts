import {lastCompleteMinute} from '../complete-minutes.js'
import {countedMoment} from '../counted-moment.js'
import {rowLists, type TrafficRow} from '../data.js'
import type {Feed} from '../feed.js'
import {standingOf} from '../feeds.js'
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
  /** How it stands with the traffic of its Region; undefined while that is read as it should be. */
  readonly late: Feed | undefined
}

const MINUTE_MS = 60_000
const NO_TIERS: readonly TrafficRow[] = []

type Sources = Pick<BoardFacts, 'data' | 'feeds' | 'nowMs'>

/** What is called, each call once, the busiest first; made anew only when something of it was read. */
export const seenRows: (state: Sources) => readonly SeenRow[] = keepLast(
  ({data: {prices, quotas, traffic}, feeds, nowMs}) => [
    ...[traffic, ...rowLists(prices, quotas)],
    ...standingOf(feeds, ['traffic']),
    // Without a reading the clock alone says which minute is over.
    Math.floor(nowMs / MINUTE_MS),
  ],
  (state) => {
    const {data, feeds} = state
    const called = sumRows(data.traffic)
    const tiers = tierRows(data.traffic)
    const rows = called.map((row) => {
      const feed = feeds.get(feedKey('traffic', row.region))
      const late = feed?.status === 'live' ? undefined : feed
      const atMs = countedMoment(state, row.region)
      const its = row.tier === null ? (tiers.get(calledKey(row)) ?? NO_TIERS) : NO_TIERS
      const [prices, limits] = [data.prices.get(row.region)?.rows, data.quotas.get(row.region)?.rows]
      return judgedRow(row)({atMs, late, tiers: its, prices, limits})
    })
    return rows.toSorted((a, b) => (b.figures.requestsPerSecond ?? -1) - (a.figures.requestsPerSecond ?? -1))
  },
)

interface Judging {
  readonly atMs: number
  readonly late: Feed | undefined
  readonly tiers: readonly TrafficRow[]
  readonly prices: readonly RatePrice[] | undefined
  readonly limits: readonly QuotaLimit[] | undefined
}

/** A row that did not change is not counted again, whatever else was read. */
const judgedRow = perKey((row: TrafficRow) =>
  keepLast(
    ({atMs, late, limits, prices, tiers}: Judging) => [limits, prices, atMs, late, ...tiers],
    ({atMs, late, limits, prices, tiers}): SeenRow => ({
      ...{row, tiers, late},
      figures: figuresOf([row], lastCompleteMinute(atMs)),
      rate: rateOf(row, prices, atMs, tiers),
      quota: quotaUse(row, limits, atMs),
    }),
  ),
)
