import type {TrafficRow} from '../data.js'
import {groupBy} from '../group-by.js'

/** Rows that count each call once: the sum of an id over its tiers, and its tiers only where there is no sum. */
export function sumRows(rows: Iterable<TrafficRow>): readonly TrafficRow[] {
  const all = [...rows]
  const summed = new Set(all.flatMap((row) => (row.tier === null ? [calledKey(row)] : [])))
  return all.filter((row) => row.tier === null || !summed.has(calledKey(row)))
}

/** Rows of one tier each, by `calledKey` of the sum that they are part of. */
export function tierRows(rows: Iterable<TrafficRow>): ReadonlyMap<string, readonly TrafficRow[]> {
  return groupBy(
    [...rows].filter(({tier}) => tier !== null),
    calledKey,
  )
}

/** One name for what was called, whichever tier served it. */
export function calledKey({endpoint, modelId, region}: TrafficRow): string {
  return `${region} ${endpoint} ${modelId}`
}
