import {type Decimal, toNumber, ZERO} from '../../core/decimal.js'
import type {MoneyAmount} from '../estimate/estimate.schema.js'

/** Amounts by currency; two currencies are never added. */
export type Purse = ReadonlyMap<string, Decimal>

export interface Coin {
  readonly currency: string
  readonly amount: Decimal
}

export function purseOf(coins: Iterable<Coin>): Purse {
  const purse = new Map<string, Decimal>()
  for (const {currency, amount} of coins) purse.set(currency, (purse.get(currency) ?? ZERO).plus(amount))
  return purse
}

/** For JSON, by currency. */
export function toMoney(purse: Purse): readonly MoneyAmount[] {
  return [...purse]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({currency, amount: toNumber(amount)}))
}
