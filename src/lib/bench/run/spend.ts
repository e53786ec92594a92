import {type Decimal, decimal, sumOf, toNumber, ZERO} from '../../core/decimal.js'
import type {LoadTick} from '../load/load.js'
import type {TokenRates} from '../metrics/summary.schema.js'
import {type RequestTokens, usdOf} from './estimate.js'

/** Counts what a run has spent, by what the answers told of their tokens, and what is under way at most. */
export class SpendWatch {
  readonly #rates: readonly (TokenRates | undefined)[]
  readonly #largest: RequestTokens
  readonly #ofCells = new Map<number, Decimal>()
  #reserved: Decimal = ZERO
  /** Spent between the last two ticks: as much again is before the next. */
  #sinceTick: Decimal = ZERO

  /** largest: of the longest request of all, for what is in flight. */
  constructor(rates: readonly (TokenRates | undefined)[], largest: RequestTokens) {
    this.#rates = rates
    this.#largest = largest
  }

  take(target: number, {cell, inFlight, usage}: LoadTick): void {
    const rates = this.#rates[target]
    if (rates === undefined) return
    const usd = usdOf(usage, rates)
    this.#sinceTick = usd.minus(this.#ofCells.get(cell) ?? ZERO)
    this.#ofCells.set(cell, usd)
    this.#reserved = usdOf(this.#largest, rates).times(inFlight)
  }

  /** What a cell left behind is spent; nothing of it is under way. */
  cellEnded(): void {
    this.#reserved = ZERO
    this.#sinceTick = ZERO
  }

  /** undefined: nothing of this run has a price. */
  get usd(): number | undefined {
    if (this.#rates.every((rates) => rates === undefined)) return undefined
    return toNumber(sumOf(this.#ofCells.values()))
  }

  /** With what is in flight, as long as it may get, and what answers quicker than this is asked. */
  reaches(maxUsd: number): boolean {
    return sumOf(this.#ofCells.values()).plus(this.#reserved).plus(this.#sinceTick).gte(decimal(maxUsd))
  }
}
