import type {Catalog} from '../../catalog/catalog.js'
import {closestIds, idCandidates} from '../../catalog/closest-models.js'
import {findModel} from '../../catalog/model-lookup.js'
import {parseArn} from '../../core/arn.js'
import {usageError} from '../../core/errors.js'
import type {SystemTarget} from '../../iam/legs/target.js'
import type {RegionOffer} from '../../models/offers/offer.js'
import {type Route, routeOf} from '../call/find-targets.js'

/** The way a model is called from a Region, by what the Region offers: the one asked for, else the one that leaves it least. */
export function offeredTarget(
  text: string,
  route: Route | undefined,
  offer: RegionOffer,
  catalog: Catalog,
): SystemTarget {
  const id = parseArn(text)?.resource.replace(/^(foundation-model|inference-profile)\//, '') ?? text
  const named = offer.profiles.find((one) => one.id === id)
  const modelId = named?.modelId ?? offer.models.find((one) => one.id === id)?.id ?? findModel(catalog, id)?.model.id
  if (modelId === undefined) throw unknownModel(text, offer, catalog)
  const targets = named === undefined ? targetsOf(modelId, offer) : [profileTarget(named)]
  const chosen = targets.find((target) => route === undefined || routeOf(target) === route)
  if (chosen !== undefined) {
    if (chosen.kind !== 'geographic-profile' || chosen.destinations !== null) return chosen
    throw usageError('DESTINATIONS_UNKNOWN', `The destinations of ${chosen.profileId} are not known offline.`, {
      hint: 'Run it again without --offline: bedrock:ListInferenceProfiles names them.',
    })
  }
  const ways = targets.map((target) => routeOf(target)).join(', ')
  throw usageError(
    'ROUTE_NOT_OFFERED',
    `"${text}" ${route ? `has no ${route} route` : 'cannot be called'} from ${offer.region}.`,
    {
      why: ways === '' ? undefined : `It is reached by ${ways}.`,
      hint: 'See from where and how it is reached: bedrockctl models availability',
      actions: [`bedrockctl models availability ${modelId} --from ${offer.region} --offline`],
    },
  )
}

function targetsOf(modelId: string, {models, profiles}: RegionOffer): readonly SystemTarget[] {
  const direct = models.some(({id, inRegion}) => id === modelId && inRegion)
  const own = profiles.filter((profile) => profile.modelId === modelId)
  const geographic = own
    .filter(({kind}) => kind === 'geo')
    .sort((one, other) => (one.destinations?.length ?? 99) - (other.destinations?.length ?? 99))
  return [
    ...(direct ? [{kind: 'model', modelId} as const] : []),
    ...[...geographic, ...own.filter(({kind}) => kind === 'global')].map(profileTarget),
  ]
}

function profileTarget({id, modelId, kind, destinations}: RegionOffer['profiles'][number]): SystemTarget {
  return kind === 'global'
    ? {kind: 'global-profile', profileId: id, modelId}
    : {kind: 'geographic-profile', profileId: id, modelId, destinations}
}

function unknownModel(text: string, {models, profiles, region}: RegionOffer, catalog: Catalog) {
  const offered = [...models, ...profiles].map(({id, name}) => ({
    id,
    names: name === null ? [] : [name],
    retired: false,
  }))
  const near = [...new Set(closestIds(text, [...offered, ...idCandidates(catalog.models)], 6))].slice(0, 3)
  return usageError('UNKNOWN_MODEL', `No model or profile of ${region} is called "${text}".`, {
    why: near.length === 0 ? undefined : `Did you mean ${near.join(', ')}?`,
    hint: 'List what there is: bedrockctl models list --offline',
  })
}
