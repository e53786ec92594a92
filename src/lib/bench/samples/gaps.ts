/**
 * Gaps between content-bearing events, pooled over a cell: count, sum, least and largest are exact; percentiles come
 * from logarithmic buckets 0.068 % wide. Least and largest are NaN where there is none.
 */
export interface GapHistogram {
  readonly count: number
  readonly sumMs: number
  readonly minMs: number
  readonly maxMs: number
  /** Buckets that hold something, ascending, and how many each holds. */
  readonly indexes: Uint32Array
  readonly counts: Float64Array
}

const PER_DOUBLING = 1024
const NS = 1e6
/** Up to 2^46 ns, which is 19 hours. */
const BUCKETS = 46 * PER_DOUBLING + 2

/** Bucket 0 holds gaps below a nanosecond: events of one read. */
export function gapBucket(ms: number): number {
  const ns = ms * NS
  if (!(ns >= 1)) return 0
  return Math.min(1 + Math.floor(Math.log2(ns) * PER_DOUBLING), BUCKETS - 1)
}

/** The middle of a bucket, in ms: at most 0.034 % from any gap in it. */
export function gapOfBucket(index: number): number {
  return index === 0 ? 0 : 2 ** ((index - 0.5) / PER_DOUBLING) / NS
}

export const NO_GAPS: GapHistogram = {
  count: 0,
  sumMs: 0,
  minMs: Number.NaN,
  maxMs: Number.NaN,
  indexes: new Uint32Array(0),
  counts: new Float64Array(0),
}

/** Counts gaps of one cell; about 370 kB, no allocation a gap. */
export class GapRecorder {
  readonly #counts = new Float64Array(BUCKETS)
  #count = 0
  /** Whole, so that sums are the same in any order: exact up to 26 days of gaps. */
  #sumNs = 0
  #minMs = Number.POSITIVE_INFINITY
  #maxMs = Number.NEGATIVE_INFINITY

  add(ms: number): void {
    const bucket = gapBucket(ms)
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#count += 1
    this.#sumNs += Math.round(ms * NS)
    if (ms < this.#minMs) this.#minMs = ms
    if (ms > this.#maxMs) this.#maxMs = ms
  }

  /** What was added up to now by this recorder and by others. */
  merge(other: GapHistogram): void {
    if (other.count === 0) return
    for (const [place, index] of other.indexes.entries()) {
      this.#counts[index] = (this.#counts[index] ?? 0) + (other.counts[place] ?? 0)
    }
    this.#count += other.count
    this.#sumNs += Math.round(other.sumMs * NS)
    this.#minMs = Math.min(this.#minMs, other.minMs)
    this.#maxMs = Math.max(this.#maxMs, other.maxMs)
  }

  histogram(): GapHistogram {
    if (this.#count === 0) return NO_GAPS
    const indexes: number[] = []
    for (let index = 0; index < BUCKETS; index += 1) if ((this.#counts[index] ?? 0) > 0) indexes.push(index)
    return {
      count: this.#count,
      sumMs: this.#sumNs / NS,
      minMs: this.#minMs,
      maxMs: this.#maxMs,
      indexes: Uint32Array.from(indexes),
      counts: Float64Array.from(indexes, (index) => this.#counts[index] ?? 0),
    }
  }
}

/** Exact: the same for the same gaps in any order and any grouping. */
export function mergeGaps(histograms: Iterable<GapHistogram>): GapHistogram {
  const recorder = new GapRecorder()
  for (const histogram of histograms) recorder.merge(histogram)
  return recorder.histogram()
}
