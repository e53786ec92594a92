import type {Change, CostDiff, MoneyChange, WorkloadChange} from './cost-diff.schema.js'

/** One amount before and after, and of what it is. */
export interface Amount extends MoneyChange {
  /** null: of all workloads. */
  readonly workload: string | null
  readonly change: Change | null
  readonly period: 'month' | 'once' | 'year'
}

/** What a workload costs a month, and what is paid for it once, where there is any. */
export function amountsOf({change, month, name, once}: WorkloadChange): readonly Amount[] {
  return [
    ...month.map((one): Amount => ({...one, workload: name, change, period: 'month'})),
    ...once.map((one): Amount => ({...one, workload: name, change, period: 'once'})),
  ]
}

/** What all workloads cost together. */
export function totalsOf({month, once, year}: CostDiff): readonly Amount[] {
  const periods = {month, once, year} as const
  return (['month', 'once', 'year'] as const).flatMap((period) =>
    periods[period].map((one): Amount => ({...one, workload: null, change: null, period})),
  )
}
