import {METERS} from '../../catalog/meters.js'
import {type Decimal, ONE, ZERO} from '../../core/decimal.js'
import type {PriceBook, Sold} from '../../prices/price-book.js'
import {KIND_WORDS, type PricedUsage, priceUsages, totalsOf} from '../price-usage.js'
import type {DemandContext} from '../workload/demand.js'
import {inferenceDemand} from '../workload/inference/inference-demand.js'
import type {ResolvedCall} from '../workload/resolve-call.js'
import type {WorkloadOf} from '../workload/workload.schema.js'
import type {BreakEvenCase} from './cost-option.js'

export interface Amount {
  readonly amount: Decimal
  readonly currency: string
}

/** What lines come to, or why that cannot be said. */
export function amountOf(lines: readonly PricedUsage[]): Amount | string {
  const unpriced = lines.flatMap((line) => (line.rate === null ? [line] : []))
  const [first] = unpriced
  if (first) return `no price is known for ${whatOf(unpriced)} in ${first.region}; ${soldInstead(first)}`
  const [total, ...others] = totalsOf(lines)
  if (others.length > 0) return `its prices are in ${[total, ...others].map((one) => one?.currency).join(' and ')}`
  return total ?? 'nothing of it is billed'
}

type Unpriced = Extract<PricedUsage, {rate: null}>

/** `input and output tokens (flex)`; the kind is left out where nothing of it is sold at all. */
function whatOf(unpriced: readonly Unpriced[]): string {
  const [first] = unpriced
  const details = first && first.sold.length > 0 ? [...new Set(unpriced.map(kindOf))] : []
  const nouns = unpriced.map(({meter, of}) => (of === 'unit' ? withArticle(METERS[meter].unit) : KIND_WORDS[of]))
  const tokens = first?.of === 'unit' ? '' : ' tokens'
  const kinds = details.length === 0 ? '' : ` (${details.join(', ')})`
  return `${listed([...new Set(nouns)])}${tokens}${kinds}`
}

/** `input, cache read and output`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function withArticle(noun: string): string {
  return /^([aeio]|hour)/i.test(noun) ? `an ${noun}` : `a ${noun}`
}

/** Tokens differ by tier, capacity by term or version. */
function kindOf({
  of = 'unit',
  tier,
  variant,
}: Pick<Unpriced, 'tier' | 'variant'> & {readonly of?: Unpriced['of']}): string {
  return of === 'unit' ? (variant ?? tier) : tier
}

const FEW = 5

/** The tiers or variants of the same Region and route; else where and by which route it is sold at all. */
function soldInstead({of, region, route, sold}: Unpriced): string {
  const isHere = (one: Sold) => (one.region === region || one.region === '*') && holdsFor(one, route)
  const here = [...new Set(sold.filter(isHere).map((one) => kindOf({...one, of})))]
  if (here.length > 0) return `it is sold there as ${here.join(', ')}`
  const places = sold.flatMap((one) => (one.region === null ? [] : [placeOf(one)]))
  const distinct = [...new Set(places)].sort()
  const more = distinct.length > FEW ? ` and ${distinct.length - FEW} more` : ''
  return distinct.length > 0
    ? `it is sold in ${distinct.slice(0, FEW).join(', ')}${more}`
    : 'none of it is sold as far as is known'
}

/** As the price book takes it: no route is any, and a geographic one may have the price of its source Region. */
function holdsFor({routing}: Sold, route: Unpriced['route']): boolean {
  return route === null || routing === null || routing === route || (route === 'geo' && routing === 'in-region')
}

function placeOf({region, routing}: Sold): string {
  return `${region === '*' ? 'any Region' : region}${routing === null ? '' : ` (${routing})`}`
}

/** The workload is understood already, so that nothing can be wrong with it any more. */
export function contextOf(call: ResolvedCall): DemandContext {
  return {
    factor: ONE,
    region: call.region,
    call: () => call,
    subject: (name) => name,
    problem(path, message) {
      throw new Error(`${path.join('.')}: ${message}`)
    },
  }
}

type Tier = WorkloadOf<'inference'>['tier']

/** What so many requests a month use on a tier, priced. Batch inference does not use the prompt cache. */
export function priceRequests(
  {call, workload}: BreakEvenCase,
  tier: Tier,
  requests: Decimal,
  book: PriceBook,
): readonly PricedUsage[] {
  const cache = tier === 'batch' ? undefined : workload.cache
  return priceUsages(inferenceDemand({...workload, tier, cache, requests}, contextOf(call)).usages, book)
}

/** What the guardrail adds to each request, whoever answers it; zero without one or where it has no price. */
export function guardrailPerRequest(subject: BreakEvenCase, book: PriceBook): Decimal {
  const lines = priceRequests(subject, 'standard', ONE, book).filter(({component}) => component === 'guardrail')
  const total = amountOf(lines)
  return typeof total === 'string' ? ZERO : total.amount
}
