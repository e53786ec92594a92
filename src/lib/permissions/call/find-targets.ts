import {read} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {Catalog} from '../../catalog/catalog.js'
import {closestIds, idCandidates} from '../../catalog/closest-models.js'
import {findModel} from '../../catalog/model-lookup.js'
import {parseArn} from '../../core/arn.js'
import {usageError} from '../../core/errors.js'
import {findCallTarget, systemTargets} from '../../iam/account/call-targets.js'
import type {CallTarget, SystemTarget} from '../../iam/legs/target.js'

export type Route = 'in-region' | 'geo' | 'global'

export interface TargetQuestion {
  /** Any id, ARN or display name. */
  readonly text: string
  /** The Region called. */
  readonly region: string
  readonly route: Route | undefined
}

/**
 * Ways to call a model from a Region, the one that leaves it least first: the very thing where a profile or a resource of
 * the account is named, else the model and its profiles. What the snapshot could not read comes from the catalog, then
 * without the destinations, which only the account knows for certain.
 */
export function findTargets(
  {text, region, route}: TargetQuestion,
  snapshot: AccountSnapshot,
  catalog: Catalog,
): readonly CallTarget[] {
  const exact = findCallTarget(snapshot, region, text)
  if (exact !== undefined && exact.kind !== 'model') {
    if (route !== undefined && routeOf(exact) !== route) throw routeDiffers(text, routeOf(exact))
    return [exact]
  }
  const id = parseArn(text)?.resource.replace(/^(foundation-model|inference-profile)\//, '') ?? text
  const profile = catalog.profile(id)
  const modelId = exact?.modelId ?? findModel(catalog, id)?.model.id ?? profile?.model.id
  if (modelId === undefined) throw unknownModel(text, region, snapshot, catalog)
  const callable = targetsOf(modelId, region, snapshot, catalog)
  const named = profile === undefined ? callable : callable.filter((one) => targetName(one) === id)
  if (named.length === 0) throw notCallable(text, region, callable)
  const chosen = named.filter((target) => route === undefined || routeOf(target) === route)
  if (chosen.length === 0 && route !== undefined) throw routeNotOffered(text, region, route, named)
  return chosen
}

export function routeOf(target: CallTarget): Route | 'application-profile' | 'own-model' {
  switch (target.kind) {
    case 'model':
      return 'in-region'
    case 'geographic-profile':
      return 'geo'
    case 'global-profile':
      return 'global'
    case 'application-profile':
    case 'own-model':
      return target.kind
  }
}

const RANK: Readonly<Record<SystemTarget['kind'], number>> = {model: 0, 'geographic-profile': 1, 'global-profile': 2}

function targetsOf(
  modelId: string,
  region: string,
  snapshot: AccountSnapshot,
  catalog: Catalog,
): readonly SystemTarget[] {
  const listed = systemTargets(snapshot, region)
  const found = listed.state === 'read' ? listed.value : bundledTargets(modelId, region, catalog)
  return found
    .filter((target) => target.modelId === modelId)
    .sort((one, other) => RANK[one.kind] - RANK[other.kind] || reach(one) - reach(other))
}

function reach(target: SystemTarget): number {
  return target.kind === 'geographic-profile' ? (target.destinations?.length ?? 0) : 0
}

function bundledTargets(modelId: string, region: string, catalog: Catalog): readonly SystemTarget[] {
  const model = catalog.model(modelId)
  if (model === undefined) return []
  const profiles = model.profiles.filter(({routes}) => region in routes)
  return [
    ...(model.inRegion.includes(region) ? [{kind: 'model', modelId} as const] : []),
    ...profiles.map(
      ({id, kind}): SystemTarget =>
        kind === 'global'
          ? {kind: 'global-profile', profileId: id, modelId}
          : {kind: 'geographic-profile', profileId: id, modelId, destinations: null},
    ),
  ]
}

function targetName(target: SystemTarget): string {
  return target.kind === 'model' ? target.modelId : target.profileId
}

function describeTargets(targets: readonly SystemTarget[]): string {
  return targets.map((target) => `${routeOf(target)} (${targetName(target)})`).join(', ')
}

function routeDiffers(text: string, route: string) {
  return usageError('ROUTE_FIXED', `"${text}" fixes the route by itself: ${route}.`, {
    hint: 'Leave --route out, or name the model instead.',
  })
}

function notCallable(text: string, region: string, others: readonly SystemTarget[]) {
  return usageError('NOT_CALLABLE', `"${text}" cannot be called from ${region}.`, {
    ...(others.length > 0 && {why: `From there the model is reached by ${describeTargets(others)}.`}),
    hint: 'See from where and how it is reached: bedrockctl models availability',
    actions: [`bedrockctl models availability ${text} --from ${region} --offline`],
  })
}

function routeNotOffered(text: string, region: string, route: Route, others: readonly SystemTarget[]) {
  return usageError('ROUTE_NOT_OFFERED', `"${text}" has no ${route} route from ${region}.`, {
    why: `It is reached by ${describeTargets(others)}.`,
    hint: 'Choose one of them with --route, or another Region with --from.',
  })
}

function unknownModel(text: string, region: string, snapshot: AccountSnapshot, catalog: Catalog) {
  const held = (['bedrock:foundation-models', 'bedrock:inference-profiles'] as const).flatMap((id) => {
    const found = read(snapshot, id, region)
    return found.state === 'read' ? found.value.map((one) => ({id: one.id, names: [one.name], retired: false})) : []
  })
  const near = closestIds(text, [...held, ...idCandidates(catalog.models)], 6)
  const few = [...new Set(near)].slice(0, 3)
  return usageError('UNKNOWN_MODEL', `No model or profile of ${region} is called "${text}".`, {
    why: few.length === 0 ? undefined : `Did you mean ${few.join(', ')}?`,
    hint: 'List what there is: bedrockctl models list --offline',
  })
}
