import {normalQuantile, normalShare} from './normal.js'

/** So many samples with so much together, spread like a lognormal distribution around their mean; 0: all the same. */
interface Part {
  count: number
  sum: number
  readonly sigma: number
}

/** Parts of about one mean are kept as one. */
const ALIKE = 1.1
const MOST_PARTS = 160
const FEW = 32
const MOST_EDGES = 1000

/** What samples of a metric amount to. It keeps no samples, only how they are spread: it stays small. */
export class Tally {
  count = 0
  sum = 0
  readonly #parts: Part[] = []

  add(count: number, sum: number, sigma: number): void {
    if (count <= 0) return
    this.count += count
    this.sum += sum
    const known = this.#parts.length === 0 ? undefined : this.#alike(sum / count, sigma)
    if (known) {
      known.count += count
      known.sum += sum
    } else this.#parts.push({count, sum, sigma})
  }

  join(other: Tally): void {
    for (const {count, sum, sigma} of other.#parts) this.add(count, sum, sigma)
  }

  #alike(mean: number, sigma: number): Part | undefined {
    const full = this.#parts.length >= MOST_PARTS
    return this.#parts.find((part) => {
      if (part.sigma !== sigma) return false
      const own = part.sum / part.count
      return full || own === mean || (own * ALIKE > mean && mean * ALIKE > own)
    })
  }

  get minimum(): number {
    return Math.min(...this.#parts.map((part) => quantileOf(part, 0)))
  }

  get maximum(): number {
    return Math.max(...this.#parts.map((part) => quantileOf(part, 1)))
  }

  /** `share` from 0 to 1. */
  quantile(share: number): number {
    const [first, second] = this.#parts
    if (!first) return 0
    return second ? mixedQuantile(this.#parts.map(spreadOf), share * this.count) : quantileOf(first, share)
  }

  /** Share of the samples that are no more than a value. */
  shareUpTo(value: number): number {
    return countUpTo(this.#parts.map(spreadOf), value) / this.count
  }

  /** Of the samples between two shares. */
  trimmedMean(from: number, to: number): number {
    const points = Array.from({length: FEW}, (_, index) => from + ((index + 0.5) / FEW) * (to - from))
    return points.reduce((total, point) => total + this.quantile(point), 0) / FEW
  }
}

function quantileOf(part: Part, share: number): number {
  const {count, sum, sigma} = part
  if (sigma === 0) return sum / count
  const edge = edgeOf(count)
  const place = share <= 0 ? -edge : share >= 1 ? edge : Math.min(edge, Math.max(-edge, normalAt(share)))
  return medianOf(part) * Math.exp(sigma * place)
}

/** A part, worked out for being asked often. */
interface Spread {
  readonly count: number
  readonly sigma: number
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

function spreadOf(part: Part): Spread {
  const {count, sigma} = part
  if (sigma === 0) {
    const value = part.sum / count
    return {count, sigma, median: value, lowest: value, highest: value}
  }
  const median = medianOf(part)
  const reach = Math.exp(sigma * edgeOf(count))
  return {count, sigma, median, lowest: median / reach, highest: median * reach}
}

function countUpTo(spreads: readonly Spread[], value: number): number {
  let total = 0
  for (const {count, sigma, median, lowest, highest} of spreads) {
    if (value >= highest) total += count
    else if (value >= lowest) total += count * normalShare(Math.log(value / median) / sigma)
  }
  return total
}

const EXACT = 1e-4

/** The least value that so many samples do not pass, by halving. */
function mixedQuantile(spreads: readonly Spread[], samples: number): number {
  let low = Math.min(...spreads.map(({lowest}) => lowest))
  let high = Math.max(...spreads.map(({highest}) => highest))
  // Of 100 % too, rounding must not ask for more than there is.
  const wanted = samples * (1 - 1e-12)
  if (countUpTo(spreads, low) >= wanted) return low
  while (high > low * (1 + EXACT)) {
    const middle = low > 0 ? Math.sqrt(low * high) : high / 2
    if (countUpTo(spreads, middle) < wanted) low = middle
    else high = middle
    if (high < 1e-9) break
  }
  return high
}

const edges: number[] = []

/** How far out, in standard deviations, the last of so many samples lies. */
function edgeOf(count: number): number {
  const whole = Math.max(1, Math.round(count))
  if (whole > MOST_EDGES) return normalQuantile(1 - 0.5 / whole)
  edges[whole] ??= normalQuantile(1 - 0.5 / whole)
  return edges[whole] ?? 0
}

const quantiles = new Map<number, number>()

function normalAt(share: number): number {
  const known = quantiles.get(share) ?? normalQuantile(share)
  if (quantiles.size < MOST_EDGES) quantiles.set(share, known)
  return known
}

const medianOf = ({count, sum, sigma}: Part): number => sum / count / meanOverMedian(count, sigma)

const known = new Map<number, number[]>()

/** Of few samples the mean is that of their places in the distribution: it never passes the highest one. */
function meanOverMedian(count: number, sigma: number): number {
  const whole = Math.round(count)
  if (whole > FEW) return Math.exp((sigma * sigma) / 2)
  const table = known.get(sigma) ?? []
  known.set(sigma, table)
  let factor = table[whole]
  if (factor === undefined) {
    factor = 0
    for (let place = 0; place < whole; place += 1) factor += Math.exp(sigma * normalQuantile((place + 0.5) / whole))
    factor = whole === 0 ? 1 : factor / whole
    table[whole] = factor
  }
  return factor
}
