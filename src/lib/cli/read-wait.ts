import {parseDurationMs} from '../core/duration.js'
import {usageError} from '../core/errors.js'

/** Timers of Node end there. */
const MOST_MS = 2 ** 31 - 1

/** A duration from a flag. */
export function readWait(flag: string, text: string, {leastMs}: {readonly leastMs: number}): number {
  const ms = parseDurationMs(text)
  if (ms === undefined || ms < leastMs || ms > MOST_MS) {
    throw usageError('DURATION_INVALID', `--${flag} ${text} is no time to wait.`, {
      hint: `Write 30s, 5m or 12h; at least ${leastMs / 1000} s and at most 24 days.`,
    })
  }
  return ms
}

/** How often, and for how long, something is looked at; undefined: soon at first and then less, and to its end. */
export interface WatchTimes {
  readonly intervalMs: number | undefined
  readonly timeoutMs: number | undefined
}

/** What --interval and --timeout say. */
export function readTimes(
  {interval, timeout}: {readonly interval?: string | undefined; readonly timeout?: string | undefined},
  {leastTimeoutMs = 0}: {readonly leastTimeoutMs?: number} = {},
): WatchTimes {
  return {
    intervalMs: interval === undefined ? undefined : readWait('interval', interval, {leastMs: 1000}),
    timeoutMs: timeout === undefined ? undefined : readWait('timeout', timeout, {leastMs: leastTimeoutMs}),
  }
}
