import {type Decimal, ZERO} from '../../core/decimal.js'
import type {CapacityOption} from './capacity-plan.schema.js'
import {chooseUnits, type PricedPlan, priceUnits} from './choose-units.js'
import {allOnDemand, committedOf, type OptionFrame, toServed} from './option-frame.js'
import {type PlanCost, planCost, tokensCost} from './plan-cost.js'
import type {UnitOffer} from './plan-question.js'
import {reservedPlans} from './reserved-plans.js'
import {aloneOf, enoughOf, unitsForAll} from './sweep.js'

/** Every way to serve the traffic: on demand as it is and with a higher quota, units beside it and alone, reserved. */
export function planOptions(frame: OptionFrame): readonly CapacityOption[] {
  const {question} = frame
  return [
    ...onDemandOptions(frame),
    ...question.unitOffers.flatMap((offer) => unitOptions(offer, frame)),
    ...question.reservedOffers.flatMap((offer) => reservedPlans(offer, frame)),
  ]
}

const NO_CAPACITY = {units: null, reserved: null, commitmentMonths: 0, committed: null} as const

function onDemandOptions(frame: OptionFrame): readonly CapacityOption[] {
  const {plans, question, sweep} = frame
  const [today] = plans
  if (today === undefined) return []
  const {tally} = today
  const cost = onDemandCost(tokensCost(tally.tokens, question.rates))
  const own: CapacityOption = {
    id: 'on-demand',
    kind: 'on-demand',
    name: 'All on demand',
    ...NO_CAPACITY,
    ...toServed(tally, cost, frame),
    needs: null,
  }
  if (tally.throttled === 0) return [own]
  const enough = enoughOf(sweep)
  const raised = onDemandCost(allOnDemand(frame))
  const served = {...tally, onDemand: tally.requests, throttled: 0, throttledMinutes: 0}
  return [
    own,
    {
      ...own,
      id: 'on-demand-raised',
      kind: 'raise-quota',
      name: 'All on demand, quota raised',
      ...toServed(served, raised, frame),
      needs: {...enough, tokensPerMinute: Math.ceil(enough.tokensPerMinute)},
    },
  ]
}

function onDemandCost(tokens: Decimal | null): PlanCost | null {
  return tokens && {capacity: ZERO, tokens, total: tokens}
}

function unitOptions(offer: UnitOffer, frame: OptionFrame): readonly CapacityOption[] {
  const {plans, question, sweep} = frame
  if (question.unitTokens === null || plans.length < 2) return []
  const prices = {rates: question.rates, unitHourly: offer.hourly, minutes: sweep.minutes.length}
  const most = plans.at(-1)?.units ?? 0
  const between = priceUnits(plans, prices).filter(({units}) => units > 0 && units < most)
  const hybrid = chooseUnits(between, question.mostThrottled)
  const units = unitsForAll(sweep, question.cover)
  const alone = aloneOf(units, sweep)
  const aloneCost = planCost(
    offer.hourly?.times(units) ?? null,
    sweep.minutes.length,
    alone.tally.tokens,
    question.rates,
  )
  return [
    ...(hybrid ? [toOption('hybrid', hybrid, offer, frame)] : []),
    toOption('all-provisioned', {...alone, cost: aloneCost}, offer, frame),
  ]
}

function toOption(
  kind: 'hybrid' | 'all-provisioned',
  {cost, tally, units}: PricedPlan,
  offer: UnitOffer,
  frame: OptionFrame,
): CapacityOption {
  const what = kind === 'hybrid' ? 'Units and on demand' : 'Units alone'
  return {
    id: `${kind}-${offer.id}`,
    kind,
    name: `${what}, ${offer.name}`,
    units,
    reserved: null,
    ...toServed(tally, cost, frame),
    commitmentMonths: offer.commitmentMonths,
    committed: committedOf(offer.hourly?.times(units) ?? null, offer.commitmentMonths, frame),
    needs: null,
  }
}
