import {parseArn} from '../core/arn.js'
import {usageError} from '../core/errors.js'
import type {RouteVerdict} from '../models/availability/availability.schema.js'
import type {ReferencedResource} from '../models/references/reference-ports.js'
import type {ResolvedReference} from '../models/references/resolve-base-models.js'
import type {RouteReading} from './ports.js'
import {type CallPlace, modelArn, ownArn, type RouteTarget} from './route-target.js'
import type {RoutesTraceResult} from './routes-trace.schema.js'

/** Routes to trace, and the ways that do not lead there, each with its reason. */
export interface RouteTargets {
  readonly targets: readonly RouteTarget[]
  readonly passedOver: RoutesTraceResult['passedOver']
}

/** What the text stands for, as routes from this place: one for a profile or an account resource, all for a model. */
export function routeTargets(resolved: ResolvedReference, place: CallPlace, reading: RouteReading): RouteTargets {
  const {reference, modelId, resource} = resolved
  if (reference.kind === 'resource' && resource) {
    return {targets: [resourceTarget(resource, modelId, place)], passedOver: []}
  }
  if (modelId === null) return {targets: [], passedOver: []}
  const routes = reading.routesOf(modelId, place.region).filter(({mode}) => mode !== 'provisioned')
  const asked = reference.kind === 'profile' ? profileRoutes(reference.profileId, modelId, routes, reading) : routes
  return {
    targets: asked.flatMap((route) => toTarget(route, modelId, place) ?? []),
    passedOver: asked
      .filter((route) => route.answer !== 'yes' || route.id === null)
      .map(({mode, answer, id, reason}) => ({kind: mode, answer, id, reason: reason ?? 'not offered from here'})),
  }
}

/** The route of the profile itself; when it cannot be called, why, and what else can. */
function profileRoutes(
  profileId: string,
  modelId: string,
  routes: readonly RouteVerdict[],
  {catalog, offers}: RouteReading,
): readonly RouteVerdict[] {
  const own = routes.filter(({id}) => id === profileId)
  if (own.length > 0) return own
  const profile =
    catalog.profile(profileId)?.profile ??
    offers.flatMap(({profiles}) => profiles).find(({id, modelId: base}) => id === profileId && base === modelId)
  const alike = routes.find(({mode, answer}) => mode === profile?.kind && answer !== 'yes')
  return [
    {
      mode: profile?.kind ?? 'geo',
      answer: alike?.answer ?? 'no',
      id: profileId,
      geography: null,
      destinations: null,
      notEnabledDestinations: [],
      reason: alike?.reason ?? 'it cannot be called from here',
    },
  ]
}

function toTarget(route: RouteVerdict, modelId: string, place: CallPlace): RouteTarget | undefined {
  const {mode, id, geography, destinations, reason} = route
  if (route.answer !== 'yes' || id === null || mode === 'provisioned') return undefined
  return {id, kind: mode, ...identityOf(mode, id, place), geography, destinations, modelId, note: reason}
}

function identityOf(mode: RouteTarget['kind'], id: string, place: CallPlace): Pick<RouteTarget, 'resource' | 'arn'> {
  switch (mode) {
    case 'in-region':
      return {resource: 'foundation-model', arn: modelArn(place.partition, place.region, id)}
    case 'geo':
    case 'global':
      return {resource: 'inference-profile', arn: ownArn(place, `inference-profile/${id}`)}
    case 'mantle':
      return {resource: 'project', arn: ownArn(place, 'project/default', 'bedrock-mantle')}
  }
}

/** Where a resource of the account sends a request is in its own model ARNs; all but profiles run in their Region. */
function resourceTarget(resource: ReferencedResource, modelId: string | null, place: CallPlace): RouteTarget {
  const common = {
    id: resource.arn,
    resource: kindOf(resource),
    arn: resource.arn,
    geography: null,
    modelId,
    note: resource.name,
  }
  const regions = resource.modelArns.flatMap((text) => parseArn(text)?.region ?? [])
  if (resource.kind !== 'application-inference-profile')
    return {...common, kind: 'in-region', destinations: [place.region]}
  if (regions.includes('')) return {...common, kind: 'global', destinations: null}
  if (regions.length === 0) return {...common, kind: 'geo', destinations: null}
  const destinations = [...new Set(regions)].sort()
  const stays = destinations.length === 1 && destinations[0] === place.region
  return {...common, kind: stays ? 'in-region' : 'geo', destinations}
}

function kindOf({kind}: ReferencedResource): RouteTarget['resource'] {
  return kind
}

const KINDS = ['in-region', 'geo', 'global', 'mantle']

/** Keeps the routes of one mode or one id; a word that is neither is refused with what there is. */
export function chooseTargets({targets, passedOver}: RouteTargets, via: string | undefined): RouteTargets {
  if (via === undefined) return {targets, passedOver}
  if (KINDS.includes(via)) {
    return {targets: targets.filter(({kind}) => kind === via), passedOver: passedOver.filter(({kind}) => kind === via)}
  }
  const chosen = targets.filter(({id}) => id === via)
  if (chosen.length === 0) {
    throw usageError('UNKNOWN_ROUTE', `--via names no route from here: ${via}.`, {
      hint: `Routes are ${[...targets.map(({id}) => id), ...KINDS].join(', ')}.`,
    })
  }
  return {targets: chosen, passedOver: []}
}
