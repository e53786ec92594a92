import type {PercentileKey} from './summary.schema.js'

/** Percentiles of every distribution, ascending, and the share of samples below each. */
export const PERCENTILES: readonly (readonly [key: PercentileKey, share: number])[] = [
  ['1', 0.01],
  ['5', 0.05],
  ['10', 0.1],
  ['25', 0.25],
  ['50', 0.5],
  ['75', 0.75],
  ['90', 0.9],
  ['95', 0.95],
  ['99', 0.99],
  ['99.9', 0.999],
]

/** Linear between the two samples around (n − 1) · share, as R's type 7 and NumPy have it. NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (place - below) * (high - low)
}

/** The same of numbers in any order, which stay as they are. */
export function quantileOf(values: Float64Array, share: number): number {
  return quantile(values.slice().sort(), share)
}
