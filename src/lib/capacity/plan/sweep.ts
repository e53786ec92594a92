import type {TrafficMinute} from '../traffic/traffic.js'
import {type OnDemandLimits, simulate, type Tally} from './simulate.js'
import {type Supply, takenBy} from './supply.js'

/** What becomes of the traffic with so many units. */
export interface UnitPlan {
  readonly units: number
  readonly tally: Tally
}

export interface SweepFrame {
  readonly minutes: readonly TrafficMinute[]
  readonly limits: OnDemandLimits
  readonly retryMinutes: number
  /** Tokens a minute of one unit. */
  readonly unitTokens: number
}

/** Beyond so many plans the numbers of units are taken in steps. */
const MOST_PLANS = 200

/** Every number of units from none to what takes all requests; in even steps where they are very many. */
export function sweepUnits(frame: SweepFrame, most = unitsForAll(frame)): readonly UnitPlan[] {
  const step = Math.max(1, Math.ceil(most / MOST_PLANS))
  const counts = Array.from({length: Math.floor(most / step) + 1}, (_, index) => index * step)
  if (counts.at(-1) !== most) counts.push(most)
  return counts.map((units) => planOf(units, frame))
}

/** One number of units with overflow to on demand. */
export function planOf(units: number, {limits, minutes, retryMinutes, unitTokens}: SweepFrame): UnitPlan {
  return {units, tally: simulate(minutes, {supply: poolOf(units, unitTokens), onDemand: limits, retryMinutes})}
}

/** One number of units and nothing else: what they do not take is lost. */
export function aloneOf(units: number, {minutes, retryMinutes, unitTokens}: SweepFrame): UnitPlan {
  return {units, tally: simulate(minutes, {supply: poolOf(units, unitTokens), onDemand: null, retryMinutes})}
}

/** The least number of units that takes all requests of a share of the minutes that have any. */
export function unitsForAll({minutes, unitTokens}: SweepFrame, cover = 1): number {
  const needs = minutes.flatMap((minute) => (minute.requests === 0 ? [] : [unitsFor(minute, unitTokens)]))
  const sorted = Float64Array.from(needs).sort()
  return sorted[Math.ceil(sorted.length * cover) - 1] ?? 0
}

function unitsFor(minute: TrafficMinute, unitTokens: number): number {
  const tokens = minute.input + minute.cacheWrite + minute.output
  const least = Math.max(1, Math.ceil(tokens / unitTokens))
  // Whole requests: the quotient may lie a hair above or below.
  const takes = (units: number) => takenBy({kind: 'pool', tokens: units * unitTokens}, minute) >= minute.requests
  return takes(least) ? least : least + 1
}

/** Quotas with which nothing is turned away without units, so that nothing ever comes again. */
export function enoughOf(frame: SweepFrame): Tally['enough'] {
  return planOf(0, {...frame, retryMinutes: 0}).tally.enough
}

function poolOf(units: number, unitTokens: number): Supply | null {
  return units === 0 ? null : {kind: 'pool', tokens: units * unitTokens}
}
