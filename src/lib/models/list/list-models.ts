import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogPrice} from '../../catalog/catalog.schema.js'
import type {Unread} from '../../core/answer.schema.js'
import type {OfferedModel, RegionOffer} from '../offers/offer.js'
import type {ListedModel, ModelsListResult} from './models-list.schema.js'

/** Filters; an absent one keeps everything. A fact that is unknown never passes a filter. */
export interface ListModelsInput {
  readonly provider?: string | undefined
  /** TEXT, IMAGE, EMBEDDING, VIDEO, SPEECH, … */
  readonly inputModality?: string | undefined
  readonly outputModality?: string | undefined
  readonly mode?: 'in-region' | 'geo' | 'global' | 'mantle' | 'provisioned' | undefined
  readonly status?: string | undefined
  readonly streaming?: boolean | undefined
  readonly tools?: boolean | undefined
  readonly caching?: boolean | undefined
  readonly batch?: boolean | undefined
  readonly fineTuning?: boolean | undefined
  /** USD per million tokens, standard on-demand. */
  readonly maxInputPrice?: number | undefined
  readonly maxOutputPrice?: number | undefined
}

export interface ListModelsFacts {
  readonly catalog: Catalog
  readonly offers: readonly RegionOffer[]
  readonly unread: readonly Unread[]
  readonly simulated: boolean
  /** Empty when no price is wanted: reading them costs time. */
  readonly prices: readonly CatalogPrice[]
}

/** One row per model that any of the Regions offers, joined with the bundled facts, sorted by id. Pure. */
export function listModels(
  input: ListModelsInput,
  {catalog, offers, unread, simulated, prices}: ListModelsFacts,
): ModelsListResult {
  const priceOf = cheapestPrices(
    prices,
    offers.map(({region}) => region),
  )
  const places = indexPlaces(offers)
  const seen = new Map<string, OfferedModel>()
  for (const {models} of offers) for (const model of models) if (!seen.has(model.id)) seen.set(model.id, model)
  const models = [...seen.values()]
    .filter((model) => matchesMode(model.id, input.mode, offers, catalog))
    .map((model) => toListed(model, catalog.model(model.id), places.get(model.id), priceOf(model.id)))
    .filter((row) => matches(row, input))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    schemaVersion: 1,
    simulated,
    unread,
    regions: offers.map(({region}) => region),
    origins: offers.map(({origin}) => origin),
    models,
  }
}

/** Where and by which profiles one model can be called. */
interface Places {
  readonly inRegion: string[]
  readonly profiles: Set<string>
}

/** One pass over all offers: looking each model up in each Region's list would be the dearest step of the command. */
function indexPlaces(offers: readonly RegionOffer[]): ReadonlyMap<string, Places> {
  const index = new Map<string, Places>()
  const placesOf = (id: string): Places => {
    const places = index.get(id) ?? {inRegion: [], profiles: new Set()}
    index.set(id, places)
    return places
  }
  for (const {models, profiles, region} of offers) {
    for (const {id, inRegion} of models) if (inRegion) placesOf(id).inRegion.push(region)
    for (const {id, modelId} of profiles) placesOf(modelId).profiles.add(id)
  }
  return index
}

function toListed(
  model: OfferedModel,
  known: CatalogModel | undefined,
  places: Places | undefined,
  price: ListedModel['price'],
): ListedModel {
  return {
    id: model.id,
    name: known?.name ?? model.name,
    provider: known?.provider ?? model.provider,
    status: model.lifecycle.status,
    endOfLife: model.lifecycle.endOfLife ?? known?.lifecycle.endOfLife ?? null,
    inRegion: places?.inRegion ?? [],
    profiles: [...(places?.profiles ?? [])].sort(),
    inputModalities: model.inputModalities ?? known?.inputModalities ?? null,
    outputModalities: model.outputModalities ?? known?.outputModalities ?? null,
    streaming: model.streaming ?? known?.streaming ?? null,
    tools: known?.tools ?? null,
    promptCaching: known?.promptCaching ?? null,
    batch: known?.batch ?? null,
    customizations: model.customizations ?? known?.customizations ?? null,
    contextTokens: known?.contextTokens ?? null,
    maxOutputTokens: known?.maxOutputTokens ?? null,
    launched: model.lifecycle.started ?? known?.lifecycle.launched ?? null,
    price,
  }
}

function matchesMode(
  id: string,
  mode: ListModelsInput['mode'],
  offers: readonly RegionOffer[],
  catalog: Catalog,
): boolean {
  switch (mode) {
    case undefined:
      return true
    case 'in-region':
      return offers.some(({models}) => models.some((model) => model.id === id && model.inRegion))
    case 'provisioned':
      return offers.some(({models}) => models.some((model) => model.id === id && model.provisionedIds.length > 0))
    case 'mantle':
      return offers.some(({region}) => catalog.model(id)?.mantle.includes(region))
    case 'geo':
    case 'global':
      return offers.some(({profiles}) => profiles.some(({modelId, kind}) => modelId === id && kind === mode))
  }
}

function matches(row: ListedModel, input: ListModelsInput): boolean {
  return (
    same(row.provider, input.provider) &&
    has(row.inputModalities, input.inputModality) &&
    has(row.outputModalities, input.outputModality) &&
    same(row.status, input.status) &&
    flag(row.streaming, input.streaming) &&
    flag(row.tools, input.tools) &&
    flag(row.promptCaching, input.caching) &&
    flag(row.batch, input.batch) &&
    flag(row.customizations === null ? null : row.customizations.includes('FINE_TUNING'), input.fineTuning) &&
    atMost(row.price?.inputUsdPerMillionTokens, input.maxInputPrice) &&
    atMost(row.price?.outputUsdPerMillionTokens, input.maxOutputPrice)
  )
}

const same = (value: string | null, wanted: string | undefined) =>
  wanted === undefined || value?.toLowerCase() === wanted.toLowerCase()
const has = (values: readonly string[] | null, wanted: string | undefined) =>
  wanted === undefined || (values?.includes(wanted.toUpperCase()) ?? false)
const flag = (value: boolean | null, wanted: boolean | undefined) => wanted === undefined || value === wanted
const atMost = (value: number | null | undefined, ceiling: number | undefined) =>
  ceiling === undefined || (typeof value === 'number' && value <= ceiling)

/** Model → its lowest standard on-demand price in these Regions. Prices of different dates and sources keep theirs. */
function cheapestPrices(
  prices: readonly CatalogPrice[],
  regions: readonly string[],
): (id: string) => ListedModel['price'] {
  const best = new Map<string, CatalogPrice>()
  for (const price of prices) {
    if (
      price.tier !== 'standard' ||
      price.meter !== 'tokens' ||
      price.currency !== 'USD' ||
      price.amount.input === null ||
      price.routing === 'mantle'
    )
      continue
    if (price.region !== '*' && (price.region === null || !regions.includes(price.region))) continue
    const kept = best.get(price.modelId)
    if (!kept || rank(price) < rank(kept)) best.set(price.modelId, price)
  }
  return (id) => {
    const price = best.get(id)
    if (!price) return null
    return {
      inputUsdPerMillionTokens: price.amount.input,
      outputUsdPerMillionTokens: price.amount.output,
      routing: price.routing,
      region: price.region,
      asOf: price.asOf,
      source: price.sources.join('; '),
    }
  }
}

/** Regional rows before rows for any Region, then by price: a Price List row says more than a third-party default. */
function rank(price: CatalogPrice): number {
  return (price.region === '*' ? 1_000_000 : 0) + (price.amount.input ?? 0)
}
