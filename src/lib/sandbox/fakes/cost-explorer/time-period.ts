import type {DateInterval, Granularity} from '@aws-sdk/client-cost-explorer'
import {DataUnavailableException} from '@aws-sdk/client-cost-explorer'
import {invalid} from './refusals.js'

const DAY_MS = 86_400_000

/** Months before the current one that are kept without the multi-year option. */
const MONTHS_KEPT = 13

/** [from, to) in milliseconds, whole days. */
export type Period = readonly [from: number, to: number]

/** By the hour only for those who have switched it on, which nobody here has; its times are other than days. */
export function checkGranularity(granularity: Granularity): void {
  if (granularity !== 'HOURLY') return
  throw new DataUnavailableException({message: 'Hourly data is not enabled for this account.', $metadata: {}})
}

/** The days asked for, held against what Cost Explorer keeps. */
export function pastPeriod({Start = '', End = ''}: DateInterval, now: number): Period {
  const [from, to] = days({Start, End})
  if (from >= to) throw invalid('Start date (and hour) should be before end date (and hour)')
  if (to > startOfMonth(now, 1)) throw invalid('end date past the beginning of next month')
  if (from < startOfMonth(now, -MONTHS_KEPT)) throw invalid("You haven't enabled historical data beyond 14 months.")
  return [from, to]
}

/** Whole days of an interval. */
export function days({Start = '', End = ''}: DateInterval): Period {
  return [day('Start', Start), day('End', End)]
}

function day(name: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time) || isoDay(time) !== text)
    throw invalid(`${name} time ${text} is invalid. Valid format is: yyyy-MM-dd.`)
  return time
}

/** The period in days or calendar months; the first and the last month are as far as they are asked for. */
export function spansOf([from, to]: Period, granularity: Granularity): readonly Period[] {
  const spans: Period[] = []
  for (let time = from; time < to; ) {
    const next = Math.min(to, granularity === 'DAILY' ? time + DAY_MS : startOfMonth(time, 1))
    spans.push([time, next])
    time = next
  }
  return spans
}

/** Midnight UTC of the first day of a month, so many months after that of `time`. */
export function startOfMonth(time: number, months = 0): number {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}

/** Midnight UTC of the day of `time`. */
export function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function toInterval([from, to]: Period): Required<DateInterval> {
  return {Start: isoDay(from), End: isoDay(to)}
}
