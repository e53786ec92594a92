import type {OpenLevel, Share} from './level.js'
import {shapePoints} from './points.js'

/** Intended sends in order. Every shard walks the same sequence and stops at its own. */
export interface Arrivals {
  /** Sends at most, of all shards. */
  readonly count: number
  /** Goes to the next send of this share; false when there is none. */
  advance(): boolean
  /** Place in the whole sequence, and ms from t0, of the send that `advance` went to. */
  readonly k: number
  readonly atMs: number
}

export interface ArrivalBounds {
  readonly seed: number
  /** Whichever comes first ends the sequence. */
  readonly requests: number | undefined
  readonly durationMs: number | undefined
  /** What comes before the rest is measured, whose rate is then exact as that of the whole is. */
  readonly warmUp?: {readonly requests: number} | {readonly ms: number}
}

/** The sends of an open level, of which a share is kept. */
export function openArrivals(level: OpenLevel, bounds: ArrivalBounds, share: Share): Arrivals {
  const {count, next} = sequence(level, bounds)
  const end = bounds.durationMs ?? Number.POSITIVE_INFINITY
  let place = 0
  const arrivals = {
    count,
    k: -1,
    atMs: Number.NaN,
    advance() {
      while (place < count) {
        const atMs = next()
        const k = place++
        if (atMs >= end) break
        if (k % share.of !== share.index) continue
        arrivals.k = k
        arrivals.atMs = atMs
        return true
      }
      place = count
      return false
    },
  }
  return arrivals
}

interface Sequence {
  readonly count: number
  readonly next: () => number
}

function sequence(level: OpenLevel, bounds: ArrivalBounds): Sequence {
  const most = bounds.requests ?? Number.POSITIVE_INFINITY
  switch (level.kind) {
    case 'rate':
      return level.shape.kind === 'burst' ? bursts(level.shape, bounds) : atRate(level.perSecond / 1000, level, bounds)
    case 'ramp': {
      const expected = rampIntegral(level)
      const count = Math.round(expected)
      const length = level.shape.kind === 'poisson' || level.shape.kind === 'gamma' ? expected : count
      const point = shapePoints(level.shape, count, length, bounds.seed)
      return {count: Math.min(count, most), next: () => rampTime(level, point())}
    }
    case 'replay': {
      let k = 0
      return {count: Math.min(level.atMs.length, most), next: () => level.atMs[k++] ?? Number.POSITIVE_INFINITY}
    }
  }
}

function atRate(perMs: number, {shape}: Extract<OpenLevel, {kind: 'rate'}>, bounds: ArrivalBounds): Sequence {
  const {requests, durationMs, seed} = bounds
  const inTime = durationMs === undefined ? Number.POSITIVE_INFINITY : Math.round(durationMs * perMs)
  const count = Math.min(requests ?? Number.POSITIVE_INFINITY, inTime)
  if (!Number.isFinite(count)) throw new RangeError('a rate needs a number of requests or a duration')
  const length = durationMs !== undefined && count === inTime && shape.kind !== 'constant' ? durationMs : count / perMs
  return {count, next: shapePoints(shape, count, length, seed, earlyOf(bounds, perMs))}
}

function earlyOf({warmUp}: ArrivalBounds, perMs: number): number {
  if (warmUp === undefined) return 0
  return 'requests' in warmUp ? warmUp.requests : Math.round(warmUp.ms * perMs)
}

function bursts(
  {size, periodMs}: {readonly size: number; readonly periodMs: number},
  {requests, durationMs}: ArrivalBounds,
): Sequence {
  const inTime = durationMs === undefined ? Number.POSITIVE_INFINITY : Math.ceil(durationMs / periodMs) * size
  let k = 0
  return {
    count: Math.min(requests ?? Number.POSITIVE_INFINITY, inTime),
    next: () => Math.floor(k++ / size) * periodMs,
  }
}

type Ramp = Extract<OpenLevel, {kind: 'ramp'}>

/** Sends expected of the whole ramp. */
function rampIntegral({from, to, durationMs, curve}: Ramp): number {
  const seconds = durationMs / 1000
  if (curve === 'linear' || from === to) return ((from + to) / 2) * seconds
  return ((to - from) / Math.log(to / from)) * seconds
}

/** Ms at which so many sends are expected. */
function rampTime({from, to, durationMs, curve}: Ramp, expected: number): number {
  const seconds = durationMs / 1000
  if (curve === 'linear' || from === to) {
    const slope = (to - from) / seconds
    return expected === 0 ? 0 : (2000 * expected) / (from + Math.sqrt(Math.max(0, from ** 2 + 2 * slope * expected)))
  }
  const growth = Math.log(to / from) / seconds
  return (1000 * Math.log1p((expected * growth) / from)) / growth
}
