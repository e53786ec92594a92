import {decimal, toNumber} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {sumTraffic} from '../traffic/traffic.js'
import type {CapacityOption, CapacityPlan} from './capacity-plan.schema.js'
import {marginalUnits, priceUnits} from './choose-units.js'
import {allOnDemand, type OptionFrame, toServed} from './option-frame.js'
import {planOptions} from './plan-options.js'
import type {PlanQuestion, UnitOffer} from './plan-question.js'
import {tellAssumptions, tellFindings} from './plan-remarks.js'
import {sensitivityOf} from './sensitivity.js'
import {planOf, sweepUnits} from './sweep.js'

const MOST_MARGINAL = 12

/** How much capacity the traffic is worth: every plan simulated minute by minute, priced and compared. */
export function planCapacity(question: PlanQuestion): CapacityPlan {
  const frame = frameOf(question)
  const offer = sweptOffer(question)
  const {hours, plans, sweep} = frame
  const prices = {rates: question.rates, unitHourly: offer?.hourly ?? null, minutes: sweep.minutes.length}
  const options = planOptions(frame)
  const {best, keeps} = chooseOption(options, question)
  const total = allOnDemand(frame)
  const sum = sumTraffic(sweep.minutes)
  return {
    schemaVersion: 1,
    simulated: question.simulated,
    unread: question.unread,
    prices: question.prices,
    currency: question.currency,
    model: question.model,
    traffic: toldTraffic(question),
    limits: question.limits,
    unit: {
      tokensPerMinute: question.unitTokens,
      offers: question.unitOffers.map((one) => toOffer(one, question)),
      sweptAt: offer?.id ?? null,
    },
    mostThrottled: question.mostThrottled,
    sweep: priceUnits(plans, prices).map(({cost, tally, units}) => ({units, ...toServed(tally, cost, frame)})),
    options,
    best: best?.id ?? null,
    keeps,
    saves:
      total && best?.cost && hours > 0 ? toNumber(total.minus(decimal(best.cost.total)).div(decimal(hours))) : null,
    marginal:
      total === null || sum.requests === 0
        ? []
        : marginalUnits(plans, total.div(sum.requests), sweep.minutes.length)
            .slice(0, MOST_MARGINAL)
            .map(({requests, unit, worthHourly}) => ({
              ...{unit, requests, worthHourly: toNumber(worthHourly)},
              pays: offer?.hourly ? worthHourly.gte(offer.hourly) : null,
            })),
    sensitivity: sensitivityOf(frame, offer),
    findings: tellFindings(frame),
    assumptions: tellAssumptions(question),
  }
}

function frameOf(question: PlanQuestion): OptionFrame {
  const {limits, retryMinutes, traffic, unitTokens} = question
  const {minutes} = traffic
  if (sumTraffic(minutes).requests === 0) {
    throw usageError('NO_TRAFFIC', `No call of ${question.model.modelId} is in ${question.found.name}.`, {
      hint: 'Look at what was called, the Region and the time: bedrockctl cost actual, or another --since.',
    })
  }
  const sweep = {
    minutes,
    retryMinutes,
    unitTokens: unitTokens ?? 0,
    limits: {
      tokensPerMinute: limits.tokensPerMinute?.value ?? Number.POSITIVE_INFINITY,
      requestsPerMinute: limits.requestsPerMinute?.value ?? Number.POSITIVE_INFINITY,
      outputFactor: limits.outputFactor.value,
      latencySeconds: limits.latencySeconds,
    },
  }
  const plans = unitTokens === null ? [planOf(0, sweep)] : sweepUnits(sweep)
  return {question, sweep, plans, hours: minutes.length / 60}
}

/** The first offer with a price that may be recommended, else the first with a price. */
function sweptOffer({maxCommitmentMonths, unitOffers, unitTokens}: PlanQuestion): UnitOffer | undefined {
  if (unitTokens === null) return undefined
  const priced = unitOffers.filter(({hourly}) => hourly !== null)
  return priced.find(({commitmentMonths}) => commitmentMonths <= maxCommitmentMonths) ?? priced[0] ?? unitOffers[0]
}

/** The cheapest of what keeps to what may be lost; where nothing does, what loses least. Ties go to the first. */
function chooseOption(
  options: readonly CapacityOption[],
  {maxCommitmentMonths, mostThrottled}: PlanQuestion,
): {readonly best: CapacityOption | undefined; readonly keeps: boolean} {
  const open = options.flatMap((option) => {
    const {commitmentMonths, cost, throttled} = option
    return cost === null || throttled === null || commitmentMonths > maxCommitmentMonths
      ? []
      : [{option, throttled, total: cost.total}]
  })
  const least = Math.min(...open.map(({throttled}) => throttled))
  const keeps = least <= mostThrottled
  const kept = open.filter(({throttled}) => (keeps ? throttled <= mostThrottled : throttled === least))
  const best = kept.reduce<(typeof kept)[number] | undefined>(
    (one, other) => (one === undefined || other.total < one.total ? other : one),
    undefined,
  )
  return {best: best?.option, keeps: best !== undefined && keeps}
}

function toldTraffic({found, traffic}: PlanQuestion): CapacityPlan['traffic'] {
  const {minutes} = traffic
  const sum = sumTraffic(minutes)
  const bounded = minutes.filter(({maxTokens}) => maxTokens !== null)
  const mean = (tokens: number) => tokens / sum.requests
  return {
    ...found,
    from: traffic.from,
    minutes: minutes.length,
    requests: sum.requests,
    busiest: minutes.reduce((most, {requests}) => Math.max(most, requests), 0),
    perRequest: {
      input: mean(sum.input),
      cacheRead: mean(sum.cacheRead),
      cacheWrite: mean(sum.cacheWrite),
      output: mean(sum.output),
      maxTokens:
        bounded.length === 0
          ? null
          : bounded.reduce((all, {maxTokens}) => all + (maxTokens ?? 0), 0) / sumTraffic(bounded).requests,
    },
    notes: traffic.notes,
  }
}

function toOffer(
  {commitmentMonths, hourly, id, name, source, why}: UnitOffer,
  {currency}: PlanQuestion,
): CapacityPlan['unit']['offers'][number] {
  return {id, name, commitmentMonths, hourly: hourly && {currency, amount: toNumber(hourly)}, source, why}
}
