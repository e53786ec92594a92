import type {MeterId} from '../../catalog/meters.js'
import type {PriceKind, PriceRow} from '../price-list.js'

/** What a usage type counts, as far as the usage type alone tells. */
export interface BilledUsage {
  readonly subject: UsageSubject
  readonly meter: MeterId
  readonly of: PriceKind
  readonly routing: PriceRow['routing']
  readonly tier: string
  readonly variant: string | null
  /** Only for prompts beyond a length that the usage type does not name. */
  readonly longPrompts: boolean
}

/** A model by its spelling in the usage type (an id, a nickname, or nothing), or what is billed beside models. */
export type UsageSubject =
  | {readonly kind: 'model'; readonly spelling: string}
  | {readonly kind: 'service'; readonly id: string}
