import {newestMinute} from '../complete-minutes.js'
import type {TrafficRow} from '../data.js'
import type {Feed} from '../feed.js'
import {keepLast, perKey} from '../memo.js'
import {type Rate, rateOf} from '../prices/rate-of.js'
import {type QuotaUse, quotaUse} from '../quotas/quota-use.js'
import {sumRows} from '../quotas/sum-rows.js'
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

type Sources = Pick<BoardFacts, 'data' | 'feeds' | 'nowMs'>

/** What is called, each call once, the busiest first; made anew only when something was read. */
export const seenRows: (state: Sources) => readonly SeenRow[] = keepLast(
  ({data: {prices, quotas, traffic}, feeds, nowMs}) => [
    ...[traffic, prices, quotas, feeds],
    // Without a reading the clock alone says which minute is over.
    Math.floor(nowMs / 60_000),
  ],
  ({data, feeds, nowMs}) => {
    const called = sumRows(data.traffic.values())
    const tiers = tiersByCalled(data.traffic.values())
    const minutes = regionMinutes(called, {data, feeds, nowMs})
    const rows = called.map((row): SeenRow => {
      const feed = feeds.get(feedKey('traffic', row.region))
      const atMs = feed?.readAtMs ?? nowMs
      const its = row.tier === null ? (tiers.get(calledKey(row)) ?? []) : []
      return {
        row,
        tiers: its,
        figures: rowFigures(row)(minutes.get(row.region) ?? newestMinute(row, atMs)),
        rate: rateOf(row, data.prices.get(row.region)?.rows, atMs, its),
        quota: quotaUse(row, data.quotas.get(row.region)?.rows, atMs),
        feed,
      }
    })
    return rows.toSorted((a, b) => (b.figures.requestsPerSecond ?? -1) - (a.figures.requestsPerSecond ?? -1))
  },
)

/** The minute that the figures of a Region are of: the newest complete one that anything was counted in there. */
export function regionMinutes(rows: readonly TrafficRow[], {feeds, nowMs}: Sources): ReadonlyMap<string, number> {
  const minutes = new Map<string, number>()
  for (const row of rows) {
    const newest = newestMinute(row, feeds.get(feedKey('traffic', row.region))?.readAtMs ?? nowMs)
    // A silent row has the last minute of the clock, in which what is published late is not there yet.
    const isCounted = row.minutes.some(({minute}) => minute === newest)
    const known = minutes.get(row.region)
    if (isCounted && (known === undefined || newest > known)) minutes.set(row.region, newest)
  }
  return minutes
}

const rowFigures = perKey((row: TrafficRow) =>
  keepLast(
    (minute: number) => [minute],
    (minute) => figuresOf([row], minute),
  ),
)

function tiersByCalled(rows: Iterable<TrafficRow>): ReadonlyMap<string, readonly TrafficRow[]> {
  const tiers = new Map<string, TrafficRow[]>()
  for (const row of rows) {
    if (row.tier === null) continue
    const known = tiers.get(calledKey(row))
    if (known) known.push(row)
    else tiers.set(calledKey(row), [row])
  }
  return tiers
}

function calledKey({endpoint, modelId, region}: TrafficRow): string {
  return `${region} ${endpoint} ${modelId}`
}
