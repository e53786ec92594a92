import type {TrafficRow} from '../data.js'
import {groupBy} from '../group-by.js'
import {perKey} from '../memo.js'
import {countsAgainst} from './counts-against.js'
import type {QuotaLimit} from './quotas.schema.js'

/** The quotas of a Region that what a row calls takes of. */
export function limitsOf(row: TrafficRow, limits: readonly QuotaLimit[]): readonly QuotaLimit[] {
  const {byModel, ofAll} = indexed(limits)
  const own = row.about.model === null ? [] : (byModel.get(row.about.model) ?? [])
  return [...own, ...ofAll].filter((limit) => countsAgainst(row, limit))
}

/** A Region has hundreds of quotas, and of one model there are a few. */
const indexed = perKey((limits: readonly QuotaLimit[]) => {
  const byModel = groupBy(limits, ({model}) => model)
  return {byModel, ofAll: limits.filter(({named}) => named === null)}
})
