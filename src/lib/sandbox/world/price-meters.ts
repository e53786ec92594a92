import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogPrice} from '../../catalog/catalog.schema.js'

export type MeterKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h' | 'image'
type MeterRouting = 'regional' | 'global' | 'mantle'

/** One price as AWS sells it: what is counted for which model, from where, by which routing and tier. */
export interface Meter {
  readonly model: CatalogModel
  readonly region: string
  readonly routing: MeterRouting
  /** standard, batch, flex or priority. */
  readonly tier: string
  readonly kind: MeterKind
  /** For a million tokens, or for one image. */
  readonly usd: number
  readonly asOf: string
}

const TIERS: ReadonlySet<string> = new Set(['standard', 'batch', 'flex', 'priority'])
const TOKEN_KINDS = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const
const books = new WeakMap<Catalog, Promise<readonly Meter[]>>()

/** Every meter the catalog's prices give, one for each model, Region, routing, tier and kind. */
export function priceBook(catalog: Catalog): Promise<readonly Meter[]> {
  const known = books.get(catalog) ?? buildBook(catalog)
  books.set(catalog, known)
  return known
}

async function buildBook(catalog: Catalog): Promise<readonly Meter[]> {
  const book = new Map<string, Meter>()
  const prices = (await catalog.prices()).filter(({tier, region}) => TIERS.has(tier) && region !== null)
  // A Region's own row beats a row for any Region; the bare model's beats that of a geographic profile.
  const ranked = prices.toSorted((a, b) => rank(a) - rank(b))
  for (const price of ranked) {
    const model = catalog.model(price.modelId)
    if (!model) continue
    for (const meter of metersOfPrice(price, model)) {
      const key = [model.id, meter.region, meter.routing, meter.tier, meter.kind].join(' ')
      if (!book.has(key)) book.set(key, meter)
    }
  }
  return [...book.values()]
}

function rank({region, routing}: CatalogPrice): number {
  return (region === '*' ? 2 : 0) + (routing === 'geo' ? 1 : 0)
}

function* metersOfPrice(price: CatalogPrice, model: CatalogModel): Generator<Meter> {
  const routing: MeterRouting = price.routing === 'global' || price.routing === 'mantle' ? price.routing : 'regional'
  const regions = price.region === '*' ? regionsWith(model, routing) : [price.region ?? '']
  const {tier, asOf} = price
  for (const region of regions) {
    for (const kind of TOKEN_KINDS) {
      const usd = price.amount[kind]
      if (usd !== null) yield {model, region, routing, tier, kind, usd, asOf}
    }
    if (price.amount.unit !== null && price.meter === 'generated-image' && price.variant === null) {
      yield {model, region, routing, tier, kind: 'image', usd: price.amount.unit, asOf}
    }
  }
}

function regionsWith(model: CatalogModel, routing: MeterRouting): readonly string[] {
  if (routing === 'mantle') return model.mantle
  const kind = routing === 'global' ? 'global' : 'geo'
  const sources = model.profiles.filter((profile) => profile.kind === kind).flatMap(({routes}) => Object.keys(routes))
  return [...new Set([...(routing === 'regional' ? model.inRegion : []), ...sources])]
}

/** The meters of one model in one Region. */
export async function metersOf(catalog: Catalog, modelId: string, region: string): Promise<readonly Meter[]> {
  return (await priceBook(catalog)).filter((meter) => meter.model.id === modelId && meter.region === region)
}
