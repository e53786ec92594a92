import type {OfferCache} from '../models/offers/collect-offers.js'
import type {CachedOffers} from './cached-facts.js'
import {isFresh} from './is-fresh.js'

/** The kept offers by Region; without content, a cache that holds nothing. */
export function offerCache(content: CachedOffers | undefined, now: () => number): OfferCache {
  const byRegion = new Map((content?.offers ?? []).map((offer) => [offer.region, offer]))
  return {
    get(region, maxAgeMs) {
      const offer = byRegion.get(region)
      if (!offer || !isFresh(offer.origin.asOf, maxAgeMs, now())) return undefined
      return {...offer, origin: {...offer.origin, kind: 'cache'}}
    },
  }
}
