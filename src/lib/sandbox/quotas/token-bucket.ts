const MINUTE_MS = 60_000

/** A minute's worth of something, refilled as the minute goes by. It may be in debt. */
export class TokenBucket {
  readonly perMinute: number
  #level: number
  #filledAt: number

  constructor(perMinute: number, now: number) {
    this.perMinute = perMinute
    this.#level = perMinute
    this.#filledAt = now
  }

  /** What is left at a moment in milliseconds. */
  level(now: number): number {
    const passed = Math.max(0, now - this.#filledAt)
    this.#level = Math.min(this.perMinute, this.#level + (passed / MINUTE_MS) * this.perMinute)
    this.#filledAt = Math.max(now, this.#filledAt)
    return this.#level
  }

  /** Takes an amount, or gives back a negative one. */
  take(amount: number, now: number): void {
    this.#level = Math.min(this.perMinute, this.level(now) - amount)
  }
}
