import {METERS} from '../../catalog/meters.js'
import type {PriceBook, RateQuery, Sold} from '../../prices/price-book.js'
import type {OwnPrice} from './own-prices.schema.js'

/** A book in which the operator's own prices win; the first that fits holds. `source` says where they stand. */
export function withOwnPrices(book: PriceBook, own: readonly OwnPrice[], source: string): PriceBook {
  if (own.length === 0) return book
  return {
    ...book,
    sold(modelId, meter) {
      const sold = own.filter((one) => one.model === modelId && one.meter === meter).map(toSold)
      return [...book.sold(modelId, meter), ...sold]
    },
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

/** `amazon.nova-lite-v1:0 (batch, us-east-1)`: of a price that held for nothing, such as one of another tier. */
export function ownPriceWords({meter, model, region, route, tier, variant}: OwnPrice): string {
  const how = [meter === 'tokens' ? undefined : meter, variant, tier === 'standard' ? undefined : tier, route, region]
  const words = how.filter((word) => word !== undefined)
  return words.length === 0 ? model : `${model} (${words.join(', ')})`
}

function toSold({region, route, tier, variant}: OwnPrice): Sold {
  return {region: region ?? '*', routing: route ?? null, tier, variant: variant ?? null}
}

/** What of an estimate's line decides which price holds for it. */
type PricedLine = Pick<RateQuery, 'modelId' | 'region' | 'tier' | 'variant' | 'of'> & {
  readonly meter: string
  readonly route: string | null
}

/** Prices that hold for none of these lines, such as one of another tier. */
export function idleOwnPrices(own: readonly OwnPrice[], lines: readonly PricedLine[]): readonly OwnPrice[] {
  return own.filter((price) => !lines.some((line) => fits(price, line) && price[line.of] !== undefined))
}

function fits({meter, model, region, route, tier, variant}: OwnPrice, query: PricedLine): boolean {
  return (
    model === query.modelId &&
    meter === query.meter &&
    tier === query.tier &&
    (variant ?? null) === query.variant &&
    (region ?? query.region) === query.region &&
    (route ?? query.route) === query.route
  )
}
