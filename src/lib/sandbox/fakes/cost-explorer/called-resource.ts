import type {Catalog} from '../../../catalog/catalog.js'
import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import type {World} from '../../world.js'
import type {Billing} from './token-rates.js'

/** What an id of a call is billed as, by tokens. */
export interface CalledResource extends Pick<Billing, 'model' | 'routing' | 'customised'> {
  readonly tags: Readonly<Record<string, string>>
}

/** `undefined` for what is not billed by tokens, and for unknown ids. */
export function calledResource(world: World, account: string, region: string, id: string): CalledResource | undefined {
  const state = world.regional(account, region)
  const tags = Object.fromEntries((state.tags.get(id) ?? []).map(({key = '', value = ''}) => [key, value]))
  const profile = state.applicationProfiles.get(id)
  if (profile) return withTags(systemResource(world.catalog, profile.copyFrom), tags)
  const deployment = state.deployments.get(id)
  const custom = deployment && state.customModels.get(deployment.modelArn)
  const base = custom && world.catalog.model(custom.baseModelName)
  if (base) return {model: base, routing: 'regional', customised: true, tags}
  return withTags(systemResource(world.catalog, id), {})
}

type SystemResource = Omit<CalledResource, 'tags'>

function withTags(resource: SystemResource | undefined, tags: CalledResource['tags']): CalledResource | undefined {
  return resource && {...resource, tags}
}

/** A model, or a profile of AWS, by id or ARN. Geographic profiles are billed as the source Region's own rate. */
function systemResource(catalog: Catalog, idOrArn: string): SystemResource | undefined {
  const id = idOrArn.replace(/^arn:.*:(foundation-model|inference-profile)\//, '')
  const profile = catalog.profile(id)
  const model: CatalogModel | undefined = profile?.model ?? catalog.model(id)
  const routing = profile?.profile.kind === 'global' ? 'global' : 'regional'
  return model && {model, routing, customised: false}
}
