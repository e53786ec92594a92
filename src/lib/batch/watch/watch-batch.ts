import {BedrockctlError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import {backOff} from '../../jobs/persist.js'
import {pollPauseMs} from '../../jobs/poll-pace.js'
import type {Target} from '../follow/find-target.js'
import {isRunning, type Look, type LookPorts, type LookRows, lookAt, processedIn, rowsOfLook} from '../follow/look.js'
import {isEndState} from '../progress/job-states.js'
import type {Sighting} from '../progress/pace.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {WITHOUT_JOB} from '../progress/shard-standing.js'

/** Whether somebody else works on the group: then shards without a job may still get one. */
export type AtWork = 'somebody' | 'nobody'

export interface WatchPorts extends LookPorts {
  readonly clock: JobClock
  /** Writes down which jobs have ended, where nobody else works on the group; does nothing for a job. */
  readonly settle: (look: Look) => Promise<AtWork>
}

export interface WatchInput {
  readonly target: Target
  /** Between two looks; undefined: short at first, then longer and longer. */
  readonly intervalMs: number | undefined
  /** The wait ends after so long; jobs go on. */
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal
  readonly onLook: (watched: Watched) => void
  /** Told of a look that failed by what passes, and how long it is waited for. */
  readonly onTrouble: (failure: BedrockctlError, waitMs: number) => void
}

/** What the last look saw. */
export interface Watched extends LookRows {
  readonly look: Look
  readonly atMs: number
  /** When the next look is; undefined after the last. */
  readonly nextAtMs: number | undefined
}

export interface WatchOutcome {
  /** `no-jobs`: all jobs have ended, and nobody makes those of the shards that have none. */
  readonly end: 'ended' | 'no-jobs' | 'timed-out' | 'interrupted'
  /** Undefined where not one look succeeded. */
  readonly last: Watched | undefined
  readonly looks: number
}

/** As far back as looks tell of the pace. */
const REMEMBERED_MS = 10 * 60_000
const LONGEST_BACK_OFF_MS = 5 * 60_000

/** Looks again and again until nothing is open any more, time is up or `signal` aborts. */
export async function watchBatch(input: WatchInput, ports: WatchPorts): Promise<WatchOutcome> {
  const watch = new Watch(input, ports)
  for (;;) {
    const seen = await tryLook(input, ports)
    const end = seen === 'interrupted' ? seen : watch.take(seen)
    if (end) return watch.outcome(end)
    if (!(await waited(watch.waitMs, input, ports.clock))) return watch.outcome('interrupted')
  }
}

/** A watch between two looks. */
class Watch {
  waitMs = 0
  readonly #input: WatchInput
  readonly #clock: JobClock
  readonly #deadline: number
  readonly #memory = new Memory()
  #last: Watched | undefined
  #failures = 0

  constructor(input: WatchInput, {clock}: WatchPorts) {
    this.#input = input
    this.#clock = clock
    this.#deadline = clock.now().getTime() + (input.timeoutMs ?? Number.POSITIVE_INFINITY)
  }

  /** Takes what was seen, or why nothing was; says whether the watch ends. */
  take(seen: Exclude<Seen, 'interrupted'>): WatchOutcome['end'] | undefined {
    const now = this.#clock.now().getTime()
    const left = Math.max(0, this.#deadline - now)
    const end = seen instanceof BedrockctlError ? this.#failed(seen, left) : this.#looked(seen, now, left)
    return end ?? (left === 0 ? 'timed-out' : undefined)
  }

  outcome(end: WatchOutcome['end']): WatchOutcome {
    return {end, last: this.#last, looks: this.#memory.looks}
  }

  #failed(failure: BedrockctlError, left: number): undefined {
    this.#failures += 1
    const pause = backOff(this.#failures, this.#clock, LONGEST_BACK_OFF_MS)
    this.waitMs = Math.min(left, failure.retryAfterMs ?? Math.max(this.#input.intervalMs ?? 0, pause))
    this.#input.onTrouble(failure, this.waitMs)
  }

  #looked({atWork, look}: LookedAt, atMs: number, left: number): WatchOutcome['end'] | undefined {
    this.#failures = 0
    this.waitMs = Math.min(left, pollPauseMs(this.#memory.looks, this.#input.intervalMs))
    const rows = rowsOfLook(look, atMs, this.#memory.add(look, atMs))
    const end = endOf(rows, atWork)
    this.#last = {...rows, look, atMs, nextAtMs: end || left === 0 ? undefined : atMs + this.waitMs}
    this.#input.onLook(this.#last)
    return end
  }
}

interface LookedAt {
  readonly look: Look
  readonly atWork: AtWork
}

type Seen = LookedAt | BedrockctlError | 'interrupted'

async function tryLook({signal, target}: WatchInput, ports: WatchPorts): Promise<Seen> {
  try {
    signal.throwIfAborted()
    const look = await lookAt(target, ports, signal)
    return {look, atWork: await ports.settle(look)}
  } catch (failure) {
    if (signal.aborted) return 'interrupted'
    if (failure instanceof BedrockctlError && failure.fault === 'service') return failure
    throw failure
  }
}

async function waited(ms: number, {signal}: WatchInput, clock: JobClock): Promise<boolean> {
  try {
    await clock.pause(ms, signal)
    return true
  } catch (failure) {
    if (signal.aborted) return false
    throw failure
  }
}

function endOf({members, summary}: LookRows, atWork: AtWork): 'ended' | 'no-jobs' | undefined {
  const rows = members.length === 0 ? [summary] : members
  if (rows.every(isOver)) return 'ended'
  const idle = rows.every((row) => isOver(row) || row.state === 'Planned')
  return idle && atWork === 'nobody' ? 'no-jobs' : undefined
}

function isOver({state}: ProgressRow): boolean {
  return state !== null && (isEndState(state) || WITHOUT_JOB.includes(state))
}

/** What was processed at the looks of the last minutes. */
class Memory {
  looks = 0
  #sightings: readonly Sighting[] = []

  add(look: Look, atMs: number): readonly Sighting[] {
    this.looks += 1
    // What waits in the queue says nothing of the pace: the look before the first job ran is where it counts from.
    const kept = isRunning(look) ? this.#sightings.filter((sighting) => atMs - sighting.atMs <= REMEMBERED_MS) : []
    this.#sightings = [...kept, {atMs, processed: processedIn(look)}]
    return this.#sightings
  }
}
