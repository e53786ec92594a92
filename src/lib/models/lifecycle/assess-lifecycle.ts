import type {Catalog} from '../../catalog/catalog.js'
import type {Gate} from '../../core/answer.schema.js'
import {usageError} from '../../core/errors.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import type {ReferenceSource} from '../references/reference-ports.js'
import {resolveBaseModels} from '../references/resolve-base-models.js'
import type {LifecycleResult, ModelLifecycle} from './lifecycle.schema.js'
import {modelLifecycle} from './model-lifecycle.js'

export type StatusWord = 'active' | 'legacy' | 'extended-access' | 'eol' | 'preview' | 'unknown'
export type LifecycleThreshold = 'eol' | 'legacy' | 'within' | 'never'

export interface AssessLifecycleInput {
  /** Any id, ARN or display name; empty for every model that the Regions offer. */
  readonly models: readonly string[]
  readonly regions: readonly string[]
  readonly withinDays: number | undefined
  /** Keep these; empty keeps all. `legacy` holds extended access too. */
  readonly statuses: readonly StatusWord[]
  readonly failOn: LifecycleThreshold
  /** Today. */
  readonly at: Date
}

export interface LifecyclePorts {
  readonly catalog: Catalog
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
  /** Undefined offline. */
  readonly references: ReferenceSource | undefined
  readonly simulated: () => boolean
}

/** Where models stand today, soonest loss first, and whether one of them is past the threshold. */
export async function assessLifecycle(
  input: AssessLifecycleInput,
  ports: LifecyclePorts,
  signal: AbortSignal,
): Promise<LifecycleResult> {
  const {catalog} = ports
  const {at, failOn, regions, withinDays} = input
  if (failOn === 'within' && withinDays === undefined) {
    throw usageError('WITHIN_MISSING', '--fail-on within needs --within.', {hint: 'Add --within 90d.'})
  }
  const {offers, unread} = await ports.readOffers(regions)
  const named = await resolveBaseModels(input.models, {catalog, offers, references: ports.references}, signal)
  const ids = named.length > 0 ? named : listedIds(input, catalog, offers)
  const models = ids
    .map((id) => modelLifecycle(id, {catalog, offers, at}))
    .filter((model) => keeps(model, input, named.length > 0))
    .sort(byUrgency)
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread,
    on: at.toISOString().slice(0, 10),
    regions,
    withinDays: withinDays ?? null,
    models,
    scan: null,
    ...(failOn === 'never' ? {} : {gate: judge(models, failOn, withinDays)}),
  }
}

/** What the Regions offer; the dead, whom no Region lists, join when they are asked for. */
function listedIds(
  {regions, statuses}: AssessLifecycleInput,
  catalog: Catalog,
  offers: CollectedOffers['offers'],
): readonly string[] {
  const offered = offers.flatMap(({models, profiles}) => [
    ...models.map(({id}) => id),
    ...profiles.map(({modelId}) => modelId),
  ])
  const own = catalog.models.filter(
    ({aliasOf, lifecycle, mantle}) =>
      aliasOf === null &&
      (lifecycle.status === 'EOL'
        ? statuses.includes('eol')
        : lifecycle.status === 'UNLISTED'
          ? statuses.includes('unknown')
          : mantle.some((region) => regions.includes(region))),
  )
  return [...new Set([...offered, ...own.map(({id}) => id)])]
}

/** --within drops the dead unless they were named: a gate over named models must not pass because one is gone. */
function keeps(model: ModelLifecycle, {statuses, withinDays}: AssessLifecycleInput, named: boolean): boolean {
  if (statuses.length > 0 && !statuses.some((word) => PHASES[word].includes(model.phase))) return false
  return withinDays === undefined || isDue(model, withinDays) || (named && model.phase === 'EOL')
}

const PHASES: Readonly<Record<StatusWord, readonly ModelLifecycle['phase'][]>> = {
  active: ['ACTIVE'],
  legacy: ['LEGACY', 'EXTENDED_ACCESS'],
  'extended-access': ['EXTENDED_ACCESS'],
  eol: ['EOL'],
  preview: ['PREVIEW'],
  unknown: ['UNKNOWN'],
}

function isDue({next}: ModelLifecycle, withinDays: number): boolean {
  return next !== null && next.daysLeft <= withinDays
}

/** True when the end of life comes within so many days. */
export function endsWithin({dates}: Pick<ModelLifecycle, 'dates'>, withinDays: number | undefined): boolean {
  return dates.some(({event, daysLeft}) => event === 'endOfLife' && daysLeft > 0 && daysLeft <= (withinDays ?? 0))
}

/** Coming losses by date, then the dead, latest first, then the rest by id. */
export function byUrgency(a: ModelLifecycle, b: ModelLifecycle): number {
  return urgency(a) - urgency(b) || a.id.localeCompare(b.id)
}

function urgency({next, phase, dates}: ModelLifecycle): number {
  if (next) return next.daysLeft
  if (phase !== 'EOL') return 3e6
  return 1e6 - (dates.find(({event}) => event === 'endOfLife')?.daysLeft ?? -1e6)
}

function judge(
  models: readonly ModelLifecycle[],
  failOn: Exclude<LifecycleThreshold, 'never'>,
  withinDays: number | undefined,
): Gate {
  const fails: Readonly<Record<typeof failOn, (model: ModelLifecycle) => boolean>> = {
    eol: (model) => endsWithin(model, withinDays),
    legacy: ({phase}) => PHASES.legacy.includes(phase),
    within: (model) => isDue(model, withinDays ?? 0),
  }
  const failing = models.filter((model) => model.phase === 'EOL' || fails[failOn](model))
  const days = withinDays === undefined ? '' : ` within ${withinDays} days`
  const requirement = {
    eol: `no model at its end of life${days}`,
    legacy: 'no model that is legacy or gone',
    within: `no model with a loss${days}`,
  }[failOn]
  return {requirement, passed: failing.length === 0, failures: failing.map(describeStanding)}
}

/** `anthropic.claude-… is LEGACY, end of life 2027-04-08 (138 days)`. */
export function describeStanding({id, phase, dates}: ModelLifecycle): string {
  const end = dates.find(({event}) => event === 'endOfLife')
  const words = end ? `, end of life ${end.date}${end.daysLeft > 0 ? ` (${end.daysLeft} days)` : ''}` : ''
  return `${id} is ${phase}${words}`
}
