import {type Decimal, toNumber} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {PriceOrigin} from '../estimate/estimate.schema.js'
import type {EstimatePorts} from '../estimate/estimate-workload.js'
import {inferenceDemand} from '../workload/inference/inference-demand.js'
import {resolveCall} from '../workload/resolve-call.js'
import type {WorkloadOf} from '../workload/workload.schema.js'
import type {BreakEvenResult, BreakEvenVolume} from './breakeven.schema.js'
import {chooseRange} from './choose-range.js'
import {compareOptions} from './compare-options.js'
import type {BreakEvenCase, CapacityTerms, CostOption, UnpricedOption} from './cost-option.js'
import {importedOption} from './imported-option.js'
import {contextOf} from './price-option.js'
import {provisionedOptions} from './provisioned-options.js'
import {reservedOptions} from './reserved-options.js'
import {selfHostedOption} from './self-hosted-option.js'
import {baselineId, tierOptions} from './tier-options.js'
import {toBreakEvenOption} from './to-breakeven-option.js'

export interface BreakEvenInput {
  readonly workload: WorkloadOf<'inference'>
  /** Region of a workload that names none. */
  readonly region: string | undefined
  readonly terms: CapacityTerms
  /** Requests a month; chosen around the load where undefined. */
  readonly from: Decimal | undefined
  readonly to: Decimal | undefined
  readonly by: 'requests' | 'tokens'
  readonly prices: PriceOrigin
  readonly simulated: boolean
}

/** Every way to serve one workload, and the volumes at which another becomes the cheapest. */
export function breakEven(input: BreakEvenInput, ports: EstimatePorts): BreakEvenResult {
  const subject = subjectOf(input, ports)
  const {call, workload} = subject
  const {baseline, options, unpriced} = pricedOptions(subject, ports)
  const range = chooseRange({load: workload.requests, from: input.from, to: input.to}, baseline, options)
  const tokens = workload.inputTokens.plus(workload.outputTokens)
  const toVolume = (requests: Decimal): BreakEvenVolume => ({
    requestsPerHour: toNumber(requests.div(HOURS_PER_MONTH)),
    requestsPerMonth: toNumber(requests),
    tokensPerMonth: toNumber(requests.times(tokens)),
  })
  const {assumptions, excluded} = inferenceDemand(workload, contextOf(call))
  return {
    schemaVersion: 1,
    simulated: input.simulated,
    unread: [],
    prices: input.prices,
    workload: {
      name: workload.name,
      modelId: call.modelId,
      modelName: call.name,
      region: call.region,
      route: call.route,
      tier: workload.tier,
      inputTokens: toNumber(workload.inputTokens),
      outputTokens: toNumber(workload.outputTokens),
      load: toVolume(workload.requests),
    },
    range: {from: toVolume(range.from), to: toVolume(range.to)},
    by: input.by,
    baseline: baseline.id,
    options: options.map((option) => toBreakEvenOption(option, range, workload)),
    notPriced: unpriced.map(({id, name, why}) => ({id, name, why})),
    ...compareOptions({baseline, options, range, toVolume}),
    assumptions: [...assumptions, ...assumedOf(subject)],
    excluded: [...excluded, 'discounts that are agreed with AWS'],
  }
}

/** The workload, understood; throws one usage error where it cannot be. */
function subjectOf({region, terms, workload}: BreakEvenInput, {catalog}: EstimatePorts): BreakEvenCase {
  const call = resolveCall(workload, catalog, region)
  if (typeof call === 'string') {
    throw usageError('NOT_PRICED', 'This cannot be priced as it stands.', {
      why: `${workload.name}: ${call}`,
      hint: 'List what a Region offers: bedrockctl models list --region REGION',
    })
  }
  const problems = [
    ...(workload.requests.gt(0) ? [] : ['requests: a break-even needs a volume, more than 0']),
    ...(workload.inputTokens.plus(workload.outputTokens).gt(0) ? [] : ['a request without tokens costs nothing']),
    ...(workload.cache && workload.tier === 'batch' ? ['batch inference does not use the prompt cache'] : []),
  ]
  if (problems.length > 0) {
    throw usageError('WORKLOAD_WITHOUT_COST', 'There is nothing to compare.', {why: problems.join('\n')})
  }
  return {call, workload, terms}
}

interface PricedOptions {
  readonly baseline: CostOption
  readonly options: readonly CostOption[]
  readonly unpriced: readonly UnpricedOption[]
}

/** The options in the currency of the baseline; throws where the baseline itself has no price. */
function pricedOptions(subject: BreakEvenCase, {book}: EstimatePorts): PricedOptions {
  const all = [
    ...tierOptions(subject, book),
    ...provisionedOptions(subject, book),
    ...reservedOptions(subject, book),
    importedOption(subject, book),
    selfHostedOption(subject, book),
  ]
  const own = all.find(({id}) => id === baselineId(subject))
  if (own?.kind !== 'priced') {
    throw usageError('NOT_PRICED', 'This cannot be priced as it stands.', {
      ...(own && {why: `${subject.workload.name}: ${own.why}`}),
      hint: 'Choose a combination that is sold: bedrockctl cost prices MODEL',
    })
  }
  const judged = all.map((option): CostOption | UnpricedOption => {
    if (option.kind === 'unpriced' || option.currency === own.currency) return option
    const why = `priced in ${option.currency}, which is not compared with ${own.currency}`
    return {kind: 'unpriced', id: option.id, name: option.name, why}
  })
  return {
    baseline: own,
    options: judged.flatMap((option) => (option.kind === 'priced' ? [option] : [])),
    unpriced: judged.flatMap((option) => (option.kind === 'unpriced' ? [option] : [])),
  }
}

function assumedOf({terms, workload}: BreakEvenCase): readonly string[] {
  return [
    `a month has ${HOURS_PER_MONTH} hours, and requests keep their size`,
    terms.peakFactor.eq(1)
      ? 'every minute has as many tokens: model units and reserved tokens leave no room for peaks'
      : `the busiest minute has ${terms.peakFactor} times the tokens of the mean one; model units and reserved tokens are enough for it`,
    ...(terms.selfHosted ? [`GPUs are used to ${terms.utilisation.times(100)} %`] : []),
    ...(workload.guardrails ? ['the guardrail checks every request, whoever answers it'] : []),
  ]
}
