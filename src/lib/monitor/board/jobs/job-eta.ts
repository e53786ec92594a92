import {LEAST_APART_MS, observedRate, type Sighting} from '../../../jobs/sightings.js'
import type {JobRow} from './jobs.schema.js'

/** How long what is left takes, and by what that is told. */
export type Eta = Pick<JobRow, 'etaIs' | 'etaMs' | 'perSecond'>

export const NO_ETA: Eta = {etaIs: null, etaMs: null, perSecond: null}

/** A pace says nothing of what comes later than this. */
const FARTHEST_MS = 366 * 86_400_000

export interface EtaInput {
  /** Oldest first. */
  readonly sightings: readonly Sighting[]
  readonly done: number
  /** What is to come; null: not known. */
  readonly left: number | null
  /** When it began; null: not known. */
  readonly sinceMs: number | null
  readonly nowMs: number
}

/**
 * By what moved between looks, where something did; else by all that was done since it began, which is the least pace
 * that it can have. Nothing without either.
 */
export function etaOf({done, left, nowMs, sightings, sinceMs}: EtaInput): Eta {
  const observed = observedRate(sightings)
  const perSecond = observed ?? leastRate(done, sinceMs, nowMs)
  if (perSecond === undefined) return NO_ETA
  const ms = left === null ? undefined : (left / perSecond) * 1000
  if (ms === undefined || ms > FARTHEST_MS) return {...NO_ETA, perSecond}
  return {perSecond, etaMs: Math.round(ms), etaIs: observed === undefined ? 'at-most' : 'about'}
}

function leastRate(done: number, sinceMs: number | null, nowMs: number): number | undefined {
  if (sinceMs === null || done <= 0) return undefined
  const ms = nowMs - sinceMs
  return ms < LEAST_APART_MS ? undefined : (done * 1000) / ms
}
