import type {Settings} from '../config/settings.js'
import type {CollectedOffers} from '../models/collect-offers.js'
import type {Connection} from './connect.js'
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
  if (cache.damage !== undefined && (settings.offline || settings.maxAgeMs !== undefined)) {
    warn(`ignored  ${cache.damage}. Write it anew: bedrockctl catalog refresh`)
  }
  const {collectOffers} = await import('../models/collect-offers.js')
  return collectOffers(
    {regions, maxAgeMs: settings.maxAgeMs},
    {catalog, source: await session?.offers(), cache},
    {signal, onProgress: (done, total) => progress.update(done, total, 'Regions read')},
  )
}
