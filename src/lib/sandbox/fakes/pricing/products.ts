import type {Catalog} from '../../../catalog/catalog.js'
import {isInMarketplaceOffer} from '../../world/marketplace-offer.js'
import {isMantle, type Meter, priceBook} from '../../world/price-meters.js'
import {bedrockProduct} from './bedrock-products.js'
import {marketplaceProduct} from './marketplace-products.js'
import {OFFERS, type Offer, type Product, skuOf} from './product.js'
import {serviceProducts} from './service-products.js'

/** What one service code sells. */
export interface ProductList {
  readonly all: readonly Product[]
  /** Readers ask by Region: each is looked up rather than searched for. */
  readonly byRegion: ReadonlyMap<string, readonly Product[]>
  /** Names of attributes, sorted. */
  readonly attributeNames: readonly string[]
}

type PriceLists = ReadonlyMap<Offer, ProductList>

const lists = new WeakMap<Catalog, Promise<PriceLists>>()

/** Built once for a catalog. */
export function priceLists(catalog: Catalog): Promise<PriceLists> {
  const known = lists.get(catalog) ?? build(catalog)
  lists.set(catalog, known)
  return known
}

async function build(catalog: Catalog): Promise<PriceLists> {
  const [meters, services] = await Promise.all([priceBook(catalog), serviceProducts(catalog)])
  const ofModels = meters.flatMap((meter) => productsOf(meter, catalog))
  const products = [...ofModels, ...twin(ofModels), ...services]
  return new Map(OFFERS.map((offer) => [offer, listOf(products.filter((product) => product.offer === offer))]))
}

function listOf(all: readonly Product[]): ProductList {
  const byRegion = new Map<string, Product[]>()
  const names = new Set<string>()
  for (const product of all) {
    const region = product.attributes['regionCode'] ?? ''
    const there = byRegion.get(region)
    if (there) there.push(product)
    else byRegion.set(region, [product])
    for (const name of Object.keys(product.attributes)) names.add(name)
  }
  return {all, byRegion, attributeNames: [...names].sort()}
}

/** Sold by AmazonBedrockService: the only Claude models, and there by their global rates and reserved capacity. */
const SERVICE_CLAUDE = /claude-sonnet-4-(?:20250514|5-)/

/** Where a meter is listed, billed by the first: the global rates of two models twice, with a SKU in each offer. */
export function productsOf(meter: Meter, catalog: Catalog): readonly [Product, ...Product[]] {
  const {model, routing} = meter
  if (isMantle(meter)) return [bedrockProduct('AmazonBedrock', meter, catalog)]
  if (model.provider === 'Luma AI') return [bedrockProduct('AmazonBedrockService', meter, catalog)]
  const claude = SERVICE_CLAUDE.test(model.id)
  if (!isInMarketplaceOffer(model)) return [bedrockProduct('AmazonBedrock', meter, catalog)]
  const sold = marketplaceProduct(meter, catalog)
  return claude && routing === 'global' ? [sold, bedrockProduct('AmazonBedrockService', meter, catalog)] : [sold]
}

/** The Price List has rows that differ in nothing but their SKU; one of them is here. */
function twin(products: readonly Product[]): readonly Product[] {
  const first = products.find(({attributes}) => attributes['usagetype'] === 'USE1-NovaLite-input-tokens')
  return first ? [{...first, sku: skuOf(first.offer, first.sku, 'again')}] : []
}
