import type {RefreshPorts} from '../refresh/refresh-catalog.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** What a refresh reads from and writes to. Offline there is nothing to read. */
export async function refreshPorts(connection: Connection): Promise<RefreshPorts> {
  const session = onlineSession(connection, 'What a refresh is for')
  const {catalog, simulated} = connection
  const [{catalogOffer}, {foldingVariants}, {cacheFolder}, identity, optIns, offers, quotas] = await Promise.all([
    import('../models/offers/catalog-offer.js'),
    import('../models/offers/fold-variants.js'),
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
    offers: foldingVariants(offers, catalog),
    quotas,
    prices: (partition) => session.prices(partition),
    bundledOffer: (region) => catalogOffer(catalog, region),
    cacheFolder: cacheFolder(process.env, process.platform),
    simulated,
    now: () => new Date(),
  }
}
