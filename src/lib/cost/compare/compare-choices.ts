import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {toNumber} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import type {PriceOrigin} from '../estimate/estimate.schema.js'
import type {EstimatePorts} from '../estimate/estimate-workload.js'
import {type ModelCall, nameModel} from '../workload/resolve-call.js'
import {type CapacityChoices, expandCapacity} from './capacity-candidates.js'
import {chooseBaseline} from './choose-baseline.js'
import type {CompareResult, NotSold} from './compare.schema.js'
import {expandChoices, type Grid} from './expand-choices.js'
import {type PricedCandidate, priceCandidates} from './price-candidates.js'
import {choiceTeller} from './tell-choice.js'
import {tokenCautions} from './token-cautions.js'

export interface CompareInput {
  readonly grid: Grid
  readonly capacity: CapacityChoices
  /** Words of the choice that the others are compared with; the workload's own, else the first named when undefined. */
  readonly against: string | undefined
  /** As its file has the workload, where it comes from one. */
  readonly own: (ModelCall & {readonly tier: string}) | undefined
  /** Keeps so many of the cheapest. */
  readonly top: number | undefined
  /** Lists what is not sold, too. */
  readonly all: boolean
  readonly prices: PriceOrigin
  readonly simulated: boolean
}

/** Every way to run one workload that is offered and sold, cheapest first. Pure. */
export function compareChoices(input: CompareInput, ports: EstimatePorts): CompareResult {
  const {against, all, capacity, grid, own, prices, simulated, top} = input
  const parts = [expandChoices(grid, ports), expandCapacity(grid, capacity)]
  const {priced, notSold: unpriced} = priceCandidates(
    parts.flatMap(({candidates}) => candidates),
    ports,
  )
  const notSold = [...parts.flatMap((part) => part.notSold), ...unpriced]
  refuseSmallFleet(unpriced)
  const unranked = grid.everyModel ? sortByCost(priced, undefined) : priced
  const baseline = chooseBaseline(unranked, {against, own}, ports.catalog)
  const sorted = sortByCost(priced, baseline)
  const [cheapest] = sorted
  if (!baseline || !cheapest) throw nothingSold(notSold)
  const tell = choiceTeller({baseline, cheapest, catalog: ports.catalog})
  const kept = sorted.slice(0, top ?? sorted.length)
  return {
    schemaVersion: 1,
    simulated,
    unread: [],
    prices,
    workload: describeWorkload(grid),
    baseline: tell(baseline),
    cheapest: tell(cheapest),
    choices: kept.map(tell),
    leftOut: sorted.length - kept.length,
    notSold: {count: notSold.length, byReason: countReasons(notSold), combinations: all ? notSold : []},
    cautions: [...ownCautions(input, notSold, ports.catalog), ...tokenCautions(modelsOf(priced))],
    assumptions: baseline.estimate.demand.assumptions,
    excluded: baseline.estimate.demand.excluded,
  }
}

/** By month; the currency of the baseline first, for amounts of two are not comparable. */
function sortByCost(
  priced: readonly PricedCandidate[],
  baseline: PricedCandidate | undefined,
): readonly PricedCandidate[] {
  const own = baseline?.currency ?? priced[0]?.currency
  const rank = new Map([...new Set(priced.map(({currency}) => currency))].map((currency, at) => [currency, at + 1]))
  const place = ({currency}: PricedCandidate) => (currency === own ? 0 : (rank.get(currency) ?? 0))
  return [...priced].sort((a, b) => place(a) - place(b) || a.month.cmp(b.month))
}

function describeWorkload({workload}: Grid): CompareResult['workload'] {
  const {cache, guardrails, inputTokens, name, outputTokens, requests} = workload
  return {
    name,
    requests: toNumber(requests),
    inputTokens: toNumber(inputTokens),
    outputTokens: toNumber(outputTokens),
    cachedShare: cache ? toNumber(cache.share) : null,
    guardrailPolicies: guardrails?.policies ?? [],
  }
}

function modelsOf(priced: readonly PricedCandidate[]): readonly CatalogModel[] {
  return [...new Set(priced.map(({candidate}) => candidate.model))].filter((model) => model !== undefined)
}

function countReasons(notSold: readonly NotSold[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const {reason} of notSold) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** Why the choice that a file makes is not the baseline. */
function ownCautions({against, own}: CompareInput, notSold: readonly NotSold[], catalog: Catalog): readonly string[] {
  const named = own && nameModel(own.model, catalog)
  if (own === undefined || against !== undefined || named === undefined || typeof named === 'string') return []
  const {model, profile} = named
  const route = own.route ?? profile?.kind
  const without = notSold.find(
    (one) =>
      one.modelId === model.id &&
      (one.region === own.region || own.region === undefined) &&
      (one.route === null || one.route === (route ?? one.route)) &&
      (one.tier === null || one.tier === own.tier),
  )
  if (!without || route === undefined) return []
  return [
    `the choice of the file (${[own.model, own.region, route, own.tier].filter(Boolean).join(', ')}) has no place here: ${without.why}.`,
  ]
}

const TOLD = 12

function nothingSold(notSold: readonly NotSold[]): Error {
  const told = notSold.map(({modelId, region, route, tier, why}) => {
    const where = [region, route, tier].filter((word) => word !== null).join(' ')
    return why.startsWith(modelId) ? why : `${modelId} ${where}: ${why}`
  })
  return usageError('NOTHING_SOLD', 'None of these choices is offered with a known price.', {
    why: firstLines([...new Set(told)], TOLD),
    hint: notSold.every(({reason}) => reason === 'too-long')
      ? 'Shorten the prompt or the answer, or compare every model: --model all'
      : 'Leave --route and --tier out, or compare other Regions: --region all',
  })
}

/** What is wrong with GPUs is wrong with the words that describe them. */
function refuseSmallFleet(unpriced: readonly NotSold[]): void {
  const fleet = unpriced.find(({modelId}) => modelId === 'self-hosted')
  if (!fleet) return
  throw usageError('GPUS_TOO_FEW', 'The GPUs given cannot serve this workload.', {
    why: fleet.why,
    hint: 'Leave --gpus out to take as many as the load needs.',
  })
}
