import type {GapHistogram} from '../samples/gaps.js'
import {gapOfBucket} from '../samples/gaps.js'
import {betaQuantile} from './beta.js'
import {dispersionOfMean, dispersionOfShares, SLICES} from './dispersion.js'
import {PERCENTILES, quantile} from './percentiles.js'
import {resampled} from './resample.js'
import type {Distribution, PercentileKey} from './summary.schema.js'

const LOW = 0.025
const HIGH = 0.975
const Z = 1.959963984540054
/** Below this, intervals come from resampling; above, from the ranks of order statistics, which is its limit. */
const FEW = 100

type Percentiles = Record<PercentileKey, {value: number; low: number | null; high: number | null}>

/**
 * Distribution of samples, each with the slice of time it is of. Answers of one run resemble those beside them, so the
 * intervals are those of as many independent samples as the scatter between slices of time bears out, never of more
 * than there are. Null of nothing.
 */
export function distributionOf(values: Float64Array, slices: Uint8Array): Distribution | null {
  const n = values.length
  if (n === 0) return null
  const sorted = values.slice().sort()
  const mean = meanOf(sorted)
  const deviation = n > 1 ? Math.sqrt(squares(sorted, mean) / (n - 1)) : null
  const points = PERCENTILES.map(([, share]) => quantile(sorted, share))
  const intervals = n < FEW ? resampled(sorted) : ranked(sorted, points, values, slices)
  const p: Partial<Percentiles> = {}
  for (const [at, [key]] of PERCENTILES.entries()) {
    const {low = null, high = null} = intervals?.percentiles[at] ?? {}
    p[key] = {value: points[at] ?? Number.NaN, low, high}
  }
  return {
    n,
    mean,
    meanInterval: n < FEW ? (intervals?.mean ?? null) : meanInterval(values, slices, {mean, deviation: deviation ?? 0}),
    deviation,
    min: sorted[0] ?? null,
    max: sorted[n - 1] ?? null,
    p,
    exact: true,
    warnings: warningsOf(n),
  }
}

/** Percentiles to 0.035 %, the rest exact. Gaps of a request are alike, and which are of one is not kept: no intervals. */
export function distributionOfGaps(gaps: GapHistogram): Distribution | null {
  const {count: n, indexes, counts, minMs, maxMs, sumMs} = gaps
  if (n === 0) return null
  const mean = sumMs / n
  const p: Partial<Percentiles> = {}
  let place = -1
  let reached = 0
  let squared = 0
  for (const [at, index] of indexes.entries()) squared += (counts[at] ?? 0) * (gapOfBucket(index) - mean) ** 2
  for (const [key, share] of PERCENTILES) {
    const wanted = (n - 1) * share
    while (reached <= wanted) reached += counts[++place] ?? Number.POSITIVE_INFINITY
    const value = Math.min(maxMs, Math.max(minMs, gapOfBucket(indexes[place] ?? 0)))
    p[key] = {value, low: null, high: null}
  }
  const deviation = n > 1 ? Math.sqrt(squared / (n - 1)) : null
  return {n, mean, meanInterval: null, deviation, min: minMs, max: maxMs, p, exact: false, warnings: warningsOf(n)}
}

function ranked(sorted: Float64Array, points: readonly number[], values: Float64Array, slices: Uint8Array) {
  const n = sorted.length
  const inflation = dispersionOfShares(values, slices, points)
  const percentiles = PERCENTILES.map(([, share], at) => {
    const effective = Math.max(2, n / (inflation[at] ?? 1))
    const rank = (effective - 1) * share + 1
    const bound = (side: number) => {
      const place = Math.ceil(n * betaQuantile(side, rank, effective - rank + 1)) - 1
      return sorted[Math.min(n - 1, Math.max(0, place))] ?? Number.NaN
    }
    return {low: bound(LOW), high: bound(HIGH)}
  })
  return {percentiles, mean: null}
}

function meanInterval(values: Float64Array, slices: Uint8Array, known: {mean: number; deviation: number}) {
  const half = Z * known.deviation * Math.sqrt(dispersionOfMean(values, slices, known) / values.length)
  return {low: known.mean - half, high: known.mean + half}
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

function squares(values: Float64Array, mean: number): number {
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum
}

function warningsOf(n: number): string[] {
  return [
    ...(n < 1000 ? [`p99 of ${n} samples: it needs 1,000.`] : []),
    ...(n < 10_000 ? [`p99.9 of ${n} samples: it needs 10,000.`] : []),
  ]
}

/** Which of the slices of a stretch of time a moment is in. */
export function sliceOf(at: number, from: number, to: number): number {
  const slice = Math.floor(((at - from) / (to - from)) * SLICES)
  return slice >= 0 ? Math.min(SLICES - 1, slice) : 0
}
