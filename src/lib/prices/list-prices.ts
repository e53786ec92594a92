import type {CatalogPrice} from '../catalog/catalog.schema.js'
import {METERS} from '../catalog/meters.js'
import type {PriceList, PriceRow} from './price-list.js'

export const NO_AMOUNTS = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null}

/** The rows of a list in the catalog's shape; a regional price holds In-Region and for geographic profiles. */
export function toCatalogPrices({offer, region, readAt, publishedOn, prices}: PriceList): readonly CatalogPrice[] {
  const published = publishedOn === null ? '' : `, published ${publishedOn}`
  return prices.flatMap((row) => {
    const {amount, currency, meter, modelId, skus, tier, variant} = row
    const {input, output} = amount
    // An output that costs nothing is that of an embedding.
    const inverted = input !== undefined && output !== undefined && output > 0 && output < input
    return routingsOf(row).map((routing) => ({
      modelId,
      profileId: null,
      region,
      routing,
      tier,
      meter,
      variant,
      unit: METERS[meter].unit,
      currency,
      amount: {...NO_AMOUNTS, ...amount},
      skus,
      note: inverted ? 'output costs less than input: check it' : null,
      asOf: readAt.slice(0, 10),
      sources: [`AWS Price List ${offer}${published}`],
      confidence: inverted ? 'low' : 'high',
    }))
  })
}

/** The catalog's words for the routing of a row. */
export function routingsOf({routing}: Pick<PriceRow, 'routing'>): readonly CatalogPrice['routing'][] {
  return routing === 'regional' ? ['in-region', 'geo'] : [routing]
}
