import type {CatalogPrice} from '../catalog/catalog.schema.js'
import {METERS, type MeterId} from '../catalog/meters.js'
import {pricesFor} from '../catalog/price-of.js'
import {type Decimal, decimal} from '../core/decimal.js'
import {PRICE_KINDS, type PriceKind} from './price-list.js'

/** How a request reaches the model; it decides which price of a Region holds. */
export type Route = 'in-region' | 'geo' | 'global' | 'mantle'

/** One price that is looked for. */
export interface RateQuery {
  /** Base model, or what is billed beside models. */
  readonly modelId: string
  readonly meter: MeterId
  /** Which price of the meter: `unit` for all but tokens. */
  readonly of: PriceKind
  readonly variant: string | null
  /** The Region that is called. */
  readonly region: string
  /** null: what is billed does not depend on the route. */
  readonly route: Route | null
  readonly profileId?: string | undefined
  readonly tier: string
  /** Input tokens of one request: long prompts have prices of their own where a model sells them so. */
  readonly inputTokens?: number | undefined
}

/** A price as it enters a calculation, with where it comes from. */
export interface Rate {
  readonly amount: Decimal
  /** How many units of the meter the amount is for. */
  readonly per: number
  /** `1M tokens`. */
  readonly unit: string
  readonly currency: string
  readonly sku: string | null
  readonly asOf: string
  readonly sources: readonly string[]
  readonly confidence: CatalogPrice['confidence']
  readonly note: string | null
}

/** A combination that has a price. */
export interface Sold {
  /** null: a group of Regions that is not known; `*`: any. */
  readonly region: string | null
  readonly routing: CatalogPrice['routing']
  readonly tier: string
  readonly variant: string | null
}

/** Every known price, for look-ups. It never guesses: no price is no answer, and no factor stands in for one. */
export interface PriceBook {
  /** The best-founded price, or undefined where none is known. */
  rate(query: RateQuery): Rate | undefined
  /** What a meter of a model is sold as, each combination once. */
  sold(modelId: string, meter: MeterId): readonly Sold[]
  /** The rows of a model or service, as they came. */
  rows(modelId: string): readonly CatalogPrice[]
  /** Models and services with a price. */
  readonly subjects: readonly string[]
}

export function createPriceBook(prices: readonly CatalogPrice[]): PriceBook {
  const bySubject = new Map<string, CatalogPrice[]>()
  for (const price of prices) {
    const rows = bySubject.get(price.modelId)
    if (rows) rows.push(price)
    else bySubject.set(price.modelId, [price])
  }
  const rows = (modelId: string) => bySubject.get(modelId) ?? []
  const routed = new Map<string, ByRouting>()
  const byRouting = ({meter, modelId, variant}: RateQuery) => {
    const key = `${modelId}|${meter}|${variant}`
    const known = routed.get(key) ?? groupByRouting(rows(modelId), meter, variant)
    routed.set(key, known)
    return known
  }
  const found = new Map<string, Rate | undefined>()
  const sales = new Map<string, readonly Sold[]>()
  return {
    subjects: [...bySubject.keys()].sort(),
    rows,
    rate(query) {
      const key = keyOf(query)
      if (!found.has(key)) found.set(key, findRate(byRouting(query), query))
      return found.get(key)
    },
    sold(modelId, meter) {
      const key = `${meter} ${modelId}`
      const known = sales.get(key) ?? findSold(rows(modelId), meter)
      sales.set(key, known)
      return known
    },
  }
}

function keyOf({inputTokens, meter, modelId, of, profileId, region, route, tier, variant}: RateQuery): string {
  return `${modelId}|${region}|${route}|${tier}|${of}|${meter}|${variant}|${profileId}|${inputTokens}`
}

function findSold(rows: readonly CatalogPrice[], meter: MeterId): readonly Sold[] {
  const combinations = new Map<string, Sold>()
  for (const {meter: of, region, routing, tier, variant} of rows) {
    if (of !== meter) continue
    const sold = {region, routing, tier, variant}
    combinations.set(JSON.stringify(sold), sold)
  }
  return [...combinations.values()]
}

type ByRouting = ReadonlyMap<CatalogPrice['routing'], readonly CatalogPrice[]>

function groupByRouting(rows: readonly CatalogPrice[], meter: MeterId, variant: string | null): ByRouting {
  const groups = new Map<CatalogPrice['routing'], CatalogPrice[]>()
  for (const row of rows) {
    if (row.meter !== meter || row.variant !== variant) continue
    const group = groups.get(row.routing)
    if (group) group.push(row)
    else groups.set(row.routing, [row])
  }
  return groups
}

function findRate(rows: ByRouting, query: RateQuery): Rate | undefined {
  const {meter, modelId, of, profileId, region, route} = query
  for (const routing of routingsFor(route)) {
    const ofRoute = rows.get(routing)
    if (ofRoute === undefined) continue
    const tier = tierOf(query, ofRoute)
    const rated = pricesFor(ofRoute, modelId, {region, tier, profileId})
    const best = rated.find((row) => row.amount[of] !== null)
    const amount = best?.amount[of]
    if (best === undefined || amount === null || amount === undefined) continue
    const {asOf, currency, skus, sources} = best
    const {per, unit} = METERS[meter]
    const {confidence, note} = isOfOtherRegions(best, rated) ? {confidence: 'low' as const, note: OF_OTHERS} : best
    return {amount: decimal(amount), per, unit, currency, sku: skus?.[of] ?? null, asOf, sources, confidence, note}
  }
  return undefined
}

const OF_OTHERS = 'a price for any Region; the Region’s own list has other prices and not this one'

/** A price for any Region, where what the Region itself asks for other kinds is not what that price's row says. */
function isOfOtherRegions(best: CatalogPrice, rated: readonly CatalogPrice[]): boolean {
  if (best.region !== '*') return false
  const differs = (kind: PriceKind, own: CatalogPrice) =>
    own.amount[kind] !== null && best.amount[kind] !== null && own.amount[kind] !== best.amount[kind]
  return rated.some((row) => row.region !== '*' && PRICE_KINDS.some((kind) => differs(kind, row)))
}

/**
 * A call through a geographic profile is billed at the rate of its source Region, which price lists do not tell from
 * In-Region; what is not sold by route has none.
 */
function routingsFor(route: Route | null): readonly CatalogPrice['routing'][] {
  if (route === null) return [null]
  return route === 'geo' ? ['geo', 'in-region', null] : [route, null]
}

/** The tier, or its row for prompts as long as these. */
function tierOf({inputTokens, region, tier}: RateQuery, rows: readonly CatalogPrice[]): string {
  let above = -1
  for (const row of rows) {
    if ((row.region !== region && row.region !== '*') || !row.tier.startsWith(tier)) continue
    const {base, aboveInputTokens} = splitTier(row.tier)
    if (base === tier && aboveInputTokens < (inputTokens ?? 0)) above = Math.max(above, aboveInputTokens)
  }
  return above > 0 ? `${tier}:input>${above}` : tier
}

/** `standard:input>272000` is the standard tier for prompts beyond 272,000 tokens. */
export function splitTier(tier: string): {readonly base: string; readonly aboveInputTokens: number} {
  const [base = tier, above = ''] = tier.split(':input>')
  return {base, aboveInputTokens: Number(above) || 0}
}
