import type {Catalog} from '../../catalog/catalog.js'
import {toNumber} from '../../core/decimal.js'
import {unitCosts} from '../estimate/estimate.js'
import {changesFrom} from './changes-from.js'
import type {Choice, Difference} from './compare.schema.js'
import {describeCandidate} from './describe-candidate.js'
import type {PricedCandidate} from './price-candidates.js'

/** What every choice is set beside. */
export interface References {
  readonly baseline: PricedCandidate
  readonly cheapest: PricedCandidate
  readonly catalog: Catalog
}

/** A function that tells a priced candidate in full, with what it changes. */
export function choiceTeller({baseline, catalog, cheapest}: References): (priced: PricedCandidate) => Choice {
  const reference = tell(baseline, catalog)
  return (priced) => {
    const told = priced === baseline ? reference : tell(priced, catalog)
    return {
      ...told,
      overCheapest: differenceOf(priced, cheapest),
      overBaseline: differenceOf(priced, baseline),
      baseline: priced === baseline,
      changes: changesFrom(told, reference),
    }
  }
}

/** How much more than a reference; null over two currencies. */
export function differenceOf(priced: PricedCandidate, reference: PricedCandidate): Difference {
  const {currency, month} = priced
  if (currency !== reference.currency) return null
  const more = month.minus(reference.month)
  const share = reference.month.eq(0) ? null : toNumber(more.div(reference.month))
  return {amount: toNumber(more), currency, share}
}

/** A choice before it is set beside others. */
type Told = Omit<Choice, 'overCheapest' | 'overBaseline' | 'baseline' | 'changes'>

function tell({candidate, estimate, month, currency}: PricedCandidate, catalog: Catalog): Told {
  const {perMillionTokens, perRequest} = unitCosts(estimate)
  return {
    ...describeCandidate(candidate, catalog),
    month: {currency, amount: toNumber(month)},
    ...{perRequest, perMillionTokens},
    price: weakestOf(estimate.lines.flatMap(({rate}) => rate ?? [])),
  }
}

const TRUST = ['low', 'medium', 'high'] as const

/** The oldest date, every source and the least trust: a sum is as good as the worst of its prices. */
function weakestOf(prices: readonly Choice['price'][]): Choice['price'] {
  const dates = prices.map(({asOf}) => asOf).filter((date) => date !== '')
  return {
    asOf: dates.sort()[0] ?? '',
    sources: [...new Set(prices.flatMap(({sources}) => sources))],
    confidence: TRUST.find((level) => prices.some(({confidence}) => confidence === level)) ?? 'high',
  }
}
