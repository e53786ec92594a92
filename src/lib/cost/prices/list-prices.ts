import type {CatalogPrice} from '../../catalog/catalog.schema.js'
import type {MeterId} from '../../catalog/meters.js'
import type {Unread} from '../../core/answer.schema.js'
import {type PriceBook, type Route, splitTier} from '../../prices/price-book.js'
import {PRICE_KINDS, type PriceList} from '../../prices/price-list.js'
import type {PriceOrigin} from '../estimate/estimate.schema.js'
import type {PricedSubject} from './name-subject.js'
import type {PricedRow, PricesResult, SecondOpinion, UnparsedProduct} from './prices.schema.js'

export interface PricesInput {
  /** Undefined where only what is not understood is asked for. */
  readonly subject: PricedSubject | undefined
  /** Empty: all. */
  readonly regions: readonly string[]
  readonly route: Route | undefined
  readonly tier: string | undefined
  readonly meter: MeterId | undefined
  readonly unparsed: boolean
}

export interface PricesPorts {
  readonly book: PriceBook
  readonly origin: PriceOrigin
  readonly lists: readonly PriceList[]
  readonly secondOpinion: (modelId: string, rows: readonly PricedRow[]) => Promise<SecondOpinion | null>
  readonly simulated: () => boolean
}

/** Every known price of a model or service that the filters leave, each with its source and date. */
export async function listPrices(input: PricesInput, ports: PricesPorts): Promise<PricesResult> {
  const {regions, subject} = input
  const all = subject === undefined ? [] : ports.book.rows(subject.id)
  const rows = all.filter((price) => isAsked(price, input)).flatMap(toRows)
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread: subject === undefined || rows.length > 0 ? [] : [unknownPrice(input, all)],
    prices: ports.origin,
    id: subject?.id ?? null,
    name: subject?.name ?? null,
    regions,
    rows: rows.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
    secondOpinion: subject === undefined ? null : await ports.secondOpinion(subject.id, rows),
    unparsed: input.unparsed ? unparsedOf(ports.lists, regions) : null,
  }
}

function isAsked(price: CatalogPrice, {meter, regions, route, subject, tier}: PricesInput): boolean {
  const profile = subject?.profileId
  return (
    (regions.length === 0 || price.region === '*' || regions.includes(price.region ?? '')) &&
    (route === undefined || price.routing === route || price.routing === null) &&
    (tier === undefined || price.tier === tier || splitTier(price.tier).base === tier) &&
    (meter === undefined || price.meter === meter) &&
    (profile === undefined || price.profileId === null || price.profileId === profile)
  )
}

function toRows(price: CatalogPrice): readonly PricedRow[] {
  const {amount, asOf, confidence, currency, meter, note, profileId, region, routing, skus, sources, tier} = price
  return PRICE_KINDS.flatMap((kind): PricedRow[] => {
    const value = amount[kind]
    if (value === null) return []
    return [
      {
        ...{route: routing, profile: profileId, tier, meter, kind, variant: price.variant, region},
        ...{amount: value, currency, unit: price.unit, sku: skus?.[kind] ?? null, offer: offerOf(sources)},
        ...{asOf, sources, confidence, note},
      },
    ]
  })
}

function offerOf(sources: readonly string[]): string | null {
  return /^AWS Price List (\w+)/.exec(sources[0] ?? '')?.[1] ?? null
}

const ROUTES = ['in-region', 'geo', 'global', 'mantle', null]
const TIERS = ['standard', 'flex', 'priority', 'latency-optimized', 'batch']

/** Tokens first, by route, tier and kind as a bill has them; then other meters by name. */
function orderOf({kind, meter, profile, region, route, tier, variant}: PricedRow): string {
  const {aboveInputTokens, base} = splitTier(tier)
  const at = (list: readonly unknown[], value: unknown) => String((list.indexOf(value) + 99) % 99).padStart(2, '0')
  const long = String(aboveInputTokens).padStart(9, '0')
  const what = [meter === 'tokens' ? '' : meter, variant ?? '', at(ROUTES, route), at(TIERS, base), base, long]
  return [...what, profile ?? '', region ?? '~', at(PRICE_KINDS, kind)].join('\n')
}

function unknownPrice({meter, regions, route, subject, tier}: PricesInput, all: readonly CatalogPrice[]): Unread {
  const filters = [...regions, route, tier, meter].filter((word) => word !== undefined)
  const which = filters.length === 0 ? '' : ` (${filters.join(', ')})`
  const others = all.length === 0 ? '' : `; without the filters ${all.length} are`
  return {
    region: regions[0] ?? 'all Regions',
    action: 'pricing:GetProducts',
    code: 'NO_PRICE',
    reason: `no price of ${subject?.id ?? ''}${which} is known${others}`,
  }
}

function unparsedOf(lists: readonly PriceList[], regions: readonly string[]): readonly UnparsedProduct[] {
  return lists.flatMap(({offer, region, unparsed}) =>
    regions.length > 0 && !regions.includes(region)
      ? []
      : unparsed.map(({name, products, reason, usageType}) => ({offer, region, usageType, name, reason, products})),
  )
}
