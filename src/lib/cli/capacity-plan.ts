import type {TokenRates} from '../capacity/plan/plan-cost.js'
import type {PlanQuestion, ReservedOffer, UnitOffer} from '../capacity/plan/plan-question.js'
import type {Catalog} from '../catalog/catalog.js'
import {usageError} from '../core/errors.js'
import type {ResolvedCall} from '../cost/workload/resolve-call.js'
import type {PriceBook} from '../prices/price-book.js'
import type {CommandFrame} from './base-command.js'
import type {CapacityPlanFlags} from './capacity-plan-flags.js'
import {readPlanLimits} from './capacity-plan-limits.js'
import {readPlanTraffic} from './capacity-plan-traffic.js'
import {type CapacityPlanWords, readCapacityPlanWords} from './capacity-plan-words.js'
import {openPrices} from './price-book.js'

export interface CapacityPlanFrame extends CommandFrame {
  readonly warn: (text: string) => void
}

/** Reads all that a plan of capacity is made of: the traffic, the quotas, the prices. */
export async function readPlanQuestion(flags: CapacityPlanFlags, frame: CapacityPlanFrame): Promise<PlanQuestion> {
  const words = await readCapacityPlanWords(flags)
  const {settings, signal, progress, warn} = frame
  const connection = await frame.connect()
  const call = await resolveModel(flags, connection.catalog, settings.regions[0] ?? connection.configuredRegion)
  const [read, limits, opened, {amountOf}, {datedSource}, {LEAST_RESERVED}] = await Promise.all([
    readPlanTraffic(flags, words, call, connection, frame),
    readPlanLimits(words, call, connection, frame),
    openPrices(settings, connection, {regions: [call.region], signal, progress, warn}),
    import('../prices/amount-of.js'),
    import('../capacity/unit-price.js'),
    import('../cost/workload/reserved/reserved-demand.js'),
  ])
  const {origin} = opened
  const book = await withOwn(flags.prices, opened.book, call.region, connection.catalog)
  const {currency, rates} = tokenRates(call, book)
  const requests = read.traffic.minutes.reduce((sum, minute) => sum + minute.requests, 0)
  return {
    model: {
      ...{modelId: call.modelId, name: call.name, region: call.region, route: call.route},
      profileId: call.profileId ?? null,
    },
    traffic: read.traffic,
    found: read.found,
    limits: limits.limits,
    unitTokens: words.unitTokens,
    unitOffers: unitOffers(words, call, {book, amountOf, datedSource, currency, catalog: connection.catalog}),
    reservedOffers: reservedOffers(call, {book, amountOf, currency}),
    leastReserved: LEAST_RESERVED,
    rates,
    currency,
    prices: origin,
    mostThrottled: Math.floor(words.mostThrottled * requests),
    cover: words.cover,
    retryMinutes: words.retryMinutes,
    maxCommitmentMonths: words.maxCommitmentMonths,
    simulated: connection.simulated(),
    unread: [...read.unread, ...limits.unread],
  }
}

async function resolveModel(
  {model, route}: CapacityPlanFlags,
  catalog: Catalog,
  region: string | undefined,
): Promise<ResolvedCall> {
  const {resolveCall} = await import('../cost/workload/resolve-call.js')
  const call = resolveCall({model, route}, catalog, region)
  if (typeof call !== 'string') return call
  throw usageError('MODEL_UNKNOWN', 'The model cannot be planned for as it stands.', {
    why: call,
    hint: 'List what a Region offers: bedrockctl models list --region REGION',
  })
}

/** The book with the prices of the operator's own file laid over it. */
async function withOwn(
  file: string | undefined,
  book: PriceBook,
  region: string,
  catalog: Catalog,
): Promise<PriceBook> {
  if (file === undefined) return book
  const [{readWorkloads}, {withOwnPrices}] = await Promise.all([
    import('./read-workloads.js'),
    import('../cost/own-prices/with-own-prices.js'),
  ])
  const {ownPrices} = await readWorkloads(file, {catalog, region, mayBeEmpty: true})
  return withOwnPrices(book, ownPrices, file)
}

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const

/** Prices of the standard tier, in one currency. */
function tokenRates(
  {modelId, profileId, region, route}: ResolvedCall,
  book: PriceBook,
): {readonly rates: TokenRates; readonly currency: string} {
  const query = {modelId, profileId, region, route, meter: 'tokens', variant: null, tier: 'standard'} as const
  const found = KINDS.flatMap((of) => {
    const rate = book.rate({...query, of})
    return rate === undefined ? [] : [[of, rate] as const]
  })
  const currency = found[0]?.[1].currency ?? 'USD'
  return {currency, rates: Object.fromEntries(found.filter(([, rate]) => rate.currency === currency))}
}

interface Pricing {
  readonly book: PriceBook
  readonly amountOf: typeof import('../prices/amount-of.js')['amountOf']
  readonly currency: string
}

interface OfferPricing extends Pricing {
  readonly catalog: Catalog
  readonly datedSource: typeof import('../capacity/unit-price.js')['datedSource']
}

const COMMITMENTS = [
  {id: 'no-commitment', name: 'no commitment', commitmentMonths: 0},
  {id: '1-month', name: '1 month', commitmentMonths: 1},
  {id: '6-month', name: '6 months', commitmentMonths: 6},
] as const

/** Model units as they are sold for each term; only terms with a price, unless none has one and units are offered. */
function unitOffers(
  {unitHourly}: CapacityPlanWords,
  {modelId, region}: ResolvedCall,
  {amountOf, book, catalog, currency, datedSource}: OfferPricing,
): readonly UnitOffer[] {
  if (unitHourly !== undefined) {
    const why = currency === 'USD' ? null : `given in USD, which is not compared with ${currency}`
    const [own] = COMMITMENTS
    return [{...own, hourly: why === null ? unitHourly : null, source: '--unit-hourly', why}]
  }
  const query = {modelId, region, meter: 'model-unit-hour', of: 'unit', route: null, tier: 'provisioned'} as const
  const offers = COMMITMENTS.map((term): UnitOffer => {
    const rate = book.rate({...query, variant: term.id})
    if (rate === undefined) return {...term, hourly: null, source: null, why: 'no price is known'}
    if (rate.currency !== currency) {
      return {
        ...term,
        hourly: null,
        source: null,
        why: `priced in ${rate.currency}, which is not compared with ${currency}`,
      }
    }
    return {...term, hourly: amountOf(rate, 1), source: datedSource(rate), why: null}
  })
  const priced = offers.filter(({hourly}) => hourly !== null)
  const isOffered = catalog.model(modelId)?.provisioned.some(({regions}) => regions.includes(region)) === true
  return priced.length > 0 || !isOffered ? priced : offers
}

const TERMS = [
  {id: '1-month', name: 'Reserved tier, 1 month', commitmentMonths: 1},
  {id: '3-month', name: 'Reserved tier, 3 months', commitmentMonths: 3},
] as const

/** The Reserved tier for each term that has a price. */
function reservedOffers(
  {modelId, profileId, region, route}: ResolvedCall,
  {amountOf, book, currency}: Pricing,
): readonly ReservedOffer[] {
  const query = {modelId, profileId, region, route, of: 'unit', tier: 'reserved'} as const
  return TERMS.flatMap((term) => {
    const [input, output] = (['reserved-input-tpm', 'reserved-output-tpm'] as const).map((meter) =>
      book.rate({...query, meter, variant: term.id}),
    )
    if (input?.currency !== currency || output?.currency !== currency) return []
    return [{...term, inputHourly: amountOf(input, 1), outputHourly: amountOf(output, 1)}]
  })
}
