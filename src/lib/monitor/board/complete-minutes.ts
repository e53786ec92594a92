import type {TrafficRow} from './data.js'
import type {TrafficMinute} from './traffic/traffic.schema.js'

const MINUTE_MS = 60_000

/** CloudWatch publishes late: a minute without a count is taken for silent only once this many followed it. */
export const LATE_MINUTES = 5

/** The minute before the one that `nowMs` is in: the last that is over. */
export function lastCompleteMinute(nowMs: number): number {
  return Math.floor(nowMs / MINUTE_MS) - 1
}

/**
 * The newest complete minute that something was counted in by any of the rows, no older than `LATE_MINUTES`; without
 * one, the last complete minute, in which then nothing was called.
 */
export function newestMinute(rows: readonly Pick<TrafficRow, 'minutes'>[], nowMs: number): number {
  const last = lastCompleteMinute(nowMs)
  const newest = Math.max(
    ...rows.map(({minutes}) => minutes.findLast((one) => one.minute <= last && hasCounts(one))?.minute ?? 0),
  )
  return newest <= last - LATE_MINUTES ? last : newest
}

function hasCounts({clientErrors, input, invocations, output, throttles}: TrafficMinute): boolean {
  return (invocations ?? input ?? output ?? throttles ?? clientErrors) !== null
}

/** Minutes of a row from `from` to `to`, both included; those in which nothing was counted are not among them. */
export function minutesBetween(
  {minutes}: Pick<TrafficRow, 'minutes'>,
  from: number,
  to: number,
): readonly TrafficMinute[] {
  // Minutes come in order, and the newest are asked for: nothing older is looked at.
  let end = minutes.length
  while (end > 0 && (minutes[end - 1]?.minute ?? 0) > to) end -= 1
  let start = end
  while (start > 0 && (minutes[start - 1]?.minute ?? 0) >= from) start -= 1
  return minutes.slice(start, end)
}
