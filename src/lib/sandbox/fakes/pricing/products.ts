import {createHash} from 'node:crypto'
import type {Catalog} from '../../../catalog/catalog.js'
import {type Meter, type MeterKind, priceBook} from '../../world/price-meters.js'
import {bedrockUsageType, marketplaceDescription, marketplaceUsageType} from '../../world/usage-types.js'

// AWS sells these providers' models through the offer AmazonBedrockFoundationModels, all others through AmazonBedrock.
const MARKETPLACE_OFFER: ReadonlySet<string> = new Set([
  'AI21 Labs',
  'Anthropic',
  'Cohere',
  'Luma AI',
  'Stability AI',
  'TwelveLabs',
  'Writer',
])

/** Offers that hold Bedrock prices; the last three exist and are empty here. */
export const OFFERS = [
  'AmazonBedrock',
  'AmazonBedrockFoundationModels',
  'AmazonBedrockService',
  'AmazonBedrockAgentCore',
  'AmazonKnowledgeBase',
] as const

export interface Product {
  readonly offer: string
  readonly sku: string
  readonly productFamily: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly unit: string
  readonly usd: number
  readonly description: string
  readonly asOf: string
}

const lists = new WeakMap<Catalog, Promise<readonly Product[]>>()

export function productsOf(catalog: Catalog): Promise<readonly Product[]> {
  const known = lists.get(catalog) ?? build(catalog)
  lists.set(catalog, known)
  return known
}

async function build(catalog: Catalog): Promise<readonly Product[]> {
  const book = await priceBook(catalog)
  return book.map((meter) => {
    const location = catalog.region(meter.region)?.displayName ?? meter.region
    const sold = MARKETPLACE_OFFER.has(meter.model.provider) && meter.routing !== 'mantle'
    return sold ? marketplaceProduct(meter, location) : bedrockProduct(meter, location)
  })
}

function marketplaceProduct(meter: Meter, location: string): Product {
  const {model, region} = meter
  const usagetype = marketplaceUsageType(meter)
  return {
    offer: 'AmazonBedrockFoundationModels',
    sku: skuOf(`${model.id} ${usagetype}`),
    productFamily: undefined,
    attributes: {
      servicecode: 'AmazonBedrockFoundationModels',
      servicename: `${model.name ?? model.id} (Amazon Bedrock Edition)`,
      regionCode: region,
      location,
      locationType: 'AWS Region',
      operation: 'Usage',
      usagetype,
    },
    unit: 'Units',
    usd: meter.usd,
    description: marketplaceDescription(meter),
    asOf: meter.asOf,
  }
}

const INFERENCE_TYPE: Readonly<Record<MeterKind, string>> = {
  input: 'Input tokens',
  output: 'Output tokens',
  cacheRead: 'Prompt cache read input tokens',
  cacheWrite: 'Prompt cache write input tokens',
  cacheWrite1h: 'Prompt cache write 1h input tokens',
  image: 'T2I 1024 Standard',
}

function bedrockProduct(meter: Meter, location: string): Product {
  const {model, region, tier, kind} = meter
  const usagetype = bedrockUsageType(meter)
  const name = model.name ?? model.id
  const unit = kind === 'image' ? 'image' : '1K tokens'
  const batch = tier === 'batch'
  return {
    offer: 'AmazonBedrock',
    sku: skuOf(usagetype),
    productFamily: 'Amazon Bedrock',
    attributes: {
      servicecode: 'AmazonBedrock',
      servicename: 'Amazon Bedrock',
      [/titan.*embed/i.test(name) ? 'titanModel' : 'model']: name,
      provider: model.provider,
      // Flex and priority rows carry the same text as standard ones, as on AWS; usagetype tells them apart.
      inferenceType: `${INFERENCE_TYPE[kind]}${batch ? ' batch' : ''}`,
      feature: batch ? 'Batch Inference' : 'On-demand Inference',
      regionCode: region,
      location,
      locationType: 'AWS Region',
      operation: '',
      usagetype,
    },
    unit,
    usd: kind === 'image' ? meter.usd : meter.usd / 1000,
    description: `per ${unit} for ${name}, ${INFERENCE_TYPE[kind].toLowerCase()}, in ${location}`,
    asOf: meter.asOf,
  }
}

function skuOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16).toUpperCase()
}

// The codes AWS uses for an on-demand term and its only rate.
const TERM = 'JRTCKXETXF'
const RATE = '6YS6EN2CT7'

/** The text of one item of a PriceList. */
export function priceListItem({offer, sku, productFamily, attributes, unit, usd, description, asOf}: Product): string {
  const price = usd.toFixed(10)
  const published = /^\d{4}-\d{2}-\d{2}/.exec(asOf)?.[0] ?? '2026-11-01'
  const rateCode = `${sku}.${TERM}.${RATE}`
  const dimension = {
    unit,
    beginRange: '0',
    endRange: 'Inf',
    description: attributes['operation'] === 'Usage' ? description : `$${Number(price)} ${description}`,
    appliesTo: [],
    rateCode,
    pricePerUnit: {USD: price},
  }
  const term = {
    priceDimensions: {[rateCode]: dimension},
    sku,
    effectiveDate: `${published}T00:00:00Z`,
    offerTermCode: TERM,
    termAttributes: {},
  }
  return JSON.stringify({
    product: {...(productFamily === undefined ? {} : {productFamily}), attributes, sku},
    serviceCode: offer,
    terms: {OnDemand: {[`${sku}.${TERM}`]: term}},
    version: `${published.replaceAll('-', '')}000000`,
    publicationDate: `${published}T00:00:00Z`,
  })
}
