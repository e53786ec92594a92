import {METERS} from '../../catalog/meters.js'
import type {PriceBook, RateQuery} from '../../prices/price-book.js'
import type {OwnPrice} from './own-prices.schema.js'

/** A book in which the operator's own prices win; the first that fits holds. `source` says where they stand. */
export function withOwnPrices(book: PriceBook, own: readonly OwnPrice[], source: string): PriceBook {
  if (own.length === 0) return book
  return {
    ...book,
    rate(query) {
      const price = own.find((one) => fits(one, query) && one[query.of] !== undefined)
      const amount = price?.[query.of]
      if (price === undefined || amount === undefined) return book.rate(query)
      const {per, unit} = METERS[query.meter]
      const what = {amount, per, unit, currency: price.currency, sku: null, asOf: ''}
      return {...what, sources: [source], confidence: 'high', note: 'your own price'}
    },
  }
}

function fits({meter, model, region, route, tier, variant}: OwnPrice, query: RateQuery): boolean {
  return (
    model === query.modelId &&
    meter === query.meter &&
    tier === query.tier &&
    (variant ?? null) === query.variant &&
    (region ?? query.region) === query.region &&
    (route ?? query.route) === query.route
  )
}
