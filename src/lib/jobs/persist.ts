import {BedrockctlError} from '../core/errors.js'
import type {JobClock} from './clock.js'

/** What passes by itself: the network, a service that fails or has too much to do. */
const PASSING: readonly string[] = ['THROTTLED', 'SERVICE_ERROR', 'UNREACHABLE', 'UNREADABLE_ANSWER']
const TRIES = 6
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

export interface Persistence {
  readonly clock: JobClock
  readonly signal: AbortSignal | undefined
  /** Told before each wait. */
  readonly onRetry?: ((failure: BedrockctlError, waitMs: number) => void) | undefined
}

/**
 * Tries a call again that failed by what passes, after the SDK has done so for seconds: for a minute or two, then the
 * failure is thrown. `call` must be safe to repeat.
 */
export async function persist<T>(call: () => Promise<T>, {clock, signal, onRetry}: Persistence): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (failure) {
      if (tries >= TRIES || !(failure instanceof BedrockctlError) || !PASSING.includes(failure.code)) throw failure
      const waitMs = failure.retryAfterMs ?? backOff(tries, clock)
      onRetry?.(failure, waitMs)
      await clock.pause(waitMs, signal)
    }
  }
}

/** Twice as long with each try, and anywhere between half of that and all of it: many that failed together spread. */
export function backOff(tries: number, {random}: Pick<JobClock, 'random'>, longestMs = LONGEST_PAUSE_MS): number {
  const most = Math.min(longestMs, FIRST_PAUSE_MS * 2 ** (tries - 1))
  return most / 2 + (most / 2) * random()
}
