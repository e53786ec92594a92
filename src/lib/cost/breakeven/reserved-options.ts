import {type Decimal, decimal, ONE, ZERO} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type PricedUsage, priceUsages} from '../price-usage.js'
import {LEAST_RESERVED, reservedDemand} from '../workload/reserved/reserved-demand.js'
import {splitCache} from '../workload/split-cache.js'
import {bentCurve, type CostCurve, kinkedCurve} from './cost-curve.js'
import type {BreakEvenCase, CostOption, OptionId, UnpricedOption} from './cost-option.js'
import {amountOf, contextOf, guardrailPerRequest} from './price-option.js'
import {routeResidency} from './residency.js'

const TERMS = [
  {term: '1-month', id: 'reserved-1-month', name: 'Reserved, 1 month', months: 1},
  {term: '3-month', id: 'reserved-3-month', name: 'Reserved, 3 months', months: 3},
] as const satisfies readonly {term: string; id: OptionId; name: string; months: number}[]

const LEAST = {input: decimal(LEAST_RESERVED.input), output: decimal(LEAST_RESERVED.output)}
const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60

/** The Reserved tier: tokens a minute, input and output apart, from a least amount of each on. */
export function reservedOptions(subject: BreakEvenCase, book: PriceBook): readonly (CostOption | UnpricedOption)[] {
  return TERMS.map((term) => reservedOption(subject, term, book))
}

function reservedOption(
  subject: BreakEvenCase,
  {id, months, name, term}: (typeof TERMS)[number],
  book: PriceBook,
): CostOption | UnpricedOption {
  const {call} = subject
  const least = {inputTokensPerMinute: LEAST.input, outputTokensPerMinute: LEAST.output}
  const demand = reservedDemand({kind: 'reserved', name, model: call.modelId, term, ...least}, contextOf(call))
  const lines = priceUsages(demand.usages, book)
  const month = amountOf(lines)
  if (typeof month === 'string') return {kind: 'unpriced', id, name, why: month}
  const {curve, leastPerRequest} = reservedCost(subject, lines, guardrailPerRequest(subject, book))
  return {
    kind: 'priced',
    ...{id, name, lines, commitmentMonths: months, curve, leastPerRequest},
    currency: month.currency,
    latency: 'interactive',
    residency: routeResidency(call),
    otherModel: false,
    perRequest: null,
    floor: null,
    notes: [
      `at least ${LEAST_RESERVED.input.toLocaleString('en-US')} input and ${LEAST_RESERVED.output.toLocaleString('en-US')} output tokens a minute; sold by the account team alone`,
      ...(subject.workload.cache
        ? ['cache reads do not count against the reservation; what they cost is left out']
        : []),
    ],
  }
}

interface ReservedCost {
  readonly curve: CostCurve
  readonly leastPerRequest: Decimal | null
}

function reservedCost(subject: BreakEvenCase, lines: readonly PricedUsage[], guardrail: Decimal): ReservedCost {
  const {terms, workload} = subject
  const {cache, inputTokens, outputTokens} = workload
  const reserved = (tokens: Decimal) => tokens.times(terms.peakFactor).div(MINUTES_PER_MONTH)
  const priceOf = (meter: PricedUsage['meter'], least: Decimal) =>
    (lines.find((line) => line.meter === meter)?.amount ?? ZERO).div(least)
  const inputPrice = priceOf('reserved-input-tpm', LEAST.input)
  const outputPrice = priceOf('reserved-output-tpm', LEAST.output)
  const counted = (volume: Decimal) => {
    const input = volume.times(inputTokens)
    if (!cache) return input
    const {tokens} = splitCache(input, volume, cache)
    return input.minus(tokens.cacheRead ?? ZERO)
  }
  const at = (volume: Decimal) => {
    const input = greater(LEAST.input, reserved(counted(volume)))
    const output = greater(LEAST.output, reserved(volume.times(outputTokens)))
    return input.times(inputPrice).plus(output.times(outputPrice)).plus(guardrail.times(volume))
  }
  if (cache?.ttl !== undefined && cache.hitRate === undefined) return {curve: bentCurve(at), leastPerRequest: null}
  const kinks = [
    [LEAST.input, reserved(counted(ONE))],
    [LEAST.output, reserved(outputTokens)],
  ] as const
  const curve = kinkedCurve(
    kinks.flatMap(([least, each]) => (each.gt(0) ? [least.div(each)] : [])),
    at,
  )
  const [[, input], [, output]] = kinks
  return {curve, leastPerRequest: input.times(inputPrice).plus(output.times(outputPrice)).plus(guardrail)}
}

function greater(one: Decimal, other: Decimal): Decimal {
  return one.gt(other) ? one : other
}
