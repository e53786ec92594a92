import {toNumber} from '../../core/decimal.js'
import {scaleTraffic} from '../traffic/traffic.js'
import type {CapacityPlan} from './capacity-plan.schema.js'
import {chooseUnits, priceUnits} from './choose-units.js'
import {allOnDemand, type OptionFrame} from './option-frame.js'
import type {UnitOffer} from './plan-question.js'
import {enoughOf, planOf, type SweepFrame, sweepUnits} from './sweep.js'

type Sensitivity = CapacityPlan['sensitivity'][number]

interface Variation {
  readonly words: string
  readonly sweep: SweepFrame
}

/** What output takes of a quota, by model: the next one may count it so. */
const FACTORS = [1, 5, 10, 15]
const LATENCIES = [12, 60]

/** How the answer changes with what is uncertain: the traffic, how quotas count, what a unit serves. */
export function sensitivityOf(frame: OptionFrame, offer: UnitOffer | undefined): readonly Sensitivity[] {
  const base = judge({words: '', sweep: frame.sweep}, frame, offer)
  return variationsOf(frame).map((variation) => {
    const judged = judge(variation, frame, offer)
    return {...judged, changes: judged.bestUnits !== base.bestUnits}
  })
}

function judge({sweep, words}: Variation, frame: OptionFrame, offer: UnitOffer | undefined): Sensitivity {
  const {question} = frame
  const today = planOf(0, sweep)
  const plans = offer === undefined ? [today] : sweepUnits(sweep)
  const prices = {rates: question.rates, unitHourly: offer?.hourly ?? null, minutes: sweep.minutes.length}
  const best = offer === undefined ? undefined : chooseUnits(priceUnits(plans, prices), question.mostThrottled)
  const raised = allOnDemand({...frame, sweep})
  return {
    case: words,
    throttledToday: question.limits.tokensPerMinute === null ? null : today.tally.throttled,
    enoughTokensPerMinute: Math.ceil(enoughOf(sweep).tokensPerMinute),
    bestUnits: best?.units ?? null,
    total: best?.cost ? toNumber(best.cost.total) : null,
    raisedTotal: raised && toNumber(raised),
    changes: false,
  }
}

function variationsOf({question, sweep}: OptionFrame): readonly Variation[] {
  const {limits, minutes, unitTokens} = sweep
  const isBounded = minutes.some(({maxTokens}) => maxTokens !== null)
  const factor = (outputFactor: number): Variation => ({
    words: `output counts ${outputFactor}×`,
    sweep: {...sweep, limits: {...limits, outputFactor}},
  })
  return [
    ...[0.8, 1.2].map((by) => ({
      words: `traffic × ${by}`,
      sweep: {...sweep, minutes: scaleTraffic(minutes, by)},
    })),
    ...(question.limits.tokensPerMinute === null
      ? []
      : FACTORS.filter((each) => each !== limits.outputFactor).map(factor)),
    ...(isBounded
      ? LATENCIES.filter((each) => each !== limits.latencySeconds).map((latencySeconds) => ({
          words: `requests take ${latencySeconds} s`,
          sweep: {...sweep, limits: {...limits, latencySeconds}},
        }))
      : []),
    ...(question.unitTokens === null
      ? []
      : [0.5, 1.5].map((by) => ({
          words: `a unit serves × ${by}`,
          sweep: {...sweep, unitTokens: unitTokens * by},
        }))),
  ]
}
