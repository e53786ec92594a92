import {usageError} from '../core/errors.js'
import type {RefreshPorts} from '../refresh/refresh-catalog.js'
import type {Connection} from './connect.js'

/** What a refresh reads from and writes to. Offline there is nothing to read. */
export async function refreshPorts({catalog, session, simulated}: Connection): Promise<RefreshPorts> {
  if (!session) {
    throw usageError('OFFLINE', 'A refresh reads AWS: it cannot be offline.', {
      hint: 'Leave --offline out, or see what the cache holds: bedrockctl catalog show',
    })
  }
  const [{catalogOffer}, {cacheFolder}, identity, optIns, offers, quotas] = await Promise.all([
    import('../models/catalog-offer.js'),
    import('../config/cache-folder.js'),
    session.identity(),
    session.regionOptIns(),
    session.offers(),
    session.quotas(),
  ])
  return {
    catalog,
    identity,
    optIns,
    offers,
    quotas,
    prices: (partition) => session.prices(partition),
    bundledOffer: (region) => catalogOffer(catalog, region),
    cacheFolder: cacheFolder(process.env, process.platform),
    simulated,
    now: () => new Date(),
  }
}
