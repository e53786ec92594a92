const MINUTE_MS = 60_000

/** What a quota holds. */
export interface QuotaBucket {
  readonly perMinute?: number
  readonly perDay?: number
  /** What is left at a moment in milliseconds. */
  level(now: number): number
  /** Takes an amount, or gives back a negative one. */
  take(amount: number, now: number): void
  /** Full again. */
  fill(): void
}

/** So much of something a minute, refilled as the minute goes by, up to its size. It may be in debt. */
export class TokenBucket implements QuotaBucket {
  readonly perMinute: number
  readonly #size: number
  #level: number
  #filledAt: number

  /** Full at the beginning; it holds a minute's worth unless `size` says otherwise. */
  constructor(perMinute: number, now: number, size: number = perMinute) {
    this.perMinute = perMinute
    this.#size = size
    this.#level = size
    this.#filledAt = now
  }

  level(now: number): number {
    const passed = Math.max(0, now - this.#filledAt)
    this.#level = Math.min(this.#size, this.#level + (passed / MINUTE_MS) * this.perMinute)
    this.#filledAt = Math.max(now, this.#filledAt)
    return this.#level
  }

  take(amount: number, now: number): void {
    this.#level = Math.min(this.#size, this.level(now) - amount)
  }

  fill(): void {
    this.#level = this.#size
  }
}
