/** Buckets of a twentieth of a millisecond. */
const PER_MS = 20
const MOST_MS = 1000

export interface LagSummary {
  readonly writes: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** How long after they were due writes came. */
export class LagHistogram {
  readonly #buckets = new Uint32Array(MOST_MS * PER_MS + 1)
  #writes = 0
  #max = 0

  add(ms: number): void {
    const bucket = Math.min(this.#buckets.length - 1, Math.max(0, Math.floor(ms * PER_MS)))
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#writes += 1
    if (ms > this.#max) this.#max = ms
  }

  clear(): void {
    this.#buckets.fill(0)
    this.#writes = 0
    this.#max = 0
  }

  /** Milliseconds, rounded up to the buckets. */
  summary(): LagSummary {
    return {writes: this.#writes, p50: this.#at(0.5), p99: this.#at(0.99), max: this.#max}
  }

  #at(share: number): number {
    let seen = 0
    for (const [bucket, count] of this.#buckets.entries()) {
      seen += count
      if (count > 0 && seen >= share * this.#writes) return (bucket + 1) / PER_MS
    }
    return 0
  }
}
