import {ONE, ZERO} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import {bentCurve, lineCurve} from './cost-curve.js'
import type {BreakEvenCase, CostOption, Latency, OptionId, UnpricedOption} from './cost-option.js'
import {amountOf, priceRequests} from './price-option.js'
import {routeResidency} from './residency.js'

const TIERS = [
  {tier: 'standard', id: 'on-demand', name: 'On-demand', latency: 'interactive'},
  {tier: 'priority', id: 'priority', name: 'Priority', latency: 'interactive'},
  {tier: 'latency-optimized', id: 'latency-optimized', name: 'Latency-optimized', latency: 'interactive'},
  {tier: 'flex', id: 'flex', name: 'Flex', latency: 'flexible'},
  {tier: 'batch', id: 'batch', name: 'Batch', latency: 'batch'},
] as const satisfies readonly {tier: string; id: OptionId; name: string; latency: Latency}[]

/** The way that the workload is served now. */
export function baselineId({workload}: BreakEvenCase): OptionId {
  return TIERS.find(({tier}) => tier === workload.tier)?.id ?? 'on-demand'
}

/** The tiers that are paid by the token. */
export function tierOptions(subject: BreakEvenCase, book: PriceBook): readonly (CostOption | UnpricedOption)[] {
  return TIERS.filter(({tier}) => tier !== 'latency-optimized' || isSold(subject, tier, book)).map((tier) =>
    tierOption(subject, tier, book),
  )
}

/** Few models have this tier; where it is not sold at all there is nothing to say of it. */
function isSold({call, workload}: BreakEvenCase, tier: string, book: PriceBook): boolean {
  return workload.tier === tier || book.sold(call.modelId, 'tokens').some((sold) => sold.tier === tier)
}

function tierOption(
  subject: BreakEvenCase,
  {id, latency, name, tier}: (typeof TIERS)[number],
  book: PriceBook,
): CostOption | UnpricedOption {
  const {call, workload} = subject
  const lines = priceRequests(subject, tier, workload.requests, book)
  const total = amountOf(lines)
  if (typeof total === 'string') return {kind: 'unpriced', id, name, why: total}
  const {cache} = workload
  const bends = tier !== 'batch' && cache?.ttl !== undefined && cache.hitRate === undefined
  const amountFor = (requests: typeof ONE) => {
    const amount = amountOf(priceRequests(subject, tier, requests, book))
    return typeof amount === 'string' ? ZERO : amount.amount
  }
  const perRequest = bends ? null : amountFor(ONE)
  return {
    kind: 'priced',
    ...{id, name, latency, lines, perRequest},
    leastPerRequest: perRequest,
    curve: perRequest ? lineCurve(ZERO, perRequest) : bentCurve(amountFor),
    currency: total.currency,
    commitmentMonths: 0,
    residency: routeResidency(call),
    otherModel: false,
    floor: null,
    notes: [
      ...(bends ? ['more requests find their prefix cached as the volume grows'] : []),
      ...(cache && tier === 'batch' ? ['batch inference does not use the prompt cache'] : []),
    ],
  }
}
