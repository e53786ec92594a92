import type {CatalogModel, CatalogProfile} from '../../catalog/catalog.schema.js'
import type {Route} from '../../prices/price-book.js'
import type {Workload, WorkloadOf} from '../workload/workload.schema.js'
import type {Choice, NotSold} from './compare.schema.js'

export type Tier = WorkloadOf<'inference'>['tier']

export const TIERS: readonly Tier[] = ['standard', 'flex', 'priority', 'latency-optimized', 'batch']

/** Why a combination cannot be had. */
export type Why = Pick<NotSold, 'reason' | 'why'>

/** One way to run the workload: a variation of it, and what is known of the way before it is priced. */
export interface Candidate {
  readonly kind: Choice['kind']
  /** Undefined for GPUs of one's own. */
  readonly model: CatalogModel | undefined
  readonly profile: CatalogProfile | undefined
  /** What to call. */
  readonly call: string
  readonly region: string
  readonly route: Route | null
  readonly tier: string
  readonly commitment: Choice['commitment']
  readonly workload: Workload
  readonly notes: readonly string[]
}

/** Ways that are offered, in the order of naming, and what is not. */
export interface Expansion {
  readonly candidates: readonly Candidate[]
  readonly notSold: readonly NotSold[]
}
