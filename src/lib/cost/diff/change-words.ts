import type {Decimal} from '../../core/decimal.js'
import {formatMoney} from '../../output/money.js'
import type {CostDiff, MoneyChange} from './cost-diff.schema.js'
import type {Limit} from './parse-limits.js'

/** `+$416.00`, `-$3.20`, `$0.00`. */
export function signedMoney(amount: number, currency: string): string {
  return `${amount > 0 ? '+' : ''}${formatMoney(amount, currency)}`
}

/** `+28.3 %`; empty where nothing was there before. */
export function signedPercent(percent: number | null): string {
  if (percent === null) return ''
  const digits = Math.abs(percent) >= 1000 ? 0 : 1
  const text = percent.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits})
  return `${percent > 0 ? '+' : ''}${text} %`
}

/** `+$416.00 (+105.1 %)`. */
export function differenceWords({currency, difference, percent}: MoneyChange): string {
  const share = difference === 0 ? '' : signedPercent(percent)
  return `${signedMoney(difference, currency)}${share === '' ? '' : ` (${share})`}`
}

export function amountWords(amount: Decimal | number, currency: string): string {
  return formatMoney(Number(amount), currency)
}

/** `10 %`, `$5,000.00`. */
export function limitWords(limit: Limit): string {
  return limit.kind === 'percent' ? `${limit.percent} %` : amountWords(limit.amount, limit.currency)
}

/** `+$416.00 (+105.1 %) a month`; what is paid once beside it, and the year where only growth differs. */
export function headline({month, once, year}: Pick<CostDiff, 'month' | 'once' | 'year'>): string {
  if (month.length === 0 && once.length === 0) return 'no known cost'
  const single = once.filter(({difference}) => difference !== 0)
  const isSteady = month.every(({difference}) => difference === 0)
  const grown = isSteady && single.length === 0 ? year.filter(({difference}) => difference !== 0) : []
  return [
    `${isSteady ? 'no change' : month.map(differenceWords).join(', ')} a month`,
    ...single.map((one) => `${signedMoney(one.difference, one.currency)} once`),
    ...grown.map((one) => `${differenceWords(one)} in the first year`),
  ].join(', ')
}
