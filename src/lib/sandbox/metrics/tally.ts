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

/** What samples of a metric amount to. It keeps no samples, only how they are spread: it stays small. */
export class Tally {
  count = 0
  sum = 0
  readonly #parts: Part[] = []

  add(count: number, sum: number, sigma: number): void {
    if (count <= 0) return
    this.count += count
    this.sum += sum
    const known = this.#alike(sum / count, sigma)
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
    const [first, ...others] = this.#parts
    if (!first) return 0
    if (others.length === 0) return quantileOf(first, share)
    let low = this.minimum
    let high = this.maximum
    for (let step = 0; step < 48 && high - low > 1e-6 * high; step += 1) {
      const middle = (low + high) / 2
      if (this.shareUpTo(middle) < share) low = middle
      else high = middle
    }
    return high
  }

  /** Share of the samples that are no more than a value. */
  shareUpTo(value: number): number {
    return this.#parts.reduce((total, part) => total + part.count * shareOf(part, value), 0) / this.count
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
  const edge = Math.min(0.5, 0.5 / count)
  return medianOf(part) * Math.exp(sigma * normalQuantile(Math.min(1 - edge, Math.max(edge, share))))
}

function shareOf(part: Part, value: number): number {
  if (part.sigma === 0) return value >= part.sum / part.count ? 1 : 0
  if (value >= quantileOf(part, 1)) return 1
  if (value < quantileOf(part, 0)) return 0
  return normalShare(Math.log(value / medianOf(part)) / part.sigma)
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
