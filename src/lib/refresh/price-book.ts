import type {Catalog} from '../catalog/catalog.js'
import type {CatalogPrice} from '../catalog/catalog.schema.js'
import {NO_AMOUNTS, toCatalogPrices} from '../prices/list-prices.js'
import {PRICE_KINDS, type PriceList} from '../prices/price-list.js'
import type {CachedPrices} from './cached-facts.js'
import {isFresh} from './is-fresh.js'

export interface PriceBookOptions {
  /** Cached lists that are older do not count; undefined: any age. */
  readonly maxAgeMs: number | undefined
  readonly now: () => number
}

/**
 * Every known price: the cached Price List first, then what the bundle knows beside it. A bundled price gives way to a
 * cached one of the same model, Region, routing, tier and meter. Each row says whose it is and of when.
 */
export async function openPriceBook(
  catalog: Catalog,
  cache: CachedPrices | undefined,
  {maxAgeMs, now}: PriceBookOptions,
): Promise<readonly CatalogPrice[]> {
  const bundled = await catalog.prices()
  return mergePrices(
    bundled,
    (cache?.lists ?? []).filter(({readAt}) => isFresh(readAt, maxAgeMs, now())),
  )
}

/** The prices of these lists, then those of the bundle that they do not have, kind by kind. */
export function mergePrices(bundled: readonly CatalogPrice[], lists: readonly PriceList[]): readonly CatalogPrice[] {
  const merged = lists.flatMap(toCatalogPrices)
  if (merged.length === 0) return bundled
  const listed = new Map<string, CatalogPrice['amount'][]>()
  for (const price of merged) {
    const key = keyOf(price)
    const amounts = listed.get(key)
    if (amounts) amounts.push(price.amount)
    else listed.set(key, [price.amount])
  }
  // Most of the bundle is of Regions that no list is of: their rows need no key.
  const regions = new Set<string | null>(lists.map(({region}) => region))
  for (const price of bundled) {
    const amounts = regions.has(price.region) ? listed.get(keyOf(price)) : undefined
    const left = amounts === undefined ? price : withoutKinds(price, amounts)
    if (left !== undefined) merged.push(left)
  }
  return merged
}

/** The row without the kinds that a list prices: a list that has a model's input alone does not unsay its output. */
function withoutKinds(price: CatalogPrice, amounts: readonly CatalogPrice['amount'][]): CatalogPrice | undefined {
  const left = PRICE_KINDS.filter(
    (kind) => price.amount[kind] !== null && amounts.every((amount) => amount[kind] === null),
  )
  if (left.length === 0) return undefined
  return {...price, amount: {...NO_AMOUNTS, ...Object.fromEntries(left.map((kind) => [kind, price.amount[kind]]))}}
}

function keyOf({currency, meter, modelId, region, routing, tier, variant}: CatalogPrice): string {
  return `${modelId}\n${region}\n${routing}\n${tier}\n${meter}\n${variant}\n${currency}`
}
