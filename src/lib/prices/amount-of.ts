import {type Decimal, decimal, ONE} from '../core/decimal.js'
import type {Rate} from './price-book.js'

const shares = new Map<number, Decimal>()

/** What so many units of a meter come to at a price; not rounded. */
export function amountOf({amount, per}: Pick<Rate, 'amount' | 'per'>, quantity: Decimal | number): Decimal {
  return decimal(quantity).times(amount).times(shareOf(per))
}

/** One over `per`, exact for the powers of ten that prices are for; a product is several times faster than a division. */
function shareOf(per: number): Decimal {
  const known = shares.get(per) ?? ONE.div(per)
  shares.set(per, known)
  return known
}
