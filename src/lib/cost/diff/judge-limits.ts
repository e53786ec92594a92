import type {Gate} from '../../core/answer.schema.js'
import {decimal} from '../../core/decimal.js'
import {plural} from '../../core/text.js'
import {amountWords, differenceWords, limitWords} from './change-words.js'
import type {MonthChange} from './compare-months.js'
import type {CostDiff, LineChange} from './cost-diff.schema.js'
import {identityOf} from './match-lines.js'
import type {CostLimits, Limit} from './parse-limits.js'

interface Compared extends Pick<CostDiff, 'after' | 'workloads'> {
  readonly months: readonly MonthChange[]
}

/** Whether every month stays within the limits, grown ones too; what cannot be told does not. undefined: there is no limit. */
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

function judgeMonth({after, months, workloads}: Compared, limits: CostLimits['maxMonthly']): readonly string[] {
  const unpriced = workloads.flatMap(({lines}) =>
    lines.filter(({after: line}) => line?.month === null && line.period === 'month'),
  ).length
  const over = worstOf(months, ({number, change: {after: amount, currency}}) => {
    const limit = limits.find((one) => one.currency === currency)
    if (limit === undefined) return amount === 0 ? [] : [notCovered('--max-monthly', currency)]
    if (limit.amount.gte(amount)) return []
    const excess = amountWords(decimal(amount).minus(limit.amount), currency)
    const month = number === null ? 'a month' : `month ${number} of the year`
    return [`${month} comes to ${amountWords(amount, currency)}, ${excess} over ${limitWords(limit)}`]
  })
  if (unpriced === 0) return over
  return [...over, `${plural(unpriced, 'line')} of ${after.file} without a price: a total that lacks them is no total`]
}

/** What the stated month breaks; where it breaks nothing, what the month does that costs most more. */
function worstOf(months: readonly MonthChange[], judge: (month: MonthChange) => readonly string[]): readonly string[] {
  const currencies = [...new Set(months.map(({change}) => change.currency))]
  return currencies.flatMap((currency) => {
    const own = months.filter(({change}) => change.currency === currency)
    const broken = own.map((month) => ({...month, said: judge(month)})).filter(({said}) => said.length > 0)
    const stated = broken.find(({number}) => number === null)
    const [worst] = broken.toSorted((a, b) => b.change.after - a.change.after)
    return (stated ?? worst)?.said ?? []
  })
}

function judgeIncrease({months, workloads}: Compared, limits: readonly Limit[]): readonly string[] {
  const untold = workloads.flatMap(({lines}) => lines.filter(mayIncrease)).length
  const over = worstOf(
    months.filter(({change}) => change.difference > 0),
    (month) => judgeChange(month, limits),
  )
  if (untold === 0) return over
  return [...over, `${plural(untold, 'line')} without a price that came or grew: how much more they cost is not known`]
}

/** A line that has no price and is the same as before adds nothing; any other may add anything. */
function mayIncrease({after, before, change}: LineChange): boolean {
  if (after === null || after.month !== null || after.period === 'once' || change === 'unchanged') return false
  if (before === null || before.month !== null || identityOf(before) !== identityOf(after)) return true
  return before.quantity < after.quantity
}

function judgeChange(month: MonthChange, limits: readonly Limit[]): readonly string[] {
  const {currency, difference, percent} = month.change
  const holding = limits.filter((limit) => limit.kind === 'percent' || limit.currency === currency)
  if (holding.length === 0) return [notCovered('--max-increase', currency)]
  return holding.flatMap((limit) => {
    if (limit.kind === 'amount') return limit.amount.gte(difference) ? [] : [tooMuch(month, limit)]
    if (percent === null) return [`nothing with a price stood before, and ${tooMuch(month, limit)}`]
    return limit.percent.gte(percent) ? [] : [tooMuch(month, limit)]
  })
}

function tooMuch({change, number}: MonthChange, limit: Limit): string {
  return `${differenceWords(change)} ${number === null ? 'a month' : `in month ${number} of the year`} is more than ${limitWords(limit)}`
}

function notCovered(flag: string, currency: string): string {
  return `a part is in ${currency}, for which there is no limit: add ${flag} "AMOUNT ${currency}"`
}
