import type {Catalog} from '../catalog/catalog.js'
import type {CatalogPrice} from '../catalog/catalog.schema.js'
import {NO_AMOUNTS, toCatalogPrices} from '../prices/list-prices.js'
import type {PriceList} from '../prices/price-list.js'
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
  const cached = lists.flatMap(toCatalogPrices)
  if (cached.length === 0) return bundled
  const listed = new Map<string, Set<string>>()
  for (const price of cached) {
    const kinds = listed.get(keyOf(price)) ?? new Set()
    for (const [kind, amount] of Object.entries(price.amount)) if (amount !== null) kinds.add(kind)
    listed.set(keyOf(price), kinds)
  }
  return [...cached, ...bundled.flatMap((price) => withoutKinds(price, listed.get(keyOf(price))))]
}

/** The row without the kinds that a list prices: a list that has a model's input alone does not unsay its output. */
function withoutKinds(price: CatalogPrice, kinds: ReadonlySet<string> | undefined): readonly CatalogPrice[] {
  if (kinds === undefined) return [price]
  const left = Object.entries(price.amount).filter(([kind, amount]) => amount !== null && !kinds.has(kind))
  return left.length === 0 ? [] : [{...price, amount: {...NO_AMOUNTS, ...Object.fromEntries(left)}}]
}

function keyOf({modelId, region, routing, tier, meter, variant, currency}: CatalogPrice): string {
  return [modelId, region, routing, tier, meter, variant, currency].join('\n')
}
