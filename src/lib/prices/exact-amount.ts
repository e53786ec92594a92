import {decimal} from '../core/decimal.js'

const AMOUNT = /^\d{1,15}(?:\.\d{1,30})?(?:e[-+]?\d{1,2})?$/i

/**
 * The price for `per` units where `text` is the price for `count`, as the number whose shortest notation is the exact
 * decimal; undefined where the text is no such amount or a number cannot hold it. Both counts are powers of ten.
 */
export function exactAmount(text: string, count: number, per: number): number | undefined {
  if (!AMOUNT.test(text)) return undefined
  const scaled = decimal(text).times(decimal(per).div(count))
  const amount = scaled.toNumber()
  return decimal(amount).eq(scaled) ? amount : undefined
}
