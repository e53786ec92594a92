import {type Decimal, decimal, ONE} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type PricedUsage, priceUsages} from '../price-usage.js'
import {importedModelDemand} from '../workload/imported-model/imported-model-demand.js'
import {bentCurve, type CostCurve, costAt, type Formula, steppedCurve} from './cost-curve.js'
import type {BreakEvenCase, CostOption, ImportedTerms, UnpricedOption} from './cost-option.js'
import {amountOf, contextOf, guardrailPerRequest} from './price-option.js'

const OPTION = {id: 'imported', name: 'Imported model'} as const
const WINDOWS_PER_HOUR = 12
const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60

/** An imported model: copies by Custom Model Units, in windows of five minutes in which a request falls. */
export function importedOption(subject: BreakEvenCase, book: PriceBook): CostOption | UnpricedOption {
  const {call, terms} = subject
  const {imported} = terms
  if (!imported) {
    const why =
      'the Custom Model Units of one copy are not given: --units-per-copy (GetImportedModel says it after the import)'
    return {kind: 'unpriced', ...OPTION, why}
  }
  const workload = {
    kind: 'imported-model',
    name: OPTION.name,
    requests: ONE,
    hoursPerDay: decimal(24),
    ...imported,
  } as const
  const guardrail = guardrailPerRequest(subject, book)
  const lines = priceUsages(importedModelDemand(workload, contextOf(call)).usages, book)
  const total = amountOf(lines)
  if (typeof total === 'string') return {kind: 'unpriced', ...OPTION, why: total}
  const curve = importedCurve(imported, lines, guardrail)
  const filled = imported.requestsPerHourPerCopy?.times(HOURS_PER_MONTH)
  return {
    kind: 'priced',
    ...OPTION,
    lines,
    curve,
    currency: total.currency,
    latency: 'interactive',
    commitmentMonths: 0,
    residency: call.region,
    otherModel: true,
    perRequest: null,
    // One filled copy; of several, more windows are active for as many requests each.
    leastPerRequest: filled ? costAt(curve, filled).div(filled) : null,
    floor: imported.requestsPerHourPerCopy
      ? null
      : 'one copy; what one serves depends on the model: measure it and give --requests-per-hour-per-copy',
    notes: ['requests arrive at random: a window of five minutes without any is not billed'],
  }
}

function importedCurve(imported: ImportedTerms, lines: readonly PricedUsage[], guardrail: Decimal): CostCurve {
  const rateOf = (meter: PricedUsage['meter']) => {
    const rate = lines.find((line) => line.meter === meter)?.rate
    return rate ? rate.amount.div(rate.per) : decimal(0)
  }
  const copyMonth = rateOf('custom-model-unit-minute').times(imported.unitsPerCopy).times(MINUTES_PER_MONTH)
  const storage = rateOf('custom-model-unit-storage').times(imported.unitsPerCopy)
  const formula = (copies: Decimal): Formula => ({
    straight: false,
    at: (volume) => copyMonth.times(copies).times(activeWindows(volume)).plus(storage).plus(guardrail.times(volume)),
  })
  const perCopy = imported.requestsPerHourPerCopy
  return perCopy ? steppedCurve({capacity: perCopy.times(HOURS_PER_MONTH), formula}) : bentCurve(formula(ONE).at)
}

/** The share of windows in which a request falls, with arrivals at random: 1 − e^(−requests a window). */
function activeWindows(volume: Decimal): Decimal {
  return decimal(-Math.expm1(-volume.div(HOURS_PER_MONTH * WINDOWS_PER_HOUR).toNumber()))
}
