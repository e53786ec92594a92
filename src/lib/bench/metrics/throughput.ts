import {type CellSamples, inputTokens, isCancelled, type KeptColumns, outputTokens} from './cell-samples.js'
import type {CellSummary} from './summary.schema.js'
import type {Extents} from './window.js'

const PARTS = 20
/** Shares of tokens are summed as whole millionths: the sum is the same in any order. */
const FINE = 1e6
/** Student's t of 19 degrees of freedom. */
const T = 2.093

/**
 * What was done in the window, whoever was sent when: requests by their end, tokens of an answer spread evenly from its
 * first to its last, tokens of a prompt when its answer begins; of what was cancelled, the tokens that came. The
 * interval is from twenty equal parts of the window.
 */
export function throughputOf(samples: CellSamples, {window, whole}: Extents): CellSummary['throughput'] {
  const parts = new Parts(window.fromMs, window.toMs)
  const all = new Parts(whole.fromMs, whole.toMs)
  samples.each((of, row) => {
    if (of.error[row] !== 0) return
    parts.add(of, row)
    all.add(of, row)
  })
  const {requestsPerSecond, outputTokensPerSecond, inputTokensPerSecond} = parts.rates()
  const ofAll = all.rates()
  return {
    requestsPerSecond,
    outputTokensPerSecond,
    inputTokensPerSecond,
    whole: {requestsPerSecond: ofAll.requestsPerSecond, outputTokensPerSecond: ofAll.outputTokensPerSecond},
    interval: parts.intervals(),
  }
}

class Parts {
  readonly requests = new Float64Array(PARTS)
  readonly output = new Float64Array(PARTS)
  input = 0
  readonly #from: number
  /** As it was given: twenty widths may round to less, and leave out the last answer of a cell. */
  readonly #to: number
  readonly #width: number

  constructor(from: number, to: number) {
    this.#from = from
    this.#to = to
    this.#width = (to - from) / PARTS
  }

  add(segment: KeptColumns, row: number): void {
    if (!isCancelled(segment, row)) this.#count(segment.end[row] ?? Number.NaN)
    const tokens = outputTokens(segment, row)
    const first = segment.first[row] ?? Number.NaN
    const last = segment.last[row] ?? Number.NaN
    if (first >= this.#from && first <= this.#to) this.input += inputTokens(segment, row)
    if (first < last) this.#spread(tokens, first, last)
    else if (first >= this.#from && first <= this.#to) addTo(this.output, this.#partOf(first), tokens * FINE)
  }

  rates() {
    const seconds = (this.#to - this.#from) / 1000
    const per = (value: number) => (seconds > 0 ? value / seconds : 0)
    return {
      requestsPerSecond: per(sum(this.requests)),
      outputTokensPerSecond: per(sum(this.output) / FINE),
      inputTokensPerSecond: per(this.input),
    }
  }

  intervals(): CellSummary['throughput']['interval'] {
    const enough = sum(this.requests) >= PARTS * 5
    const of = (values: Float64Array) => (enough ? meanInterval(values, this.#width / 1000) : null)
    const tokens = this.output.map((fine) => fine / FINE)
    return {requestsPerSecond: of(this.requests), outputTokensPerSecond: of(tokens)}
  }

  #partOf(at: number): number {
    return Math.min(PARTS - 1, Math.floor((at - this.#from) / this.#width))
  }

  #count(end: number): void {
    if (end >= this.#from && end <= this.#to) addTo(this.requests, this.#partOf(end), 1)
  }

  #spread(tokens: number, first: number, last: number): void {
    const to = this.#to
    if (last < this.#from || first > to || this.#width <= 0) return
    const from = this.#partOf(Math.max(first, this.#from))
    const until = this.#partOf(Math.min(last, to))
    for (let part = from; part <= until; part += 1) {
      const low = this.#from + part * this.#width
      const overlap = Math.min(last, low + this.#width) - Math.max(first, low)
      if (overlap > 0) addTo(this.output, part, Math.round((tokens * overlap * FINE) / (last - first)))
    }
  }
}

function meanInterval(values: Float64Array, seconds: number): {low: number; high: number} {
  const mean = sum(values) / PARTS
  let squared = 0
  for (const value of values) squared += (value - mean) ** 2
  const half = T * Math.sqrt((squared / (PARTS - 1) / PARTS) * alikeness(values, mean, squared))
  return {low: Math.max(0, mean - half) / seconds, high: (mean + half) / seconds}
}

/** A part resembles the one before where answers take longer than a part: by so much more does their mean scatter. */
function alikeness(values: Float64Array, mean: number, squared: number): number {
  let products = 0
  for (let at = 1; at < values.length; at += 1) products += ((values[at - 1] ?? 0) - mean) * ((values[at] ?? 0) - mean)
  return squared === 0 ? 1 : Math.max(1, 1 + (2 * products) / squared)
}

function addTo(values: Float64Array, at: number, amount: number): void {
  values[at] = (values[at] ?? 0) + amount
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
