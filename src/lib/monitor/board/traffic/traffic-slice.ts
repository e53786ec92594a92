import type {TrafficRow} from '../data.js'
import type {Slice} from '../slice.js'
import {FIELD_NAMES, minuteFrom} from './minutes-of.js'
import {KEPT_MINUTES} from './plan-look.js'
import {rowKey} from './subject.js'
import type {TrafficMinute, TrafficSeries} from './traffic.schema.js'

const MINUTE_MS = 60_000
/** More called ids than this, of all Regions together, are more than anybody looks through. */
export const MOST_ROWS = 1000

type Kept = ReadonlyMap<string, TrafficRow>

/** The last minutes of each called id: what is read again replaces what was, and what was not asked again stays. */
export const trafficSlice: Slice<'traffic', Kept> = {
  initial: new Map(),
  fold(kept, {atMs, place, rows}) {
    if (place === null) return kept
    const oldest = Math.floor(atMs / MINUTE_MS) - KEPT_MINUTES
    const next = new Map(kept)
    for (const series of rows) {
      const key = rowKey(place, series)
      next.set(key, mergeRow(kept.get(key), key, place, series))
    }
    for (const [key, row] of next) {
      if (row.region !== place) continue
      const aged = withoutOld(row, oldest)
      if (aged === undefined) next.delete(key)
      else if (aged !== row) next.set(key, aged)
    }
    const bounded = next.size <= MOST_ROWS ? next : mostRecent(next)
    return isSame(kept, bounded) ? kept : bounded
  },
  keep(kept, places) {
    const still = [...kept].filter(([, {region}]) => places.has(region))
    return still.length === kept.size ? kept : new Map(still)
  },
}

function mergeRow(row: TrafficRow | undefined, key: string, region: string, series: TrafficSeries): TrafficRow {
  const {about, endpoint, minutes, modelId, tier} = series
  if (!row) return {key, region, endpoint, modelId, tier, about, minutes: mergeMinutes([], minutes)}
  const merged = mergeMinutes(row.minutes, minutes)
  const isSameAbout = JSON.stringify(about) === JSON.stringify(row.about)
  return merged === row.minutes && isSameAbout ? row : {...row, minutes: merged, about: isSameAbout ? row.about : about}
}

/** Oldest first, one of each minute; the same list, and the same minutes, as far as nothing changed. */
export function mergeMinutes(
  known: readonly TrafficMinute[],
  read: readonly TrafficMinute[],
): readonly TrafficMinute[] {
  let merged: TrafficMinute[] | undefined
  for (const one of read) {
    const list: readonly TrafficMinute[] = merged ?? known
    // What is read is new, mostly: its place is near the end.
    let end = list.length
    while (end > 0 && (list[end - 1]?.minute ?? 0) > one.minute) end -= 1
    const before = list[end - 1]
    const isThere = before?.minute === one.minute
    const after = isThere ? mergeMinute(before, one) : minuteFrom(one.minute, (field) => one[field])
    if (after === before) continue
    merged ??= [...known]
    merged.splice(isThere ? end - 1 : end, isThere ? 1 : 0, after)
  }
  return merged ?? known
}

function mergeMinute(before: TrafficMinute, read: TrafficMinute): TrafficMinute {
  const isSame = FIELD_NAMES.every((field) => read[field] === null || read[field] === before[field])
  return isSame ? before : minuteFrom(before.minute, (field) => read[field] ?? before[field])
}

/** undefined where nothing is left: what was silent for so long goes. */
function withoutOld(row: TrafficRow, oldest: number): TrafficRow | undefined {
  const first = row.minutes[0]
  if (first !== undefined && first.minute >= oldest) return row
  const minutes = row.minutes.filter(({minute}) => minute >= oldest)
  return minutes.length === 0 ? undefined : {...row, minutes}
}

function mostRecent(rows: Kept): Kept {
  const newest = ({minutes}: TrafficRow) => minutes.at(-1)?.minute ?? 0
  const kept = new Set([...rows.values()].toSorted((a, b) => newest(b) - newest(a)).slice(0, MOST_ROWS))
  return new Map([...rows].filter(([, row]) => kept.has(row)))
}

function isSame(one: Kept, other: Kept): boolean {
  return one.size === other.size && [...other].every(([key, row]) => one.get(key) === row)
}
