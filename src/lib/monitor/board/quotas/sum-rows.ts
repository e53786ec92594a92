import type {BoardData, TrafficRow} from '../data.js'
import {groupBy} from '../group-by.js'
import {perKey} from '../memo.js'

type Traffic = BoardData['traffic']

/** Rows that count each call once: the sum of an id over its tiers, and its tiers only where there is no sum. */
export const sumRows: (traffic: Traffic) => readonly TrafficRow[] = perKey((traffic) => {
  const all = [...traffic.values()]
  const summed = new Set(all.flatMap((row) => (row.tier === null ? [calledKey(row)] : [])))
  return all.filter((row) => row.tier === null || !summed.has(calledKey(row)))
})

/** Rows of one tier each, by `calledKey` of the sum that they are part of. */
export const tierRows: (traffic: Traffic) => ReadonlyMap<string, readonly TrafficRow[]> = perKey((traffic) =>
  groupBy(
    [...traffic.values()].filter(({tier}) => tier !== null),
    calledKey,
  ),
)

/** One name for what was called, whichever tier served it. */
export function calledKey({endpoint, modelId, region}: TrafficRow): string {
  return `${region} ${endpoint} ${modelId}`
}
