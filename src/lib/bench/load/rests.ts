import {ERROR_CLASSES, type ErrorClass} from '../wire/answer.js'
import type {Exchange} from './exchange.js'

/** A user whose request was turned away rests as long as the server says, and no longer than this. */
const LONGEST_REST_MS = 1000
const REST_AFTER_FAILURE_MS = 50
const RETRY_PAUSE_MS = 100
const LONGEST_RETRY_PAUSE_MS = 20_000

const numbers = (names: readonly ErrorClass[]): readonly number[] => names.map((name) => ERROR_CLASSES.indexOf(name))
const TURNED_AWAY: ReadonlySet<number> = new Set(numbers(['throttled', 'quota', 'model_not_ready', 'unavailable']))
const RETRIED: ReadonlySet<number> = new Set([...TURNED_AWAY, ...numbers(['connect'])])

/** How long a user rests after a request: a storm of refusals is not to become a hot loop. */
export function restAfter({error, retryAfterMs}: Exchange): number {
  if (error === 0) return 0
  if (!TURNED_AWAY.has(error)) return REST_AFTER_FAILURE_MS
  return Math.min(retryAfterMs >= 0 ? retryAfterMs : LONGEST_REST_MS, LONGEST_REST_MS)
}

/** Whether the failure may pass; a request whose answer has begun is not sent again. */
export function isRetried({error, events}: Exchange): boolean {
  return events === 0 && RETRIED.has(error)
}

/** As long as the server says, else doubling. */
export function pauseBeforeRetry({retryAfterMs, tries}: Exchange): number {
  const pause = retryAfterMs >= 0 ? retryAfterMs : RETRY_PAUSE_MS * 2 ** tries
  return Math.min(pause, LONGEST_RETRY_PAUSE_MS)
}
