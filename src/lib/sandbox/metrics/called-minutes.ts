import {Tally} from './tally.js'

/** What was counted of a model's calls, minute by minute since the epoch, by the name of a metric. */
export type CalledMinutes = Map<number, Map<string, Tally>>

const MINUTE_MS = 60_000
/** Minutes that are kept of one model: a day of them. */
const MOST_MINUTES = 1440

/** Counts a value in the minute that it is. */
export function countValue(minutes: CalledMinutes, metric: string, value: number, now: number): void {
  const minute = Math.floor(now / MINUTE_MS)
  const known = minutes.get(minute)
  const counted = known ?? new Map<string, Tally>()
  if (!known) {
    const [oldest] = minutes.size >= MOST_MINUTES ? minutes.keys() : []
    if (oldest !== undefined) minutes.delete(oldest)
    minutes.set(minute, counted)
  }
  const tally = counted.get(metric) ?? new Tally()
  counted.set(metric, tally)
  tally.add(1, value, 0)
}

/** Adds what was counted of a metric in [from, to). */
export function addCounted(
  minutes: CalledMinutes,
  metric: string,
  into: Tally,
  {from, to}: {readonly from: number; readonly to: number},
): void {
  const first = Math.floor(from / MINUTE_MS)
  const end = Math.ceil(to / MINUTE_MS)
  const within =
    end - first < minutes.size
      ? Array.from({length: end - first}, (_, index) => first + index)
      : [...minutes.keys()].filter((minute) => minute >= first && minute < end)
  for (const minute of within) {
    const tally = minutes.get(minute)?.get(metric)
    if (tally) into.join(tally)
  }
}
