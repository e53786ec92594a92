import {PERCENTILES, quantile} from './percentiles.js'

const TIMES = 1000

interface Interval {
  readonly low: number
  readonly high: number
}

/** 95 % intervals of percentiles and mean by drawing samples anew from themselves; the same for the same samples. */
export function resampled(
  sorted: Float64Array,
): {readonly percentiles: readonly Interval[]; readonly mean: Interval} | undefined {
  const n = sorted.length
  if (n < 2) return undefined
  const random = sequence(n)
  const drawn = PERCENTILES.map(() => new Float64Array(TIMES))
  const means = new Float64Array(TIMES)
  const times = new Uint16Array(n)
  const sample = new Float64Array(n)
  for (let turn = 0; turn < TIMES; turn += 1) {
    times.fill(0)
    for (let count = 0; count < n; count += 1) {
      const at = Math.floor(random() * n)
      times[at] = (times[at] ?? 0) + 1
    }
    means[turn] = spread(sorted, times, sample) / n
    for (const [at, [, share]] of PERCENTILES.entries()) {
      const values = drawn[at]
      if (values !== undefined) values[turn] = quantile(sample, share)
    }
  }
  return {percentiles: drawn.map(intervalOf), mean: intervalOf(means)}
}

/** Writes each sample as often as it was drawn, in order; gives their sum. */
function spread(sorted: Float64Array, times: Uint16Array, into: Float64Array): number {
  let place = 0
  let sum = 0
  for (let at = 0; at < sorted.length; at += 1) {
    const value = sorted[at] ?? 0
    for (let count = times[at] ?? 0; count > 0; count -= 1) {
      into[place++] = value
      sum += value
    }
  }
  return sum
}

function intervalOf(values: Float64Array): Interval {
  const sorted = values.sort()
  return {low: quantile(sorted, 0.025), high: quantile(sorted, 0.975)}
}

/** Mulberry32: short, and good enough to draw places. */
function sequence(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
