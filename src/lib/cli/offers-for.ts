import type {Settings} from '../config/settings.js'
import type {CollectedOffers} from '../models/offers/collect-offers.js'
import type {Connection} from './connect.js'
import {ignoredCache} from './fact-cache.js'
import type {Progress} from './progress.js'

export interface OffersForOptions {
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Says on stderr that the cache could not be used. */
  readonly warn: (text: string) => void
}

/** Reads what these Regions offer, as the settings say: live, from the cache, or from the bundle. */
export async function offersFor(
  regions: readonly string[],
  settings: Settings,
  {catalog, session, cache}: Connection,
  {signal, progress, warn}: OffersForOptions,
): Promise<CollectedOffers> {
  const [{collectOffers}, {foldingVariants}, {offerCache}] = await Promise.all([
    import('../models/offers/collect-offers.js'),
    import('../models/offers/fold-variants.js'),
    import('../refresh/offer-cache.js'),
  ])
  // Live answers beat the cache, so without --max-age it is not even opened.
  const kept = settings.offline || settings.maxAgeMs !== undefined ? await cache.offers(signal) : undefined
  if (kept?.ignored !== undefined) warn(ignoredCache(kept.ignored))
  return collectOffers(
    {regions, maxAgeMs: settings.maxAgeMs},
    {
      catalog,
      source: session && foldingVariants(await session.offers(), catalog),
      cache: offerCache(kept?.content, Date.now),
    },
    {signal, onProgress: (done, total) => progress.update(done, total, 'Regions read')},
  )
}
