import type {Gate} from '../../core/answer.schema.js'
import {decimal} from '../../core/decimal.js'
import {plural} from '../../core/text.js'
import {amountWords, differenceWords, limitWords} from './change-words.js'
import type {CostDiff, LineChange, MoneyChange} from './cost-diff.schema.js'
import {identityOf} from './match-lines.js'
import type {CostLimits, Limit} from './parse-limits.js'

type Compared = Pick<CostDiff, 'after' | 'month' | 'workloads'>

/** Whether the month stays within the limits; what cannot be told does not. undefined: there is no limit. */
export function judgeLimits(diff: Compared, limits: CostLimits): Gate | undefined {
  const {maxIncrease, maxMonthly} = limits
  if (maxMonthly.length + maxIncrease.length === 0) return undefined
  const requirement = [
    ...maxMonthly.map((limit) => `a month of at most ${limitWords(limit)}`),
    ...maxIncrease.map((limit) => `at most ${limitWords(limit)} more a month`),
  ].join('; ')
  const failures = [
    ...(maxMonthly.length === 0 ? [] : judgeMonth(diff, maxMonthly)),
    ...(maxIncrease.length === 0 ? [] : judgeIncrease(diff, maxIncrease)),
  ]
  return {requirement, passed: failures.length === 0, failures}
}

function judgeMonth({after, workloads}: Compared, limits: CostLimits['maxMonthly']): readonly string[] {
  const unpriced = workloads.flatMap(({lines}) =>
    lines.filter(({after: line}) => line?.month === null && line.period === 'month'),
  ).length
  const over = after.month.flatMap(({amount, currency}) => {
    const limit = limits.find((one) => one.currency === currency)
    if (limit === undefined) return amount === 0 ? [] : [notCovered('--max-monthly', currency)]
    if (limit.amount.gte(amount)) return []
    const excess = amountWords(decimal(amount).minus(limit.amount), currency)
    return [`a month comes to ${amountWords(amount, currency)}, ${excess} over ${limitWords(limit)}`]
  })
  if (unpriced === 0) return over
  return [...over, `${plural(unpriced, 'line')} of ${after.file} without a price: a total that lacks them is no total`]
}

function judgeIncrease({month, workloads}: Compared, limits: readonly Limit[]): readonly string[] {
  const untold = workloads.flatMap(({lines}) => lines.filter(mayIncrease)).length
  const over = month.filter(({difference}) => difference > 0).flatMap((change) => judgeChange(change, limits))
  if (untold === 0) return over
  return [...over, `${plural(untold, 'line')} without a price that came or grew: how much more they cost is not known`]
}

/** A line that has no price and is the same as before adds nothing; any other may add anything. */
function mayIncrease({after, before, change}: LineChange): boolean {
  if (after === null || after.month !== null || after.period === 'once' || change === 'unchanged') return false
  if (before === null || before.month !== null || identityOf(before) !== identityOf(after)) return true
  return before.quantity < after.quantity
}

function judgeChange(change: MoneyChange, limits: readonly Limit[]): readonly string[] {
  const {currency, difference, percent} = change
  const holding = limits.filter((limit) => limit.kind === 'percent' || limit.currency === currency)
  if (holding.length === 0) return [notCovered('--max-increase', currency)]
  return holding.flatMap((limit) => {
    if (limit.kind === 'amount') return limit.amount.gte(difference) ? [] : [tooMuch(change, limit)]
    if (percent === null) return [`nothing with a price stood before, and ${tooMuch(change, limit)}`]
    return limit.percent.gte(percent) ? [] : [tooMuch(change, limit)]
  })
}

function tooMuch(change: MoneyChange, limit: Limit): string {
  return `${differenceWords(change)} a month is more than ${limitWords(limit)}`
}

function notCovered(flag: string, currency: string): string {
  return `a part is in ${currency}, for which there is no limit: add ${flag} "AMOUNT ${currency}"`
}
