import type {BedrockctlError} from '../../core/errors.js'
import type {JobClock} from '../clock.js'
import type {ModelReply} from '../model-caller.js'
import {persist} from '../persist.js'

/** A model that is not ready yet, and how long it has been waited for. */
export interface WarmUpWait {
  /** How often it was asked. */
  readonly tries: number
  readonly waitedMs: number
  /** Until it is asked again. */
  readonly nextInMs: number
  /** In the words of the service. */
  readonly said: string
}

export interface WarmUpInput {
  /** Asks the model once. */
  readonly ask: (signal: AbortSignal | undefined) => Promise<ModelReply>
  /** The wait ends after so long; what has been begun goes on at the service. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  /** Told before each wait. */
  readonly onWait: (wait: WarmUpWait) => void
  /** Told of a failure that passes by itself, which is waited out as well. */
  readonly onRetry?: ((failure: BedrockctlError, waitMs: number) => void) | undefined
}

export type WarmUpOutcome =
  | {
      readonly kind: 'answered'
      readonly output: Buffer
      /** Of the request that was answered. */
      readonly elapsedMs: number
      /** From the first refusal to the request that was answered; null when the model was ready at once. */
      readonly coldStartMs: number | null
      readonly tries: number
    }
  | {readonly kind: 'timed-out'; readonly waitedMs: number; readonly tries: number; readonly said: string}

const FIRST_MS = 5000
const MOST_MS = 30_000
const GROWTH = 1.5
/** Share by which a wait is longer or shorter. */
const SPREAD = 0.2

/**
 * Asks a model until it is ready: every request begins its loading, or goes on with it. Rejects when `signal` aborts,
 * and with any failure but that it is not ready.
 */
export async function warmUp(
  {ask, onRetry, onWait, signal, timeoutMs}: WarmUpInput,
  clock: JobClock,
): Promise<WarmUpOutcome> {
  const startedAt = clock.now().getTime()
  let coldSince: number | undefined
  for (let tries = 1; ; tries += 1) {
    const askedAt = clock.now().getTime()
    const reply = await persist(() => ask(signal), {clock, signal, onRetry})
    if (reply.kind === 'answered') {
      const {elapsedMs, output} = reply
      return {
        kind: 'answered',
        output,
        elapsedMs,
        coldStartMs: coldSince === undefined ? null : askedAt - coldSince,
        tries,
      }
    }
    coldSince ??= askedAt
    const waitedMs = clock.now().getTime() - startedAt
    const left = timeoutMs - waitedMs
    if (left <= 0) return {kind: 'timed-out', waitedMs, tries, said: reply.said}
    const nextInMs = Math.min(left, reply.retryAfterMs ?? pauseMs(tries, clock))
    onWait({tries, waitedMs, nextInMs, said: reply.said})
    await clock.pause(nextInMs, signal)
  }
}

function pauseMs(tries: number, {random}: Pick<JobClock, 'random'>): number {
  const pause = Math.min(MOST_MS, FIRST_MS * GROWTH ** (tries - 1))
  return Math.round(pause * (1 - SPREAD + 2 * SPREAD * random()))
}
