import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogPrice} from '../../catalog/catalog.schema.js'
import type {MeterId} from '../../catalog/meters.js'
import {type ListedName, listedName, readListedNames} from './listed-names.js'
import {mantleModel} from './mantle-model.js'
import {isInMarketplaceOffer} from './marketplace-offer.js'

/** One of the five prices of tokens, or the one that any other meter has. */
export type MeterKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h' | 'unit'
type MeterRouting = 'regional' | 'global' | 'mantle' | 'mantle-global'

/** One price as AWS sells it: what is counted for which model, from where, by which routing and tier. */
export interface Meter {
  readonly model: CatalogModel
  readonly listed: ListedName
  readonly region: string
  readonly routing: MeterRouting
  /** standard, batch, flex, priority, reserved …; `standard:input>272000` for longer prompts. */
  readonly tier: string
  readonly meter: MeterId
  readonly variant: string | null
  readonly kind: MeterKind
  /** For as many units as the catalog's meter says: a million tokens, one image. */
  readonly usd: number
}

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'unit'] as const
/** Where a price is listed that holds anywhere, of a model whose Regions are not known. */
const FIRST_REGION = 'us-east-1'
const CUSTOMISED = 'custom-model'
/** Served customised by tokens; the Price List has rows of three of them. */
const SERVED_CUSTOMISED = /^amazon\.nova-(?:2-lite|lite|micro|pro)-/
const TRUST = {high: 0, medium: 1, low: 2} as const

interface Book {
  readonly meters: readonly Meter[]
  readonly byModel: ReadonlyMap<string, readonly Meter[]>
}

const books = new WeakMap<Catalog, Promise<Book>>()

function bookOf(catalog: Catalog): Promise<Book> {
  const known = books.get(catalog) ?? buildBook(catalog)
  books.set(catalog, known)
  return known
}

/** Every meter the catalog's prices of models give, one for each Region, routing, tier, variant and kind. */
export async function priceBook(catalog: Catalog): Promise<readonly Meter[]> {
  return (await bookOf(catalog)).meters
}

/** The meters of one model, by any of its ids, in one Region. */
export async function metersOf(catalog: Catalog, modelId: string, region: string): Promise<readonly Meter[]> {
  const {byModel} = await bookOf(catalog)
  const id = catalog.model(modelId)?.aliasOf ?? modelId
  return (byModel.get(id) ?? []).filter((meter) => meter.region === region)
}

/** True for the tokens of customised models, which have rows of their own. */
export function isCustomised({kind, variant}: Pick<Meter, 'kind' | 'variant'>): boolean {
  return kind !== 'unit' && variant === CUSTOMISED
}

/** True for what is sold by the endpoint bedrock-mantle. */
export function isMantle({routing}: Pick<Meter, 'routing'>): boolean {
  return routing === 'mantle' || routing === 'mantle-global'
}

/** A price in one of the Regions that it holds for. */
interface Offered {
  readonly price: CatalogPrice
  readonly model: CatalogModel
  readonly region: string
}

async function buildBook(catalog: Catalog): Promise<Book> {
  const [prices, names] = await Promise.all([catalog.prices(), readListedNames()])
  const found = new Map<string, Meter>()
  const add = (meter: Meter) => {
    const {kind, model, region, routing, tier, variant} = meter
    const key = [model.id, region, routing, tier, meter.meter, variant, kind].join(' ')
    if (!found.has(key)) found.set(key, meter)
  }
  const offered = prices.flatMap((price) => offersOf(price, catalog)).sort(byWorth)
  for (const one of offered) for (const meter of metersOfPrice(one, listedName(one.model, names))) add(meter)
  for (const meter of [...found.values()].flatMap((one) => [...onMantle(one, catalog), ...onDeployments(one)]))
    add(meter)
  const byModel = new Map<string, Meter[]>()
  for (const meter of found.values()) {
    const id = meter.model.aliasOf ?? meter.model.id
    const ofModel = byModel.get(id)
    if (ofModel) ofModel.push(meter)
    else byModel.set(id, [meter])
  }
  return {meters: [...found.values()], byModel}
}

/** Prices in other currencies are those of another Price List. */
function offersOf(price: CatalogPrice, catalog: Catalog): readonly Offered[] {
  const named = catalog.model(price.modelId)
  const model = named?.aliasOf ? catalog.model(named.aliasOf) : named
  if (!model || price.region === null || price.currency !== 'USD') return []
  const regions = price.region === '*' ? regionsOf(price, model, catalog) : [price.region]
  return regions.map((region) => ({price, model, region}))
}

/**
 * The same price on the endpoint bedrock-mantle, where the model is offered there: the Price List has a row for each.
 * It has none for what the Marketplace sells.
 */
function onMantle(meter: Meter, catalog: Catalog): readonly Meter[] {
  const {model, region, routing, variant} = meter
  if (meter.meter !== 'tokens' || variant !== null || isMantle(meter) || isInMarketplaceOffer(model)) return []
  const offered = mantleModel(model, region, catalog)
  return offered ? [{...meter, model: offered, routing: routing === 'global' ? 'mantle-global' : 'mantle'}] : []
}

/** Customised models that are deployed for tokens cost what their base models do: the Price List has a row for each. */
function onDeployments(meter: Meter): readonly Meter[] {
  const {model, region, routing, tier, variant} = meter
  const plain = meter.meter === 'tokens' && variant === null && routing === 'regional' && tier === 'standard'
  const served = SERVED_CUSTOMISED.test(model.id) && model.customizationRegions.includes(region)
  return plain && served ? [{...meter, variant: CUSTOMISED}] : []
}

/** The row that is nearest to the Region beats the others, and then the better founded. */
function byWorth(left: Offered, right: Offered): number {
  return (
    distance(left) - distance(right) ||
    TRUST[left.price.confidence] - TRUST[right.price.confidence] ||
    right.price.asOf.localeCompare(left.price.asOf, 'en')
  )
}

/** A Region without the model itself is served by a geographic profile, at the profile's price. */
function distance({model, price, region}: Offered): number {
  const geo = price.routing === 'geo'
  if (price.region !== '*') return geo ? 1 : 0
  if (geo) return 3
  return model.inRegion.includes(region) ? 2 : 4
}

function* metersOfPrice({model, price, region}: Offered, listed: ListedName): Generator<Meter> {
  const {amount, meter, tier, variant} = price
  for (const kind of KINDS) {
    const usd = amount[kind]
    if (usd !== null) yield {model, listed, region, routing: routingOf(price), tier, meter, variant, kind, usd}
  }
}

function routingOf({routing}: CatalogPrice): MeterRouting {
  return routing === 'global' || routing === 'mantle' ? routing : 'regional'
}

/** Where a price that holds for any Region is listed: where the model is offered by that route. */
function regionsOf(price: CatalogPrice, model: CatalogModel, catalog: Catalog): readonly string[] {
  if (price.meter === 'custom-model-storage' && model.customizationRegions.length > 0) return model.customizationRegions
  const priced = model.profiles.find(({id}) => id === price.profileId)
  const regions = new Set(priced ? Object.keys(priced.routes) : offeredFrom(model, routingOf(price)))
  if (regions.size > 0) return [...regions]
  const geography = catalog.geography(priced?.geography ?? '')?.regions ?? []
  return [geography.includes(FIRST_REGION) ? FIRST_REGION : (geography[0] ?? FIRST_REGION)]
}

function offeredFrom(model: CatalogModel, routing: MeterRouting): readonly string[] {
  const sources = (kind: string) =>
    model.profiles.filter((profile) => profile.kind === kind).flatMap(({routes}) => Object.keys(routes))
  if (isMantle({routing})) return model.mantle
  return routing === 'global' ? sources('global') : [...model.inRegion, ...sources('geo')]
}
