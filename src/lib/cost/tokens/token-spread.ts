import type {TokenEstimate} from './character-rule.js'
import {Reservoir} from './reservoir.js'
import type {TokenSpread} from './token-statistics.schema.js'

/** Values that percentiles are read from; of more, an even draw. */
const HELD = 100_000
/** Standard errors on each side of a mean that hold it in 95 of 100 draws. */
const CONFIDENCE = 1.96

/** Spread of estimates that come one after the other: as many as there are, in bounded memory. */
export class EstimateSpread {
  readonly #values = new Reservoir<number>(HELD)
  #low = 0
  #mean = 0
  #high = 0
  #min = Number.POSITIVE_INFINITY
  #max = 0

  add({low, mean, high}: TokenEstimate): void {
    this.#values.add(mean)
    this.#low += low
    this.#mean += mean
    this.#high += high
    this.#min = Math.min(this.#min, mean)
    this.#max = Math.max(this.#max, mean)
  }

  get count(): number {
    return this.#values.seen
  }

  /** Null while nothing was added. Tokens are whole; means keep a tenth. */
  spread(): TokenSpread | null {
    if (this.count === 0) return null
    return {
      mean: tenths(this.#mean / this.count),
      low: tenths(this.#low / this.count),
      high: tenths(this.#high / this.count),
      ...percentiles(this.#values.items),
      min: Math.round(this.#min),
      max: Math.round(this.#max),
    }
  }
}

/**
 * Spread of what was counted of `population` values. The bounds hold the mean of them all in 95 of 100 draws; where all
 * were counted they are the mean. Null for no value, or one out of more, which bounds nothing.
 */
export function countedSpread(values: readonly number[], population: number): TokenSpread | null {
  const count = values.length
  if (count === 0 || (count === 1 && population > 1)) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const margin = count < population ? CONFIDENCE * standardError(values, mean, population) : 0
  return {
    mean: tenths(mean),
    low: tenths(Math.max(0, mean - margin)),
    high: tenths(mean + margin),
    ...percentiles(values),
    min: Math.min(...values),
    max: Math.max(...values),
  }
}

function standardError(values: readonly number[], mean: number, population: number): number {
  const count = values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  return Math.sqrt((variance / count) * ((population - count) / (population - 1)))
}

function percentiles(values: readonly number[]): Pick<TokenSpread, 'p50' | 'p95'> {
  const sorted = values.toSorted((a, b) => a - b)
  // The nearest rank: a value that is there.
  const at = (share: number): number => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0)
  return {p50: at(0.5), p95: at(0.95)}
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
