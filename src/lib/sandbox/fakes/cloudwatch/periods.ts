import {WireError} from '../../handler.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Seconds below a minute that may be asked for. */
const SHORT = [1, 5, 10, 20, 30]
/** Values of less than a minute are kept so long. */
const SHORT_KEPT_MS = 3 * HOUR_MS

/** What one datapoint is of. */
export interface Span {
  readonly from: number
  readonly to: number
  /** When it begins. */
  readonly at: Date
}

export const NO_PERIOD = 'The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.'

export const isPeriod = (seconds: number): boolean => SHORT.includes(seconds) || (seconds > 0 && seconds % 60 === 0)

/**
 * Periods from `from` on, which is rounded down to what is kept: minutes for 15 days, five minutes for 63, hours for
 * 455. A period that is no multiple of that has no data. Of shorter ones than a minute the metrics of AWS services,
 * which are written by the minute, have a value each minute, for three hours.
 */
export function periods(from: number, to: number, seconds: number, now: number): readonly Span[] {
  if (!isPeriod(seconds)) throw new WireError('ValidationError', NO_PERIOD)
  const length = Math.max(60, seconds) * 1000
  const oldest = now - keptFor(seconds)
  const age = now - from
  const grain = age <= 15 * DAY_MS ? MINUTE_MS : age <= 63 * DAY_MS ? 5 * MINUTE_MS : HOUR_MS
  const end = Math.min(to, now)
  const start = Math.floor(from / grain) * grain
  const gone = Math.max(0, Math.floor((oldest - start) / length))
  const spans: Span[] = []
  for (let time = start + gone * length; time < end; time += length) {
    spans.push({from: time, to: Math.min(time + length, end), at: new Date(time)})
  }
  return spans
}

function keptFor(seconds: number): number {
  if (seconds < 60) return SHORT_KEPT_MS
  return (seconds % 3600 === 0 ? 455 : seconds % 300 === 0 ? 63 : 15) * DAY_MS
}
