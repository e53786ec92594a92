import {BedrockctlError} from '../../core/errors.js'
import type {JobClock} from '../clock.js'
import {backOff} from '../persist.js'
import {pollPauseMs} from '../poll-pace.js'

/** What a look saw. */
export interface Sighting<Seen> {
  readonly seen: Seen
  readonly atMs: number
  /** When the next look is; undefined after the last. */
  readonly nextAtMs: number | undefined
}

export interface WaitInput<Seen, End extends string> {
  readonly look: (signal: AbortSignal) => Promise<Seen>
  /** How it ended; undefined while it goes on. */
  readonly endOf: (seen: Seen) => End | undefined
  /** Between two looks; undefined: short at first, then longer and longer. */
  readonly intervalMs: number | undefined
  /** The wait ends after so long; what is waited for goes on. */
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal
  readonly onLook: (sighting: Sighting<Seen>) => void
  /** Told of a look that failed by what passes, and how long it is waited for. */
  readonly onTrouble: (failure: BedrockctlError, waitMs: number) => void
}

export interface WaitOutcome<Seen, End extends string> {
  readonly end: End | 'timed-out' | 'interrupted'
  /** Undefined where not one look succeeded. */
  readonly last: Sighting<Seen> | undefined
  readonly looks: number
}

const LONGEST_BACK_OFF_MS = 5 * 60_000

/** Looks again and again until it is over, time is up or `signal` aborts. */
export async function waitForEnd<Seen, End extends string>(
  input: WaitInput<Seen, End>,
  clock: JobClock,
): Promise<WaitOutcome<Seen, End>> {
  const wait = new Wait(input, clock)
  for (;;) {
    const found = await tryLook(input)
    const end = found === 'interrupted' ? found : wait.take(found)
    if (end) return wait.outcome(end)
    if (!(await waited(wait.pauseMs, input.signal, clock))) return wait.outcome('interrupted')
  }
}

/** A wait between two looks. */
class Wait<Seen, End extends string> {
  pauseMs = 0
  readonly #input: WaitInput<Seen, End>
  readonly #clock: JobClock
  readonly #deadline: number
  #last: Sighting<Seen> | undefined
  #looks = 0
  #failures = 0

  constructor(input: WaitInput<Seen, End>, clock: JobClock) {
    this.#input = input
    this.#clock = clock
    this.#deadline = clock.now().getTime() + (input.timeoutMs ?? Number.POSITIVE_INFINITY)
  }

  /** Takes what was seen, or why nothing was; says whether the wait ends. */
  take(found: Exclude<Found<Seen>, 'interrupted'>): End | 'timed-out' | undefined {
    const now = this.#clock.now().getTime()
    const left = Math.max(0, this.#deadline - now)
    const end = 'failure' in found ? this.#failed(found.failure, left) : this.#looked(found.seen, now, left)
    return end ?? (left === 0 ? 'timed-out' : undefined)
  }

  outcome(end: End | 'timed-out' | 'interrupted'): WaitOutcome<Seen, End> {
    return {end, last: this.#last, looks: this.#looks}
  }

  #failed(failure: BedrockctlError, left: number): undefined {
    this.#failures += 1
    const pause = backOff(this.#failures, this.#clock, LONGEST_BACK_OFF_MS)
    this.pauseMs = Math.min(left, failure.retryAfterMs ?? Math.max(this.#input.intervalMs ?? 0, pause))
    this.#input.onTrouble(failure, this.pauseMs)
  }

  #looked(seen: Seen, atMs: number, left: number): End | undefined {
    this.#failures = 0
    this.pauseMs = Math.min(left, pollPauseMs(this.#looks, this.#input.intervalMs))
    this.#looks += 1
    const end = this.#input.endOf(seen)
    this.#last = {seen, atMs, nextAtMs: end || left === 0 ? undefined : atMs + this.pauseMs}
    this.#input.onLook(this.#last)
    return end
  }
}

type Found<Seen> = {readonly seen: Seen} | {readonly failure: BedrockctlError} | 'interrupted'

async function tryLook<Seen, End extends string>({look, signal}: WaitInput<Seen, End>): Promise<Found<Seen>> {
  try {
    signal.throwIfAborted()
    return {seen: await look(signal)}
  } catch (failure) {
    if (signal.aborted) return 'interrupted'
    if (failure instanceof BedrockctlError && failure.fault === 'service') return {failure}
    throw failure
  }
}

async function waited(ms: number, signal: AbortSignal, clock: JobClock): Promise<boolean> {
  try {
    await clock.pause(ms, signal)
    return true
  } catch (failure) {
    if (signal.aborted) return false
    throw failure
  }
}
