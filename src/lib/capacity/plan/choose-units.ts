import type {Decimal} from '../../core/decimal.js'
import {type PlanCost, planCost, type TokenRates, tokensCost} from './plan-cost.js'
import type {UnitPlan} from './sweep.js'

/** A plan with its price; null where one is not known. */
export interface PricedPlan extends UnitPlan {
  readonly cost: PlanCost | null
}

export interface UnitPrices {
  readonly rates: TokenRates
  /** Of one unit; null where it is not known. */
  readonly unitHourly: Decimal | null
  /** Of the traffic. */
  readonly minutes: number
}

export function priceUnits(
  plans: readonly UnitPlan[],
  {minutes, rates, unitHourly}: UnitPrices,
): readonly PricedPlan[] {
  return plans.map(({tally, units}) => {
    const hourly = units === 0 ? unitHourly?.times(0) : unitHourly?.times(units)
    const none = units === 0 ? tokensOnly(tally.tokens, rates) : null
    return {units, tally, cost: none ?? planCost(hourly ?? null, minutes, tally.tokens, rates)}
  })
}

/** Without capacity its price does not matter. */
function tokensOnly(tokens: UnitPlan['tally']['tokens'], rates: TokenRates): PlanCost | null {
  const amount = tokensCost(tokens, rates)
  return amount && {capacity: amount.times(0), tokens: amount, total: amount}
}

/**
 * The cheapest plan that loses no more than is allowed, of two as cheap that with fewer units. Where none keeps to
 * that, the one that loses least. Undefined where no plan has a price.
 */
export function chooseUnits(plans: readonly PricedPlan[], mostThrottled: number): PricedPlan | undefined {
  const priced = plans.flatMap(({cost, ...plan}) => (cost === null ? [] : [{...plan, cost}]))
  const kept = priced.filter(({tally}) => tally.throttled <= mostThrottled)
  const least = Math.min(...priced.map(({tally}) => tally.throttled))
  const candidates = kept.length > 0 ? kept : priced.filter(({tally}) => tally.throttled === least)
  return candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, plan) => (best === undefined || plan.cost.total.lt(best.cost.total) ? plan : best),
    undefined,
  )
}

/** What one more unit is worth: the tokens that it takes off the bill for those on demand. */
export interface MarginalUnit {
  readonly unit: number
  /** Requests that it takes. */
  readonly requests: number
  /** What those would cost on demand, an hour: a unit that costs more does not pay for itself. */
  readonly worthHourly: Decimal
}

/** Unit by unit, from the first; a plan of several units more stands for their mean. */
export function marginalUnits(
  plans: readonly UnitPlan[],
  requestCost: Decimal,
  minutes: number,
): readonly MarginalUnit[] {
  return plans.slice(1).flatMap((plan, index) => {
    const before = plans[index]
    if (before === undefined) return []
    const requests = (plan.tally.baseline - before.tally.baseline) / (plan.units - before.units)
    return [{unit: plan.units, requests, worthHourly: requestCost.times(requests).times(60).div(minutes)}]
  })
}
