import type {CatalogPrice} from '../catalog/catalog.schema.js'
import {METERS} from '../catalog/meters.js'
import type {PriceList, PriceRow} from './price-list.js'

export const NO_AMOUNTS = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null}

/**
 * The rows of a list in the catalog's shape; a regional price holds In-Region and for geographic profiles. There are
 * thousands, of one shape that is written out: spread together, they would take most of the start of a command.
 */
export function toCatalogPrices({offer, region, readAt, publishedOn, prices}: PriceList): readonly CatalogPrice[] {
  const asOf = readAt.slice(0, 10)
  const sources = [`AWS Price List ${offer}${publishedOn === null ? '' : `, published ${publishedOn}`}`]
  const told: CatalogPrice[] = []
  for (const row of prices) {
    const {currency, meter, modelId, skus, tier, variant} = row
    const amount = amountOf(row)
    // An output that costs nothing is that of an embedding.
    const inverted =
      amount.input !== null && amount.output !== null && amount.output > 0 && amount.output < amount.input
    const note = inverted ? 'output costs less than input: check it' : null
    const confidence = inverted ? 'low' : 'high'
    const {unit} = METERS[meter]
    for (const routing of routingsOf(row)) {
      told.push({
        ...{modelId, profileId: null, region, routing, tier, meter, variant, unit, currency, amount, skus, note},
        ...{asOf, sources, confidence},
      })
    }
  }
  return told
}

function amountOf({amount: {cacheRead, cacheWrite, cacheWrite1h, input, output, unit}}: PriceRow) {
  return {
    input: input ?? null,
    output: output ?? null,
    cacheRead: cacheRead ?? null,
    cacheWrite: cacheWrite ?? null,
    cacheWrite1h: cacheWrite1h ?? null,
    unit: unit ?? null,
  }
}

/** The catalog's words for the routing of a row. */
export function routingsOf({routing}: Pick<PriceRow, 'routing'>): readonly CatalogPrice['routing'][] {
  return routing === 'regional' ? ['in-region', 'geo'] : [routing]
}
