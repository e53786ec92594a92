import type {Axis} from './chart.js'

/** Where values lie along an axis, from 0 at its start to 1 at its end. */
export interface ChartScale {
  readonly min: number
  readonly max: number
  /** Undefined for what the axis cannot show at all: zero and less on a logarithmic one. Not limited to 0…1. */
  share(value: number): number | undefined
  valueAt(share: number): number
  /** Round values within the axis, as many as `most` allows and no more. */
  ticks(most: number): readonly number[]
}

type Kind = Axis['scale']

/** Numbers beyond this, and their reciprocals, are not drawn; no amount comes near. */
const LARGEST = 1e240
/** Axes are rounded outwards, so that they reach a little further. */
const FURTHEST = 1e250
/** A range below this part of its ends is no range: the numbers between cannot be told apart. */
const NARROWEST = 1e-9
const MULTIPLES: readonly (readonly number[])[] = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]]

/** True for a value that an axis of this kind can show. */
export function isDrawable(value: number, kind: Kind): boolean {
  return fits(value, kind, LARGEST)
}

function fits(value: number, kind: Kind, limit: number): boolean {
  return Math.abs(value) <= limit && (kind === 'linear' || value >= 1 / limit)
}

/** A scale from `min` to `max`, which may be in the wrong order or the same; a logarithmic one begins above zero. */
export function createScale(kind: Kind, min: number, max: number): ChartScale {
  const [low, high] = widen(kind, Math.min(min, max), Math.max(min, max))
  const position = kind === 'log' ? Math.log10 : (value: number) => value
  const start = position(low)
  const length = position(high) - start
  return {
    min: low,
    max: high,
    share: (value) => (kind === 'linear' || value > 0 ? (position(value) - start) / length : undefined),
    valueAt(share) {
      if (share <= 0) return low
      if (share >= 1) return high
      const at = start + share * length
      return kind === 'log' ? 10 ** at : at
    },
    ticks: (most) => (kind === 'log' ? logTicks(low, high, most) : linearTicks(low, high, most)),
  }
}

function widen(kind: Kind, min: number, max: number): readonly [number, number] {
  const high = fits(max, kind, FURTHEST) ? max : 1
  const low = fits(min, kind, FURTHEST) ? min : kind === 'log' ? high / 1000 : Math.min(0, high - 1)
  if (high - low > Math.abs(high) * NARROWEST && high - low > 1 / FURTHEST) return [low, high]
  return kind === 'log'
    ? [low / 2, low * 2]
    : [low - Math.max(1, Math.abs(low) / 2), low + Math.max(1, Math.abs(low) / 2)]
}

/** The round value at or beyond `value`, away from the middle of an axis: 1, 2 or 5 times a power of ten on both kinds. */
export function roundOut(kind: Kind, value: number, span: number, direction: 'down' | 'up'): number {
  if (kind === 'linear') {
    const step = roundStep(span / 5)
    return clean((direction === 'up' ? Math.ceil(value / step) : Math.floor(value / step)) * step)
  }
  const power = 10 ** Math.floor(Math.log10(value))
  const digits = direction === 'up' ? [1, 2, 5, 10] : [10, 5, 2, 1]
  const within = (digit: number) =>
    direction === 'up' ? digit * power >= value * (1 - NARROWEST) : digit * power <= value * (1 + NARROWEST)
  return clean((digits.find(within) ?? 1) * power)
}

function linearTicks(min: number, max: number, most: number): number[] {
  for (let step = roundStep((max - min) / Math.max(1, most)); ; step = roundStep(step * 1.5)) {
    const first = Math.ceil(min / step - NARROWEST)
    const last = Math.floor(max / step + NARROWEST)
    if (last - first + 1 > most) continue
    return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => clean((first + index) * step))
  }
}

/** The densest of the usual patterns that is not too dense; within a fraction of a power of ten, as on a linear axis. */
function logTicks(min: number, max: number, most: number): number[] {
  const first = Math.floor(Math.log10(min))
  const last = Math.ceil(Math.log10(max))
  const powers = Array.from({length: last - first + 1}, (_, index) => first + index)
  const within = (value: number) => value >= min * (1 - NARROWEST) && value <= max * (1 + NARROWEST)
  const patterns = MULTIPLES.map((multiples) =>
    powers.flatMap((power) => multiples.map((multiple) => clean(multiple * 10 ** power)).filter(within)),
  )
  const dense = patterns.find(({length}) => length <= most)
  if (dense && dense.length >= 2) return dense
  if (dense) return linearTicks(min, max, most).filter((value) => value > 0)
  const inside = powers.map((power) => clean(10 ** power)).filter(within)
  const stride = Math.ceil(inside.length / Math.max(1, most))
  return inside.filter((_, index) => index % stride === 0)
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  const digit = [1, 2, 5].find((candidate) => candidate * power >= step * (1 - NARROWEST)) ?? 10
  return digit * power
}

/** Without the last digits that binary fractions leave: 0.3, not 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12))
}
