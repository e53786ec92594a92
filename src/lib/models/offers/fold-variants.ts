import type {Catalog} from '../../catalog/catalog.js'
import {findModel} from '../../catalog/model-lookup.js'
import type {OfferedModel, OfferSource, RegionOffer} from './offer.js'

/** The source, with context variants folded into their base models as the catalog knows them. */
export function foldingVariants(source: OfferSource, catalog: Catalog): OfferSource {
  return {readOffer: async (region, signal) => foldVariants(await source.readOffer(region, signal), catalog)}
}

/**
 * A Region can list a context variant (`…:0:200k`) without its base model, and only the catalog knows what it is a
 * variant of: it then stands for the base model, offered as provisioned throughput alone.
 */
function foldVariants(offer: RegionOffer, catalog: Catalog): RegionOffer {
  const folded = new Map<string, OfferedModel>()
  for (const model of offer.models) {
    const match = findModel(catalog, model.id)
    const id = match?.matchedBy === 'context-variant' ? match.model.id : model.id
    const kept = folded.get(id)
    folded.set(id, kept ? {...kept, provisionedIds: [...kept.provisionedIds, ...model.provisionedIds]} : {...model, id})
  }
  return {...offer, models: [...folded.values()]}
}
