import type {Catalog} from '../../catalog/catalog.js'
import {closestIds, idCandidates} from '../../catalog/closest-models.js'
import type {Target} from './target.js'

/** What could be asked for in place of a target that Bedrock refuses: one sentence; undefined where nothing is known. */
export function insteadOf(target: Target, catalog: Pick<Catalog, 'model' | 'models' | 'profile'>): string | undefined {
  switch (target.kind) {
    case 'imported':
    case 'provisioned':
      return target.api === 'converse'
        ? 'A model without a chat template takes no Converse: try it with ?api=invoke.'
        : undefined
    case 'bedrock':
      return insteadOfModel(target.modelId, target.region ?? '', catalog)
    default:
      return undefined
  }
}

function insteadOfModel(
  id: string,
  region: string,
  catalog: Pick<Catalog, 'model' | 'models' | 'profile'>,
): string | undefined {
  const profile = catalog.profile(id)?.profile
  const model = catalog.model(id)
  if (model === undefined && profile === undefined) {
    const near = id.startsWith('arn:') ? [] : closestIds(id, idCandidates(catalog.models))
    return near.length === 0 ? undefined : `The catalog has ${near.join(', ')}.`
  }
  if (profile !== undefined) {
    const sources = Object.keys(profile.routes)
    return sources.length === 0 || sources.includes(region) ? undefined : `${id} is called from ${sources.join(', ')}.`
  }
  if (model === undefined || model.inRegion.includes(region)) return undefined
  const ways = model.profiles.filter(({routes}) => Object.hasOwn(routes, region)).map((one) => one.id)
  return ways.length === 0 ? undefined : `From ${region} it is called as ${ways.join(' or ')}.`
}
