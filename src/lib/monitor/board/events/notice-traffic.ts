import {minutesBetween} from '../complete-minutes.js'
import type {TrafficRow} from '../data.js'
import {sumRows} from '../quotas/sum-rows.js'
import type {TrafficMinute} from '../traffic/traffic.schema.js'
import type {EventRow} from './events.schema.js'
import {type Noticeable, noticeOf} from './notice-of.js'

/** So long after the last one throttling is over, minutes. */
const CALM_MINUTES = 5
/** So far back failures are looked at, minutes. */
const ERROR_MINUTES = 30
/** Share of calls that fail at which it is told, and below which it is over: apart, so that one rate is not told twice. */
const ERRORS_HIGH = 0.05
const ERRORS_LOW = 0.02
/** Minutes that a share is taken of, and failures that it takes at least. */
const ERROR_WINDOW = 3
const ERRORS_LEAST = 5

/** Throttling and failures of calls that began or ended. */
export function noticeTraffic(before: Noticeable, after: Noticeable): readonly EventRow[] {
  const then = minuteOf(before.nowMs)
  const now = minuteOf(after.nowMs)
  if (before.data.traffic === after.data.traffic && then === now) return []
  const noticed: EventRow[] = []
  for (const row of sumRows(after.data.traffic)) {
    const known = before.data.traffic.get(row.key)
    if (known === row && then === now) continue
    noticed.push(...throttling(known, then, row, now, after.nowMs), ...failing(known, then, row, now, after.nowMs))
  }
  return noticed
}

function throttling(
  known: TrafficRow | undefined,
  then: number,
  row: TrafficRow,
  now: number,
  atMs: number,
): readonly EventRow[] {
  const was = known === undefined ? 0 : throttlesOf(known, then)
  const is = throttlesOf(row, now)
  if (was > 0 === is > 0) return []
  if (is > 0)
    return [
      told(
        row,
        atMs,
        'ThrottlingBegan',
        `${is.toLocaleString('en-US')} calls throttled within ${CALM_MINUTES} minutes`,
        'ThrottlingException',
      ),
    ]
  return [told(row, atMs, 'ThrottlingEnded', `no call was throttled for ${CALM_MINUTES} minutes`)]
}

function throttlesOf({minutes}: TrafficRow, now: number): number {
  let sum = 0
  for (let at = minutes.length - 1; at >= 0; at -= 1) {
    const one = minutes[at]
    if (one === undefined || one.minute < now - CALM_MINUTES) break
    sum += one.throttles ?? 0
  }
  return sum
}

function failing(
  known: TrafficRow | undefined,
  then: number,
  row: TrafficRow,
  now: number,
  atMs: number,
): readonly EventRow[] {
  const was = known === undefined ? undefined : failureOf(known, then)
  const is = failureOf(row, now)
  if ((was === undefined) === (is === undefined)) return []
  if (is !== undefined) return [told(row, atMs, 'ErrorsRose', `${Math.round(is * 100)} % of calls fail`, 'ErrorRate')]
  return [told(row, atMs, 'ErrorsFell', `less than ${ERRORS_LOW * 100} % of calls fail again`)]
}

/** The share of calls that fails, while it is told as high: from when it rose above the one bound until below the other. */
function failureOf(row: TrafficRow, now: number): number | undefined {
  const recent = minutesBetween(row, now - ERROR_MINUTES + 1, now - 1)
  if (!recent.some((minute) => errorsOf(minute) > 0)) return undefined
  let high: number | undefined
  for (let end = now - ERROR_MINUTES + 1; end < now; end += 1) {
    const {errors, share} = shareOf(recent.filter(({minute}) => minute > end - ERROR_WINDOW && minute <= end))
    const rises = share >= ERRORS_HIGH && errors >= ERRORS_LEAST
    high = rises || (high !== undefined && share >= ERRORS_LOW) ? share : undefined
  }
  return high
}

function shareOf(minutes: readonly TrafficMinute[]): {readonly errors: number; readonly share: number} {
  let [answered, errors] = [0, 0]
  for (const minute of minutes) {
    answered += minute.invocations ?? 0
    errors += errorsOf(minute)
  }
  return {errors, share: errors === 0 ? 0 : errors / (answered + errors)}
}

function errorsOf({clientErrors, serverErrors}: TrafficMinute): number {
  return (clientErrors ?? 0) + (serverErrors ?? 0)
}

function told(row: TrafficRow, atMs: number, name: string, text: string, errorCode?: string): EventRow {
  const {key, modelId, region} = row
  return noticeOf(atMs, {name, key, resource: modelId, region, errorCode, text: `${modelId}  ${text}`})
}

function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000)
}
