import type {QuotaBucket} from './token-bucket.js'

const DAY_MS = 86_400_000

/** What a quota of a day has left: all of it again at midnight, UTC. */
export class DayBucket implements QuotaBucket {
  readonly perDay: number
  #day = 0
  #taken = 0

  constructor(perDay: number) {
    this.perDay = perDay
  }

  level(now: number): number {
    const day = Math.floor(now / DAY_MS)
    if (day > this.#day) this.#taken = 0
    this.#day = Math.max(day, this.#day)
    return this.perDay - this.#taken
  }

  /** What was taken the day before is not given back. */
  take(amount: number, now: number): void {
    this.#taken = Math.max(0, this.perDay - this.level(now) + amount)
  }

  fill(): void {
    this.#taken = 0
  }
}
