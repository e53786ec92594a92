import type {CatalogPrice} from '../catalog/catalog.schema.js'
import type {Settings} from '../config/settings.js'
import type {Connection} from './connect.js'
import {ignoredCache} from './fact-cache.js'

/** Every known price: what `catalog refresh` kept beats the bundle while it is not older than --max-age. */
export async function pricesFor(
  settings: Pick<Settings, 'maxAgeMs'>,
  {catalog, cache}: Connection,
  warn: (text: string) => void,
): Promise<readonly CatalogPrice[]> {
  const [{openPriceBook}, {content, ignored}] = await Promise.all([import('../refresh/price-book.js'), cache.prices()])
  if (ignored !== undefined) warn(ignoredCache(ignored))
  return openPriceBook(catalog, content, {maxAgeMs: settings.maxAgeMs, now: Date.now})
}
