import {toNumber} from '../../core/decimal.js'
import type {TokenStatistics} from '../tokens/token-statistics.schema.js'
import type {Workload} from '../workload/workload.schema.js'
import type {CountedTokens, MoneyAmount} from './estimate.schema.js'
import {type EstimatePorts, estimateWorkload} from './estimate-workload.js'

/** A workload whose tokens were counted: with the lower and the upper bound of their means. */
export interface CountedWorkload {
  readonly statistics: TokenStatistics
  readonly low: Workload
  readonly high: Workload
}

/** What the bounds of the counted tokens make of the month; the workload itself was priced before. */
export function countedTokens(
  {high, low, statistics}: CountedWorkload,
  region: string | undefined,
  ports: EstimatePorts,
): CountedTokens {
  const monthOf = (workload: Workload): readonly MoneyAmount[] => {
    const estimate = estimateWorkload(workload, region, ports)
    if (!('lines' in estimate)) return []
    return estimate.month.map(({amount, currency}) => ({currency, amount: toNumber(amount)}))
  }
  return {...statistics, month: {low: monthOf(low), high: monthOf(high)}}
}
