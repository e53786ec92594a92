import {decimal} from '../../core/decimal.js'
import type {EstimateResult, MoneyAmount} from '../estimate/estimate.schema.js'
import {addTotals} from '../estimate/estimate-workload.js'
import {compareMoney} from './compare-money.js'
import type {MoneyChange} from './cost-diff.schema.js'

/** What all workloads cost in one month, before and after. */
export interface MonthChange {
  /** null: the month as stated; else one of the twelve that growth or a profile makes of it, from 1 on. */
  readonly number: number | null
  readonly change: MoneyChange
}

/** The stated month and, where any workload grows or has a profile, each of the twelve months. */
export function compareMonths(before: EstimateResult, after: EstimateResult): readonly MonthChange[] {
  const stated = compareMoney(before.month, after.month).map((change) => ({number: null, change}))
  const steady = [before, after].every(({workloads}) => workloads.every(({months}) => months === null))
  if (steady) return stated
  const twelve = Array.from({length: 12}, (_, index) =>
    compareMoney(monthOf(before, index), monthOf(after, index)).map((change) => ({number: index + 1, change})),
  )
  return [...stated, ...twelve.flat()]
}

function monthOf({workloads}: EstimateResult, index: number): readonly MoneyAmount[] {
  const amounts = workloads.map(({month, months}) => months?.[index] ?? month)
  const totals = addTotals(amounts.map((one) => one.map(({amount, currency}) => ({currency, amount: decimal(amount)}))))
  return totals.map(({amount, currency}) => ({currency, amount: Number(amount)}))
}
