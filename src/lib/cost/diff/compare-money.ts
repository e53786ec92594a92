import {decimal, toNumber} from '../../core/decimal.js'
import type {MoneyAmount} from '../estimate/estimate.schema.js'
import type {MoneyChange} from './cost-diff.schema.js'

/** Two lists of amounts, currency by currency; what one of them lacks is nothing there. */
export function compareMoney(before: readonly MoneyAmount[], after: readonly MoneyAmount[]): readonly MoneyChange[] {
  const currencies = [...new Set([...after, ...before].map(({currency}) => currency))]
  return currencies.map((currency) => {
    const was = decimal(before.find((one) => one.currency === currency)?.amount ?? 0)
    const is = decimal(after.find((one) => one.currency === currency)?.amount ?? 0)
    const difference = is.minus(was)
    return {
      currency,
      before: toNumber(was),
      after: toNumber(is),
      difference: toNumber(difference),
      percent: was.eq(0) ? null : toNumber(difference.div(was).times(100)),
    }
  })
}
