import type {Catalog} from '../../catalog/catalog.js'
import type {RegionOffer} from '../offers/offer.js'

/** What a lifecycle is judged from. */
export interface LifecycleFacts {
  readonly catalog: Catalog
  readonly offers: readonly RegionOffer[]
  /** Today. */
  readonly at: Date
}
