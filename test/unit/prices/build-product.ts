export interface ProductFields {
  readonly usageType?: string
  readonly unit?: string
  readonly price?: Readonly<Record<string, string>>
  readonly description?: string
  /** Empty: the product names none. */
  readonly region?: string
  readonly sku?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly publicationDate?: string
}

/** A product of the Price List with one on-demand rate, as GetProducts answers it. */
export function buildProduct(fields: ProductFields): object {
  const {usageType = 'USE1-NovaPro-input-tokens', region = 'us-east-1', sku = '22SYW97Q4EGXUAQR'} = fields
  const {price = {USD: '0.0008000000'}, unit = '1K tokens', description = '', attributes} = fields
  const place = region === '' ? {} : {regionCode: region}
  const rate = {unit, description, beginRange: '0', endRange: 'Inf', appliesTo: [], pricePerUnit: price}
  const term = {priceDimensions: {[`${sku}.JRTCKXETXF.6YS6EN2CT7`]: rate}, sku, offerTermCode: 'JRTCKXETXF'}
  return {
    product: {sku, attributes: {...place, usagetype: usageType, operation: '', ...attributes}},
    serviceCode: 'AmazonBedrock',
    terms: {OnDemand: {[`${sku}.JRTCKXETXF`]: term}},
    publicationDate: fields.publicationDate ?? '2026-11-18T18:55:23Z',
  }
}
