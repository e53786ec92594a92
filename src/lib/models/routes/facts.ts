import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogPrice} from '../../catalog/catalog.schema.js'
import type {Unread} from '../../core/answer.schema.js'
import type {AccountFacts} from '../access/account-verdict.js'
import type {RegionOffer} from '../offers/offer.js'

/** Everything that was read, before any judging. */
export interface AvailabilityFacts {
  readonly catalog: Catalog
  readonly offers: readonly RegionOffer[]
  /** What the bundle says of a Region that was not read; for alternatives only. */
  readonly bundled: (region: string) => RegionOffer
  readonly unread: readonly Unread[]
  /** Empty when none are wanted: they are read for recommendations only. */
  readonly prices: readonly CatalogPrice[]
  readonly simulated: boolean
  /** Whether the account has a Region enabled; undefined when the account was not read. */
  readonly isEnabled: ((region: string) => boolean | undefined) | undefined
  /** What was read of the account for a model in a Region; undefined when the account was not read. */
  readonly accountOf: ((region: string, modelId: string) => AccountFacts | undefined) | undefined
}

/** What an alternative is looked for in. */
export type AlternativeFacts = Pick<AvailabilityFacts, 'catalog' | 'offers' | 'bundled' | 'isEnabled'>
