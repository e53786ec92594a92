import {type Decimal, decimal, ONE, roundedUp, ZERO} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import {LEAST_RESERVED} from '../workload/reserved/reserved-demand.js'
import {offeredRoutes} from '../workload/resolve-call.js'
import type {WorkloadOf} from '../workload/workload.schema.js'
import type {Candidate, Expansion} from './candidate.js'
import type {NotSold} from './compare.schema.js'
import type {Grid} from './expand-choices.js'

/** Capacity that is paid for by the hour and compared with on-demand; each only where it is given. */
export interface CapacityChoices {
  readonly selfHosted?: SelfHostedChoice | undefined
  readonly reserved?: ReservedChoice | undefined
  readonly modelUnits?: Decimal | undefined
}

export interface SelfHostedChoice {
  readonly gpuHourly: Decimal
  readonly tokensPerSecond: Decimal
  readonly utilisation: Decimal
  readonly gpus?: Decimal | undefined
  /** Where the throughput is from, in words; undefined: as given. */
  readonly measured?: string | undefined
}

/** Tokens a minute to reserve; from the load and its peak where they are not given. */
export interface ReservedChoice {
  readonly inputTokensPerMinute?: Decimal | undefined
  readonly outputTokensPerMinute?: Decimal | undefined
  /** Busiest minute over the mean one. */
  readonly peakFactor: Decimal
}

/** The candidates of capacity, for each model and Region where it is sold. */
export function expandCapacity(grid: Grid, choices: CapacityChoices): Expansion {
  const places = grid.models.flatMap((named) => grid.regions.map((region) => ({grid, model: named.model, region})))
  const parts = places.flatMap((place) => [
    ...(choices.reserved ? [expandReserved(place, choices.reserved)] : []),
    ...(choices.modelUnits ? [expandProvisioned(place, choices.modelUnits)] : []),
  ])
  return {
    candidates: [
      ...parts.flatMap(({candidates}) => candidates),
      ...(choices.selfHosted ? [selfHosted(grid.workload, choices.selfHosted)] : []),
    ],
    notSold: parts.flatMap(({notSold}) => notSold),
  }
}

interface Place {
  readonly grid: Grid
  readonly model: Grid['models'][number]['model']
  readonly region: string
}

function expandReserved({grid, model, region}: Place, choice: ReservedChoice): Expansion {
  const {workload} = grid
  if (model.serviceTiers !== null && !model.serviceTiers.includes('reserved')) {
    return {candidates: [], notSold: [notOffered(model.id, region, 'reserved', 'it has no reserved tier')]}
  }
  const sized = sizeOf(workload, choice)
  const wanted = offeredRoutes(model, region).filter(
    ({route}) => route !== 'mantle' && (grid.routes.length === 0 || grid.routes.includes(route)),
  )
  const candidates = wanted.flatMap(({route, profileId}) =>
    (['1-month', '3-month'] as const).map(
      (term): Candidate => ({
        kind: 'reserved',
        model,
        profile: model.profiles.find(({id}) => id === profileId),
        call: profileId ?? model.id,
        ...{region, route, tier: 'reserved', commitment: term},
        workload: {
          ...named(workload),
          kind: 'reserved',
          model: model.id,
          ...{region, route, term},
          inputTokensPerMinute: sized.input,
          outputTokensPerMinute: sized.output,
          traffic: trafficOf(workload),
        },
        notes: [sized.note, ...leftOut(workload)],
      }),
    ),
  )
  return {candidates, notSold: []}
}

function expandProvisioned({grid, model, region}: Place, modelUnits: Decimal): Expansion {
  if (!model.provisioned.some(({regions}) => regions.includes(region))) {
    const why = 'no Provisioned Throughput is sold there'
    return {candidates: [], notSold: [notOffered(model.id, region, 'provisioned', why)]}
  }
  const candidates = (['no-commitment', '1-month', '6-month'] as const).map(
    (commitment): Candidate => ({
      kind: 'provisioned',
      model,
      profile: undefined,
      call: model.id,
      ...{region, route: null, tier: 'provisioned'},
      commitment: commitment === 'no-commitment' ? 'none' : commitment,
      workload: {
        ...named(grid.workload),
        kind: 'provisioned',
        model: model.id,
        ...{region, modelUnits, commitment, hours: decimal(HOURS_PER_MONTH)},
        traffic: trafficOf(grid.workload),
      },
      notes: [`${modelUnits} model units as given; their throughput is not public`, ...leftOut(grid.workload)],
    }),
  )
  return {candidates, notSold: []}
}

function selfHosted(workload: Grid['workload'], {measured, ...choice}: SelfHostedChoice): Candidate {
  const {inputTokens, outputTokens, requests} = workload
  return {
    kind: 'self-hosted',
    model: undefined,
    profile: undefined,
    call: 'self-hosted',
    ...{region: 'on-premises', route: null, tier: 'self-hosted', commitment: 'none'},
    workload: {
      ...named(workload),
      kind: 'self-hosted',
      currency: 'USD',
      hours: decimal(HOURS_PER_MONTH),
      ...choice,
      ...{requests, inputTokens, outputTokens},
    },
    notes: [
      ...(measured === undefined ? [] : [measured]),
      ...(workload.cache ? ['the whole input counts: no prompt cache is assumed'] : []),
      ...leftOut(workload),
    ],
  }
}

function sizeOf({cache, inputTokens, outputTokens, requests}: Grid['workload'], choice: ReservedChoice) {
  const {inputTokensPerMinute, outputTokensPerMinute, peakFactor} = choice
  const peak = requests.div(HOURS_PER_MONTH * 60).times(peakFactor)
  // Reads from the cache do not count against reserved tokens. Source: Amazon Bedrock User Guide, service tiers (2026).
  const counted = inputTokens.times(ONE.minus(cache?.share ?? ZERO))
  const input = inputTokensPerMinute ?? atLeast(peak.times(counted), LEAST_RESERVED.input)
  const output = outputTokensPerMinute ?? atLeast(peak.times(outputTokens), LEAST_RESERVED.output)
  const words = (value: Decimal) => Number(value).toLocaleString('en-US')
  const from = inputTokensPerMinute && outputTokensPerMinute ? 'as given' : `for a peak of ${peakFactor} × the mean`
  return {input, output, note: `${words(input)} input and ${words(output)} output tokens a minute, ${from}`}
}

/** Reserved tokens are bought by the thousand. */
function atLeast(perMinute: Decimal, least: number): Decimal {
  const thousands = roundedUp(perMinute.div(1000)).times(1000)
  return thousands.lt(least) ? decimal(least) : thousands
}

function named({description, name}: Grid['workload']) {
  return {name, description}
}

function trafficOf({inputTokens, outputTokens, requests}: Grid['workload']) {
  return {requests, inputTokens, outputTokens, overflow: ZERO, overflowTier: 'standard'} as const
}

/** What on-demand choices have in them and capacity has not. */
function leftOut({cache, guardrails}: WorkloadOf<'inference'>): readonly string[] {
  return [
    ...(guardrails ? ['without the guardrail, which on-demand choices include'] : []),
    ...(cache ? ['without what reading from a prompt cache costs'] : []),
  ]
}

function notOffered(modelId: string, region: string, tier: string, why: string): NotSold {
  return {modelId, region, route: null, tier, reason: 'not-offered', why}
}
