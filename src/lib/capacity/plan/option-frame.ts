import {type Decimal, decimal, toNumber} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import {sumTraffic} from '../traffic/traffic.js'
import type {CapacityOption, SweptPlan} from './capacity-plan.schema.js'
import {type PlanCost, tokensCost} from './plan-cost.js'
import type {PlanQuestion} from './plan-question.js'
import type {Tally} from './simulate.js'
import type {SweepFrame, UnitPlan} from './sweep.js'

/** What the traffic and its simulation are, once for all options. */
export interface OptionFrame {
  readonly question: PlanQuestion
  readonly sweep: SweepFrame
  /** From none to what takes all; only none where a unit's tokens are not known. */
  readonly plans: readonly UnitPlan[]
  readonly hours: number
}

type Served = Omit<SweptPlan, 'units'>

/** What a tally says in the answer; without a quota that is known nobody knows what is lost. */
export function toServed(tally: Tally, cost: PlanCost | null, {hours, question}: OptionFrame): Served {
  const isKnown = question.limits.tokensPerMinute !== null || tally.onDemand === 0
  return {
    baseline: tally.baseline,
    onDemand: tally.onDemand,
    throttled: isKnown ? tally.throttled : null,
    throttledMinutes: isKnown ? tally.throttledMinutes : null,
    utilisation: tally.utilisation,
    cost: cost && {
      capacity: toNumber(cost.capacity),
      tokens: toNumber(cost.tokens),
      total: toNumber(cost.total),
      totalHourly: hours === 0 ? 0 : toNumber(cost.total.div(decimal(hours))),
    },
  }
}

/** What all requests cost on demand, if none were turned away. */
export function allOnDemand({question, sweep}: OptionFrame): Decimal | null {
  return tokensCost(sumTraffic(sweep.minutes), question.rates)
}

/** The hours of the whole term, whatever the traffic: a plan shorter than the term pays it all the same. */
export function committedOf(
  hourly: Decimal | null,
  months: number,
  {question}: OptionFrame,
): CapacityOption['committed'] {
  if (hourly === null || months === 0) return null
  return {currency: question.currency, amount: toNumber(hourly.times(HOURS_PER_MONTH).times(months))}
}
