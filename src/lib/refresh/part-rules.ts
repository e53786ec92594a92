import type {CatalogPrice} from '../catalog/catalog.schema.js'
import type {RegionOffer} from '../models/offers/offer.js'
import type {PriceList} from '../prices/price-list.js'
import {
  type CachedOffers,
  type CachedPrices,
  type CachedQuotas,
  OFFERS,
  PRICES,
  QUOTAS,
  type RegionQuotas,
} from './cached-facts.js'
import {diffOffers} from './diff-offers.js'
import {bundledPrices, diffPrices, diffPricesWithBundle} from './diff-prices.js'
import {diffQuotas} from './diff-quotas.js'
import type {PartRules} from './settle-part.js'

/** Models, profiles and lifecycle: one record a Region. */
export function offerRules(bundledOffer: (region: string) => RegionOffer): PartRules<RegionOffer, CachedOffers> {
  return {
    name: 'models',
    part: OFFERS,
    entriesOf: ({offers}) => offers,
    contentOf: (head, offers) => ({...head, part: 'offers', offers}),
    keyOf: ({region}) => region,
    regionOf: ({region}) => region,
    readAtOf: ({origin}) => origin.asOf,
    countOf: ({models, profiles}) => models.length + profiles.length,
    diff: diffOffers,
    diffWithBundle: (after) => diffOffers(withoutDeadProfiles(bundledOffer(after.region)), after),
  }
}

/** The bundle still knows the profiles of models past their end of life: that those are gone is no news. */
function withoutDeadProfiles(offer: RegionOffer): RegionOffer {
  const offered = new Set(offer.models.map(({id}) => id))
  return {...offer, profiles: offer.profiles.filter(({modelId}) => offered.has(modelId))}
}

/** Prices: one record for each service code and Region. */
export function priceRules(bundled: readonly CatalogPrice[]): PartRules<PriceList, CachedPrices> {
  const known = bundledPrices(bundled)
  return {
    name: 'prices',
    part: PRICES,
    entriesOf: ({lists}) => lists,
    contentOf: (head, lists) => ({...head, part: 'prices', lists}),
    keyOf: ({offer, region}) => `${offer} ${region}`,
    regionOf: ({region}) => region,
    readAtOf: ({readAt}) => readAt,
    countOf: ({prices}) => prices.length,
    diff: diffPrices,
    diffWithBundle: (after) => diffPricesWithBundle(known, after),
  }
}

/** Quotas: one record a Region; the bundle has none. */
export const QUOTA_RULES: PartRules<RegionQuotas, CachedQuotas> = {
  name: 'quotas',
  part: QUOTAS,
  entriesOf: ({regions}) => regions,
  contentOf: (head, regions) => ({...head, part: 'quotas', regions}),
  keyOf: ({region}) => region,
  regionOf: ({region}) => region,
  readAtOf: ({readAt}) => readAt,
  countOf: ({quotas}) => quotas.length,
  diff: diffQuotas,
  diffWithBundle: () => undefined,
}
