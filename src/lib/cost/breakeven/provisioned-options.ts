import {decimal, ONE} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {PriceBook} from '../../prices/price-book.js'
import {priceUsages} from '../price-usage.js'
import {provisionedDemand} from '../workload/provisioned/provisioned-demand.js'
import {lineCurve, steppedCurve} from './cost-curve.js'
import type {BreakEvenCase, CostOption, OptionId, UnpricedOption} from './cost-option.js'
import {amountOf, contextOf, guardrailPerRequest} from './price-option.js'

const COMMITMENTS = [
  {commitment: 'no-commitment', id: 'provisioned-no-commitment', name: 'Provisioned, no commitment', months: 0},
  {commitment: '1-month', id: 'provisioned-1-month', name: 'Provisioned, 1 month', months: 1},
  {commitment: '6-month', id: 'provisioned-6-month', name: 'Provisioned, 6 months', months: 6},
] as const satisfies readonly {commitment: string; id: OptionId; name: string; months: number}[]

const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60

/** Provisioned Throughput: whole model units by the hour, used or not. */
export function provisionedOptions(subject: BreakEvenCase, book: PriceBook): readonly (CostOption | UnpricedOption)[] {
  return COMMITMENTS.map((one) => provisionedOption(subject, one, book))
}

function provisionedOption(
  subject: BreakEvenCase,
  {commitment, id, months, name}: (typeof COMMITMENTS)[number],
  book: PriceBook,
): CostOption | UnpricedOption {
  const {call, terms, workload} = subject
  const unit = {kind: 'provisioned', name, model: call.modelId, modelUnits: ONE, commitment} as const
  const demand = provisionedDemand({...unit, hours: decimal(HOURS_PER_MONTH)}, contextOf(call))
  const lines = priceUsages(demand.usages, book)
  const month = amountOf(lines)
  if (typeof month === 'string') return {kind: 'unpriced', id, name, why: month}
  const perRequest = guardrailPerRequest(subject, book)
  const perUnit = terms.tokensPerMinutePerUnit
  const tokens = workload.inputTokens.plus(workload.outputTokens)
  const capacity = perUnit?.times(MINUTES_PER_MONTH).div(tokens).div(terms.peakFactor)
  return {
    kind: 'priced',
    ...{id, name, lines, commitmentMonths: months},
    curve: capacity
      ? steppedCurve({
          capacity,
          formula: (units) => ({
            straight: true,
            at: (volume) => month.amount.times(units).plus(perRequest.times(volume)),
          }),
        })
      : lineCurve(month.amount, perRequest),
    currency: month.currency,
    latency: 'interactive',
    residency: call.region,
    otherModel: false,
    perRequest: null,
    leastPerRequest: capacity ? month.amount.div(capacity).plus(perRequest) : null,
    floor: capacity
      ? null
      : 'one model unit; what one serves is not public: measure it and give --tokens-per-minute-per-unit',
    notes: [],
  }
}
