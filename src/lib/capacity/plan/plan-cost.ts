import {type Decimal, decimal, ZERO} from '../../core/decimal.js'
import {amountOf} from '../../prices/amount-of.js'
import type {Rate} from '../../prices/price-book.js'
import type {OnDemandTokens, TokenKind} from './simulate.js'

export type TokenRates = Readonly<Partial<Record<TokenKind, Rate>>>

/** What a plan costs over the minutes of the traffic. */
export interface PlanCost {
  /** By the hour, used or not. */
  readonly capacity: Decimal
  /** Of what goes on demand. */
  readonly tokens: Decimal
  readonly total: Decimal
}

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const

/** What tokens on demand come to; null where a kind that is used has no price. */
export function tokensCost(tokens: OnDemandTokens, rates: TokenRates): Decimal | null {
  let sum = ZERO
  for (const kind of KINDS) {
    if (tokens[kind] === 0) continue
    const rate = rates[kind]
    if (rate === undefined) return null
    sum = sum.plus(amountOf(rate, tokens[kind]))
  }
  return sum
}

/** Capacity for so many minutes, and tokens; null where either has no price. */
export function planCost(
  hourly: Decimal | null,
  minutes: number,
  tokens: OnDemandTokens,
  rates: TokenRates,
): PlanCost | null {
  const onDemand = tokensCost(tokens, rates)
  if (hourly === null || onDemand === null) return null
  const capacity = hourly.times(decimal(minutes)).div(60)
  return {capacity, tokens: onDemand, total: capacity.plus(onDemand)}
}
