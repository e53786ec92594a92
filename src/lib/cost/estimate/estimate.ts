import {METERS} from '../../catalog/meters.js'
import type {Unread} from '../../core/answer.schema.js'
import {toNumber} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import {cheaperChoices} from '../compare/cheaper-choices.js'
import type {PricedUsage, Total} from '../price-usage.js'
import type {WorkloadProblem} from '../workload/demand.js'
import type {Workload} from '../workload/workload.schema.js'
import type {EstimatedWorkload, EstimateLine, EstimateResult, MoneyAmount, PriceOrigin} from './estimate.schema.js'
import {type CountedWorkload, countedTokens} from './estimate-range.js'
import {addTotals, type EstimatePorts, estimateWorkload, type WorkloadEstimate} from './estimate-workload.js'

export interface EstimateInput {
  readonly workloads: readonly Workload[]
  /** Region of workloads that name none. */
  readonly region: string | undefined
  readonly prices: PriceOrigin
  readonly simulated: boolean
  /** Where a problem stands, such as `line 12`; undefined where there is no file. */
  readonly placeOf?: ((problem: WorkloadProblem) => string) | undefined
}

const TOLD = 12
/** Beyond so many workloads nobody reads what else each could be. */
const FEW = 10
const ACTIONS = 3

/** Prices every workload; throws one usage error with all that is wrong. */
export function estimateWorkloads(input: EstimateInput, ports: EstimatePorts): readonly WorkloadEstimate[] {
  const problems: WorkloadProblem[] = []
  const estimates: WorkloadEstimate[] = []
  for (const workload of input.workloads) {
    const estimate = estimateWorkload(workload, input.region, ports)
    if ('lines' in estimate) estimates.push(estimate)
    else problems.push(...estimate)
  }
  if (problems.length === 0) return estimates
  const {placeOf} = input
  const told = problems.map((problem) => (placeOf ? `${placeOf(problem)}: ${problem.message}` : problem.message))
  const actions = [...new Set(problems.flatMap(({next}) => next ?? []))].slice(0, ACTIONS)
  throw usageError('NOT_PRICED', 'This cannot be priced as it stands.', {
    why: firstLines([...new Set(told)], TOLD),
    hint: actions.length > 0 ? 'What there is:' : 'Correct this and try again.',
    actions,
  })
}

/** The answer of `cost estimate`. */
export function estimate(
  input: EstimateInput & {readonly counted?: CountedWorkload | undefined},
  ports: EstimatePorts,
): EstimateResult {
  const estimates = estimateWorkloads(input, ports)
  const workloads = estimates.map(toEstimatedWorkload)
  return {
    schemaVersion: 1,
    simulated: input.simulated,
    unread: estimates.flatMap(({lines}) => lines.flatMap(toUnpriced)),
    prices: input.prices,
    counted: input.counted ? countedTokens(input.counted, input.region, ports) : null,
    workloads,
    cheaper: estimates.length > FEW ? [] : estimates.flatMap((one) => cheaperChoices(one, ports)),
    month: addTotals(estimates.map(({month}) => month)).map(toMoney),
    once: addTotals(estimates.map(({once}) => once)).map(toMoney),
    year: addTotals(estimates.map(({year}) => year)).map(toMoney),
    complete: workloads.every(({complete}) => complete),
  }
}

export function toEstimatedWorkload({
  workload,
  demand,
  lines,
  month,
  once,
  year,
  months,
}: WorkloadEstimate): EstimatedWorkload {
  const {amplification, assumptions, excluded, requests, tokens} = demand
  return {
    name: workload.name,
    kind: workload.kind,
    lines: lines.map(toLine),
    month: month.map(toMoney),
    once: once.map(toMoney),
    year: year.map(toMoney),
    months: months?.map((totals) => totals.map(toMoney)) ?? null,
    requests: requests && toNumber(requests),
    tokens: tokens && toNumber(tokens),
    ...unitCosts({demand, lines, month}),
    amplification: amplification && toNumber(amplification),
    assumptions,
    excluded,
  }
}

/** What a request and a million tokens cost; null where a price is missing, or there are two currencies. */
export function unitCosts({
  demand,
  lines,
  month,
}: Pick<WorkloadEstimate, 'demand' | 'lines' | 'month'>): Pick<
  EstimatedWorkload,
  'complete' | 'perRequest' | 'perMillionTokens'
> {
  const {requests, tokens} = demand
  const [only] = month.length === 1 ? month : []
  const complete = lines.every(({rate}) => rate !== null)
  const per = (divisor: typeof requests, units: number): MoneyAmount | null =>
    only && complete && divisor?.gt(0) ? toMoney({...only, amount: only.amount.div(divisor).times(units)}) : null
  return {complete, perRequest: per(requests, 1), perMillionTokens: per(tokens, 1_000_000)}
}

export function toMoney({amount, currency}: Total): MoneyAmount {
  return {currency, amount: toNumber(amount)}
}

export function toLine(line: PricedUsage): EstimateLine {
  const {component, meter, modelId, note, of, quantity, region, route, tier, variant} = line
  return {
    ...{component, modelId, meter, kind: of, variant, region, route, tier},
    period: line.once ? 'once' : 'month',
    quantity: toNumber(quantity),
    unit: METERS[meter].noun,
    price: line.rate && {
      amount: toNumber(line.rate.amount),
      currency: line.rate.currency,
      unit: line.rate.unit,
      sku: line.rate.sku,
      asOf: line.rate.asOf,
      sources: line.rate.sources,
      confidence: line.rate.confidence,
      note: line.rate.note,
    },
    month: line.rate === null ? null : line.once ? 0 : toNumber(line.amount),
    once: line.rate === null ? null : line.once ? toNumber(line.amount) : 0,
    why: line.rate === null ? line.why : null,
    note: note ?? null,
  }
}

function toUnpriced(line: PricedUsage): readonly Unread[] {
  if (line.rate !== null) return []
  return [{region: line.region, action: 'pricing:GetProducts', code: 'NO_PRICE', reason: line.why}]
}
