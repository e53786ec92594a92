import type {Catalog} from '../../../catalog/catalog.js'
import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {marketplaceUsageType} from '../../world/marketplace-meters.js'
import {type Meter, type MeterKind, metersOf} from '../../world/price-meters.js'
import {bedrockUsageType} from '../../world/usage-types.js'

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

// Billed as services of their own, by AWS Marketplace; every other model under the name of Bedrock.
const SOLD_BY_MARKETPLACE: ReadonlySet<string> = new Set([
  'AI21 Labs',
  'Anthropic',
  'Cohere',
  'Luma AI',
  'Stability AI',
  'TwelveLabs',
  'Writer',
])

/** The rate of each kind of token; a kind without a price is absent. */
export async function tokenRates(catalog: Catalog, billing: Billing): Promise<ReadonlyMap<MeterKind, TokenRate>> {
  const meters = await metersOf(catalog, billing.model.id, billing.region)
  const own = meters.filter(({routing, tier}) => routing === billing.routing && tier === billing.tier)
  return new Map(own.map((meter) => [meter.kind, rateOf(meter, billing.customised)]))
}

function rateOf(meter: Meter, customised: boolean): TokenRate {
  const usdPerMillion = Number(meter.usd)
  if (SOLD_BY_MARKETPLACE.has(meter.model.provider) && meter.routing !== 'mantle') {
    return {
      service: `${meter.model.name ?? meter.model.id} (Amazon Bedrock Edition)`,
      usageType: marketplaceUsageType(meter),
      billingEntity: 'AWS Marketplace',
      unit: 'Units',
      tokensPerUnit: 1_000_000,
      usdPerUnit: usdPerMillion,
    }
  }
  return {
    service: 'Amazon Bedrock',
    usageType: `${bedrockUsageType(meter)}${customised ? '-custom-model' : ''}`,
    billingEntity: 'AWS',
    unit: '1K tokens',
    tokensPerUnit: 1000,
    usdPerUnit: usdPerMillion / 1000,
  }
}
