import type {Decimal} from '../../core/decimal.js'
import type {PriceOrigin} from '../../cost/estimate/estimate.schema.js'
import type {Traffic} from '../traffic/traffic.js'
import type {CapacityPlan} from './capacity-plan.schema.js'
import type {TokenRates} from './plan-cost.js'

/** Model units as they are sold for one term. */
export interface UnitOffer {
  readonly id: string
  readonly name: string
  readonly commitmentMonths: number
  /** Of one unit; null where no price is known. */
  readonly hourly: Decimal | null
  readonly source: string | null
  readonly why: string | null
}

/** The Reserved tier for one term. Prices are of 1,000 tokens a minute, by the hour. */
export interface ReservedOffer {
  readonly id: string
  readonly name: string
  readonly commitmentMonths: number
  readonly inputHourly: Decimal
  readonly outputHourly: Decimal
}

/** All that a plan is made of. */
export interface PlanQuestion {
  readonly model: CapacityPlan['model']
  readonly traffic: Traffic
  readonly found: Pick<CapacityPlan['traffic'], 'source' | 'name' | 'calledAs'>
  readonly limits: CapacityPlan['limits']
  /** Tokens a minute that one unit serves; null: not known. */
  readonly unitTokens: number | null
  /** The first that has a price and no longer commitment than is allowed is swept. */
  readonly unitOffers: readonly UnitOffer[]
  readonly reservedOffers: readonly ReservedOffer[]
  /** Least tokens a minute that are reserved. */
  readonly leastReserved: {readonly input: number; readonly output: number}
  readonly rates: TokenRates
  readonly currency: string
  readonly prices: PriceOrigin
  readonly mostThrottled: number
  /** Share of the minutes in which capacity alone takes everything. */
  readonly cover: number
  readonly retryMinutes: number
  /** Longer commitments are shown and not recommended. */
  readonly maxCommitmentMonths: number
  readonly simulated: boolean
  readonly unread: CapacityPlan['unread']
}
