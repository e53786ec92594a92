import {LEAST_APART_MS, observedRate, type Sighting} from '../../jobs/sightings.js'
import type {BatchJob} from '../ports.js'
import {elapsedMs} from './elapsed.js'
import {countsOf} from './job-states.js'
import type {Pace} from './progress.schema.js'

/** A pace says nothing of what comes later than this. */
const FARTHEST_MS = 366 * 86_400_000

export interface PaceInput {
  readonly jobs: readonly BatchJob[]
  /** Oldest first; of all these jobs together. */
  readonly sightings: readonly Sighting[]
  /** Records to come; null: not known. */
  readonly pending: number | null
  readonly nowMs: number
}

/**
 * How fast records are processed: between two looks where there were two, else since the running jobs were submitted,
 * which is the least it can be. undefined where nothing runs or nothing was processed yet.
 */
export function paceOf({jobs, sightings, pending, nowMs}: PaceInput): Pace | undefined {
  const running = jobs.filter(({state}) => state === 'InProgress')
  if (running.length === 0) return undefined
  const observed = observedRate(sightings)
  const rate = observed ?? leastRate(running, nowMs)
  if (rate === undefined) return undefined
  const left = pending === null ? undefined : (pending / rate) * 1000
  return {
    recordsPerSecond: Number(rate.toPrecision(4)),
    basis: observed === undefined ? 'since-submission' : 'observed',
    endsAt: left === undefined || left > FARTHEST_MS ? null : new Date(Math.round(nowMs + left)).toISOString(),
  }
}

function leastRate(running: readonly BatchJob[], nowMs: number): number | undefined {
  let rate = 0
  for (const job of running) {
    const ms = elapsedMs(job.submittedAt, nowMs)
    if (ms >= LEAST_APART_MS) rate += ((countsOf(job).processed ?? 0) * 1000) / ms
  }
  return rate > 0 ? rate : undefined
}
