import {hash} from 'node:crypto'

/** Offers that hold Bedrock prices. */
export const OFFERS = [
  'AmazonBedrock',
  'AmazonBedrockAgentCore',
  'AmazonBedrockFoundationModels',
  'AmazonBedrockService',
] as const
export type Offer = (typeof OFFERS)[number]

interface ProductAttributes extends Readonly<Record<string, string>> {
  readonly usagetype: string
  readonly operation: string
  readonly servicename: string
}

export interface Product {
  readonly offer: Offer
  readonly sku: string
  /** Without servicecode where the offer has none. */
  readonly attributes: ProductAttributes
  readonly unit: string
  /** For one unit. */
  readonly usd: number
  /** Without the price, which stands before it. */
  readonly description: string
}

// Codes of an on-demand term, one for what the Marketplace sells, and of the only rate of a term.
const TERM = 'JRTCKXETXF'
const MARKETPLACE_TERM = '4799GE89SK'
const RATE = '6YS6EN2CT7'
const SKU_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Sixteen characters that stay the same as long as what is sold does. */
export function skuOf(offer: Offer, ...what: readonly string[]): string {
  const digest = hash('sha256', [offer, ...what].join('\n'), 'buffer')
  return [...digest.subarray(0, 16)].map((byte) => SKU_LETTERS[byte % SKU_LETTERS.length]).join('')
}

/** The text of one item of a PriceList, as published on an ISO day. */
export function priceListItem({offer, sku, attributes, unit, usd, description}: Product, publishedOn: string): string {
  const sold = offer === 'AmazonBedrockFoundationModels'
  const term = sold ? MARKETPLACE_TERM : TERM
  const rateCode = `${sku}.${term}.${RATE}`
  const price = usd.toFixed(10)
  return JSON.stringify({
    product: {...(sold ? {} : {productFamily: familyOf(offer)}), attributes, sku},
    serviceCode: offer,
    terms: {
      OnDemand: {
        [`${sku}.${term}`]: {
          priceDimensions: {
            [rateCode]: {
              unit,
              endRange: 'Inf',
              description: sold ? description : `$${price.replace(/\.?0+$/, '')} ${description}`,
              appliesTo: [],
              rateCode,
              beginRange: '0',
              pricePerUnit: {USD: price},
            },
          },
          sku,
          effectiveDate: `${publishedOn.slice(0, 7)}-01T00:00:00Z`,
          offerTermCode: term,
          termAttributes: {},
        },
      },
    },
    version: `${publishedOn.replaceAll('-', '')}000000`,
    publicationDate: `${publishedOn}T00:00:00Z`,
  })
}

/** The family of an offer's products; what the Marketplace sells has none. */
export function familyOf(offer: Offer): string | undefined {
  if (offer === 'AmazonBedrockFoundationModels') return undefined
  return offer === 'AmazonBedrockAgentCore' ? 'Amazon Bedrock AgentCore' : 'Amazon Bedrock'
}
