import type {RegionOptInSource} from '../../account/ports.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {RouteReading} from '../../routing/ports.js'
import {readOptIns} from '../access/read-account.js'
import {catalogOffer} from '../offers/catalog-offer.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import type {ReferenceSource} from '../references/reference-ports.js'
import {resolveBaseModels, resolveReference} from '../references/resolve-base-models.js'
import {nearestAlternative} from './alternatives.js'
import {judgeRoutes} from './route-verdicts.js'

export interface ReadRoutesPorts {
  readonly catalog: Catalog
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
  /** The account, when it can be read; undefined offline. */
  readonly session: {regionOptIns(): Promise<RegionOptInSource>; references(): Promise<ReferenceSource>} | undefined
  readonly simulated: () => boolean
}

/**
 * Reads what these Regions offer and which Regions the account has enabled: what routes are listed and traced from. A
 * Region that is known to be disabled is not asked.
 */
export async function readRoutes(
  regions: readonly string[],
  {catalog, readOffers, session, simulated}: ReadRoutesPorts,
  signal?: AbortSignal,
): Promise<RouteReading> {
  const optIns = session && (await readOptIns(await session.regionOptIns(), signal))
  const collected = await readOffers(regions.filter((name) => optIns?.isEnabled(name) !== false))
  const {offers} = collected
  const unread = [...(optIns?.unread ?? []), ...collected.unread]
  const isEnabled =
    optIns && ((region: string) => (collected.notEnabled.includes(region) ? false : optIns.isEnabled(region)))
  const facts = {catalog, offers, references: await session?.references()}
  const routesOf: RouteReading['routesOf'] = (modelId, region) =>
    judgeRoutes({
      modelId,
      catalog,
      offer: offers.find((candidate) => candidate.region === region),
      region,
      unreadReason:
        isEnabled?.(region) === false
          ? 'the account has not enabled this Region'
          : unread.find((entry) => entry.region === region)?.reason,
      isEnabled,
    })
  return {
    catalog,
    offers,
    unread,
    isEnabled,
    simulated,
    routesOf,
    resolveModels: (texts) => resolveBaseModels(texts, facts, signal),
    resolve: (text) => resolveReference(text, facts, signal),
    nearest: (modelId, region, requirement) =>
      nearestAlternative(modelId, region, requirement, {
        catalog,
        offers,
        bundled: (name) => catalogOffer(catalog, name),
        isEnabled,
      }),
  }
}
