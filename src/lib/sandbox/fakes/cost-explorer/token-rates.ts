import type {Catalog} from '../../../catalog/catalog.js'
import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {mantleModel} from '../../world/mantle-model.js'
import {isInMarketplaceOffer} from '../../world/marketplace-offer.js'
import {isCustomised, type Meter, type MeterKind, metersOf} from '../../world/price-meters.js'
import {bedrockProduct} from '../pricing/bedrock-products.js'
import type {Product} from '../pricing/product.js'
import {productsOf} from '../pricing/products.js'

/** How a request is billed. */
export interface Billing {
  readonly model: CatalogModel
  /** The Region it was sent to, wherever it was worked on. */
  readonly region: string
  readonly routing: Meter['routing']
  readonly tier: Meter['tier']
  /** Through a deployment of a customised model, which is billed by its base model. */
  readonly customised: boolean
}

/** What one kind of token is billed as. */
export interface TokenRate {
  readonly service: string
  readonly usageType: string
  readonly billingEntity: string
  readonly unit: string
  readonly tokensPerUnit: number
  readonly usdPerUnit: number
}

const UNITS: Readonly<Record<string, number>> = {'1K tokens': 1000, '1M tokens': 1_000_000}

/** The rate of each kind of token, as the Price List has it; a kind without a price is absent. */
export async function tokenRates(catalog: Catalog, billing: Billing): Promise<ReadonlyMap<MeterKind, TokenRate>> {
  const {customised, model, region, routing, tier} = billing
  const meters = (await metersOf(catalog, model.id, region)).filter(
    (meter) => meter.kind !== 'unit' && meter.tier === tier && isCustomised(meter) === customised,
  )
  const listed = meters.filter((meter) => meter.routing === routing)
  const offered = routing === 'mantle' ? mantleModel(model, region, catalog) : undefined
  if (listed.length > 0 || !offered || !isInMarketplaceOffer(offered)) {
    return new Map(listed.map((meter) => [meter.kind, rateOf(productsOf(meter, catalog)[0])]))
  }
  // The Price List has no row of mantle for what the Marketplace sells; bills have it, as a service of this name.
  const unlisted = meters
    .filter((meter) => meter.routing === 'regional')
    .map((meter) => ({...meter, model: offered, routing}))
  return new Map(unlisted.map((meter) => [meter.kind, rateOf(bedrockProduct('AmazonBedrockService', meter, catalog))]))
}

function rateOf({attributes, offer, unit, usd}: Product): TokenRate {
  const marketplace = offer === 'AmazonBedrockFoundationModels'
  return {
    service: attributes.servicename,
    usageType: attributes.usagetype,
    billingEntity: marketplace ? 'AWS Marketplace' : 'AWS',
    // Usage types of the Marketplace end so; how many tokens a unit is, the Price List says.
    unit: marketplace ? 'Units' : unit,
    tokensPerUnit: UNITS[unit] ?? 1,
    usdPerUnit: usd,
  }
}
