import type {Decimal} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {parseQuantity} from '../../core/quantity.js'

/** What a month may cost, or how much more than before. */
export type Limit =
  | {readonly kind: 'amount'; readonly amount: Decimal; readonly currency: string}
  | {readonly kind: 'percent'; readonly percent: Decimal}

export interface CostLimits {
  /** Each in another currency. */
  readonly maxMonthly: readonly (Limit & {readonly kind: 'amount'})[]
  /** All must hold. */
  readonly maxIncrease: readonly Limit[]
}

/** The limits as given in flags: `5000`, `$5,000`, `9k CNY`, and `10%` for an increase. */
export function parseLimits(monthly: readonly string[], increase: readonly string[]): CostLimits {
  const maxMonthly = monthly.map(
    (text) => parseAmount(text) ?? refuse('--max-monthly', text, '5000, 7.5k or "9000 CNY"'),
  )
  const twice = maxMonthly.find(({currency}, index) => maxMonthly.findIndex((one) => one.currency === currency) < index)
  if (twice) {
    throw usageError('INVALID_LIMIT', `--max-monthly is given twice in ${twice.currency}.`, {
      hint: 'Give one limit a currency.',
    })
  }
  const maxIncrease = increase.map(
    (text) => parsePercent(text) ?? parseAmount(text) ?? refuse('--max-increase', text, '10%, 500 or "900 CNY"'),
  )
  return {maxMonthly, maxIncrease}
}

function parsePercent(text: string): Limit | undefined {
  const [, number] = /^(.*)%$/.exec(text.trim()) ?? []
  const percent = number === undefined ? undefined : parseQuantity(number)
  return percent && {kind: 'percent', percent}
}

function parseAmount(text: string): (Limit & {kind: 'amount'}) | undefined {
  const [, before, number = '', after] = /^([A-Z]{3}|\$)?\s*([^A-Z$]*?)\s*([A-Z]{3})?$/.exec(text.trim()) ?? []
  const amount = parseQuantity(number)
  if (amount === undefined || (before !== undefined && after !== undefined)) return undefined
  const code = before === '$' ? undefined : (before ?? after)
  return {kind: 'amount', amount, currency: code ?? 'USD'}
}

function refuse(flag: string, text: string, such: string): never {
  throw usageError('INVALID_LIMIT', `${flag} ${text} is no limit.`, {hint: `Write ${such}.`})
}
