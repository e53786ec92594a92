import {decimal} from '../../core/decimal.js'
import type {CapacityOption} from './capacity-plan.schema.js'
import {committedOf, type OptionFrame, toServed} from './option-frame.js'
import {type PlanCost, planCost} from './plan-cost.js'
import type {ReservedOffer} from './plan-question.js'
import {simulate, type Tally} from './simulate.js'

/** Shares of the minutes whose tokens a reservation takes: sizes between them change little. */
const SHARES = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 1]
/** Sold by the thousand tokens a minute. */
const STEP = 1000

interface Size {
  readonly input: number
  readonly output: number
}

interface SizedPlan {
  readonly size: Size
  readonly tally: Tally
  readonly cost: PlanCost | null
}

/** The cheapest size of a reservation that loses no more than is allowed; none where nothing has a price. */
export function reservedPlans(offer: ReservedOffer, frame: OptionFrame): readonly CapacityOption[] {
  const {question, sweep} = frame
  const plans = sizesOf(frame).map((size): SizedPlan => {
    const supply = {kind: 'apart', ...size} as const
    const tally = simulate(sweep.minutes, {supply, onDemand: sweep.limits, retryMinutes: sweep.retryMinutes})
    const cost = planCost(hourlyOf(size, offer), sweep.minutes.length, tally.tokens, question.rates)
    return {size, tally, cost}
  })
  const best = cheapest(plans, question.mostThrottled)
  if (best === undefined) return []
  const {cost, size, tally} = best
  return [
    {
      id: `reserved-${offer.id}`,
      kind: 'reserved',
      name: offer.name,
      units: null,
      reserved: size,
      ...toServed(tally, cost, frame),
      commitmentMonths: offer.commitmentMonths,
      committed: committedOf(hourlyOf(size, offer), offer.commitmentMonths, frame),
      needs: null,
    },
  ]
}

function cheapest(plans: readonly SizedPlan[], mostThrottled: number): SizedPlan | undefined {
  const priced = plans.filter(({cost}) => cost !== null)
  const least = Math.min(...priced.map(({tally}) => tally.throttled))
  const kept = priced.filter(({tally}) => tally.throttled <= Math.max(least, mostThrottled))
  return kept.reduce<SizedPlan | undefined>(
    (best, plan) => (best?.cost && plan.cost?.total.gte(best.cost.total) ? best : plan),
    undefined,
  )
}

function hourlyOf({input, output}: Size, {inputHourly, outputHourly}: ReservedOffer) {
  return inputHourly.times(decimal(input / STEP)).plus(outputHourly.times(decimal(output / STEP)))
}

/** Input and output of as many minutes, from the least that is sold on. */
function sizesOf({question, sweep}: OptionFrame): readonly Size[] {
  const busy = sweep.minutes.filter(({requests}) => requests > 0)
  const inputs = Float64Array.from(busy, ({cacheWrite, input}) => input + cacheWrite).sort()
  const outputs = Float64Array.from(busy, ({output}) => output).sort()
  const {leastReserved} = question
  const at = (sorted: Float64Array, share: number, least: number) => {
    const tokens = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
    return Math.max(least, Math.ceil(tokens / STEP) * STEP)
  }
  const sizes = SHARES.map((share) => ({
    input: at(inputs, share, leastReserved.input),
    output: at(outputs, share, leastReserved.output),
  }))
  return [...new Map(sizes.map((size) => [`${size.input} ${size.output}`, size])).values()]
}
