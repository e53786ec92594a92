import type {Caller} from './caller.js'
import {chance} from './chance.js'

const DAY_MINUTES = 1440

/** When a day is busiest, how quiet the rest of it is, and what a weekend leaves of it. */
const CURVES: Readonly<
  Record<Caller['curve'], {readonly peak: number; readonly least: number; readonly weekend: number}>
> = {
  office: {peak: 14 * 60, least: 0.2, weekend: 0.6},
  evening: {peak: 20 * 60, least: 0.3, weekend: 1.15},
  night: {peak: 2 * 60, least: 0.1, weekend: 1},
  steady: {peak: 0, least: 1, weekend: 1},
}

/** Requests that a caller makes in a minute on average. */
export function requestsIn(caller: Caller, minute: number): number {
  const {perMinute, curve, aheadMinutes, bursts} = caller
  const {peak, least, weekend} = CURVES[curve]
  const local = minute + aheadMinutes
  const swing = (1 + Math.cos(((local - peak) / DAY_MINUTES) * 2 * Math.PI)) / 2
  // The epoch began on a Thursday.
  const weekday = Math.floor(local / DAY_MINUTES + 4) % 7
  const share = (least + (1 - least) * swing) * (weekday === 0 || weekday === 6 ? weekend : 1)
  return perMinute * share * wander(caller.seed, minute) * (inBurst(caller, minute) ? (bursts?.factor ?? 1) : 1)
}

export function inBurst({bursts, burstFrom}: Caller, minute: number): boolean {
  if (!bursts) return false
  const {everyMinutes, minutes} = bursts
  return (((minute - burstFrom) % everyMinutes) + everyMinutes) % everyMinutes < minutes
}

const WANDER_MINUTES = 15

/** A slow drift around 1, by at most an eighth. */
function wander(seed: number, minute: number): number {
  const step = Math.floor(minute / WANDER_MINUTES)
  const within = minute / WANDER_MINUTES - step
  const from = chance(seed, step, 1)
  return 0.875 + 0.25 * (from + (chance(seed, step + 1, 1) - from) * within)
}

/** Hours that the clocks of a Region are ahead of UTC, in winter; by the first part of its name that fits. */
const AHEAD: readonly (readonly [string, number])[] = [
  ['us-west', -8],
  ['us-gov-west', -8],
  ['us-', -5],
  ['ca-west', -7],
  ['ca-', -5],
  ['mx-', -6],
  ['sa-', -3],
  ['eu-west-1', 0],
  ['eu-west-2', 0],
  ['eu-', 1],
  ['eusc-', 1],
  ['af-', 2],
  ['il-', 2],
  ['me-', 4],
  ['ap-south-', 5.5],
  ['ap-northeast', 9],
  ['ap-southeast-2', 11],
  ['ap-southeast-4', 11],
  ['ap-southeast-6', 13],
  ['ap-', 8],
]

export const minutesAhead = (region: string): number =>
  60 * (AHEAD.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 0)
