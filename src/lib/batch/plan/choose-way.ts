import type {Catalog} from '../../catalog/catalog.js'
import {usageError} from '../../core/errors.js'
import {type SupportFacts, waysHere} from '../support/batch-support.js'
import type {BatchTarget, BatchWay} from '../support/batch-target.js'

type SystemTarget = Extract<BatchTarget, {kind: 'model' | 'profile'}>

export interface ChosenWay {
  readonly target: BatchTarget
  /** How prices and rules see it; null for what the account made itself. */
  readonly route: BatchWay['route'] | null
  /** Why it is not what was typed; null where it is. */
  readonly why: string | null
}

export interface WayQuestion {
  readonly target: BatchTarget
  readonly region: string
  /** Of --route. */
  readonly route: BatchWay['route'] | undefined
}

/** What a job names for a model that was asked for: a profile or an ARN fix the way, a model leaves it open. */
export function chooseWay({region, route, target}: WayQuestion, facts: SupportFacts & {catalog: Catalog}): ChosenWay {
  switch (target.kind) {
    case 'model':
      return chooseForModel(target.modelId, {region, route}, facts)
    case 'profile':
      return {target, route: assertRoute(target, kindOf(target.profileId, facts.catalog), route), why: null}
    case 'application-profile':
      return {target, route: target.madeFrom === 'model' ? 'in-region' : 'geo', why: null}
    default:
      return {target, route: null, why: null}
  }
}

function chooseForModel(
  modelId: string,
  {region, route}: Pick<WayQuestion, 'region' | 'route'>,
  facts: SupportFacts & {catalog: Catalog},
): ChosenWay {
  const ways = waysHere(modelId, region, facts)
  const [way] = ways.filter((one) => route === undefined || one.route === route)
  if (way !== undefined) {
    const isItself = way.id === modelId
    const why = isItself || route !== undefined ? null : `A job in ${region} may not name ${modelId} itself.`
    return {target: targetOf(way, modelId), route: way.route, why}
  }
  const named = namedByRoute(modelId, region, route, facts.catalog)
  if (named === undefined) {
    throw usageError('ROUTE_NOT_OFFERED', `${modelId} has no ${route ?? 'in-region'} route from ${region}.`, {
      hint: 'Leave --route out, or see where it is offered.',
      actions: [`bedrockctl models availability ${modelId} --from ${region}`],
    })
  }
  return {target: named, route: route ?? 'in-region', why: null}
}

/** What the route means for a model of which nobody lists where it does batch. */
function namedByRoute(
  modelId: string,
  region: string,
  route: WayQuestion['route'],
  catalog: Catalog,
): SystemTarget | undefined {
  if (route === undefined || route === 'in-region') return {kind: 'model', modelId}
  const profile = catalog.model(modelId)?.profiles.find(({kind, routes}) => kind === route && region in routes)
  return profile && {kind: 'profile', profileId: profile.id, modelId}
}

function targetOf(way: BatchWay, modelId: string): SystemTarget {
  return way.route === 'in-region' ? {kind: 'model', modelId} : {kind: 'profile', profileId: way.id, modelId}
}

function kindOf(profileId: string, catalog: Catalog): BatchWay['route'] {
  const known = catalog.profile(profileId)?.profile.kind
  return known ?? (profileId.startsWith('global.') ? 'global' : 'geo')
}

function assertRoute(
  {profileId}: Extract<BatchTarget, {kind: 'profile'}>,
  own: BatchWay['route'],
  asked: BatchWay['route'] | undefined,
): BatchWay['route'] {
  if (asked === undefined || asked === own) return own
  throw usageError('ROUTE_FIXED', `"${profileId}" fixes the route by itself: ${own}.`, {
    hint: 'Leave --route out, or name the model instead.',
  })
}
