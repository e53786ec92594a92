import type {Catalog} from '../catalog/catalog.js'
import type {CatalogPrice} from '../catalog/catalog.schema.js'
import type {CachedPrices, PriceList, PriceRow} from './cached-facts.js'
import {isFresh} from './is-fresh.js'

export interface PriceBookOptions {
  /** Cached lists that are older do not count; undefined: any age. */
  readonly maxAgeMs: number | undefined
  readonly now: () => number
}

/**
 * Every known price: the cached Price List first, then what the bundle knows beside it. A bundled price gives way to a
 * cached one of the same model, Region, routing and tier. Each row says whose it is and of when.
 */
export async function openPriceBook(
  catalog: Catalog,
  cache: CachedPrices | undefined,
  {maxAgeMs, now}: PriceBookOptions,
): Promise<readonly CatalogPrice[]> {
  const bundled = await catalog.prices()
  const cached = (cache?.lists ?? []).filter(({readAt}) => isFresh(readAt, maxAgeMs, now())).flatMap(toCatalogPrices)
  if (cached.length === 0) return bundled
  const known = new Set(cached.map(keyOf))
  return [...cached, ...bundled.filter((price) => !known.has(keyOf(price)))]
}

/** The rows of a list in the catalog's shape; a regional price holds In-Region and for geographic profiles. */
export function toCatalogPrices({offer, region, readAt, publishedOn, prices}: PriceList): readonly CatalogPrice[] {
  const published = publishedOn === null ? '' : `, published ${publishedOn}`
  return prices.flatMap((row) => {
    const {modelId, tier, usd} = row
    const inverted = usd.input !== null && usd.output !== null && usd.output < usd.input
    return routingsOf(row).map((routing) => ({
      modelId,
      profileId: null,
      region,
      routing,
      tier,
      unit: '1M tokens',
      usd: {...usd, unit: null},
      note: inverted ? 'output costs less than input: check it' : null,
      asOf: readAt.slice(0, 10),
      sources: [`AWS Price List ${offer}${published}`],
      confidence: inverted ? 'low' : 'high',
    }))
  })
}

/** The catalog's words for the routing of a row. */
export function routingsOf({
  routing,
}: Pick<PriceRow, 'routing'>): readonly ('in-region' | 'geo' | 'global' | 'mantle')[] {
  return routing === 'regional' ? ['in-region', 'geo'] : [routing]
}

function keyOf({modelId, region, routing, tier, unit}: CatalogPrice): string {
  return [modelId, region, routing, tier, unit].join('\n')
}
