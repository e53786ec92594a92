import {parseArn} from '../../core/arn.js'
import type {Routing} from '../quotas/quota-limits.js'
import {baseModel, foundationIdOf} from '../world/base-model.js'
import type {World} from '../world.js'

export interface CalledModel {
  /** Base model; `undefined` for an imported one. */
  readonly base: string | undefined
  /** `undefined` for what the account runs itself, which has no quota of its model. */
  readonly routing: Routing | undefined
}

/** What answers for an id as called; `undefined` for one that means nothing there. */
export function calledModel(
  {catalog, regional}: Pick<World, 'catalog' | 'regional'>,
  {account, region}: {readonly account: string; readonly region: string},
  id: string,
): CalledModel | undefined {
  const {applicationProfiles, importedModels, provisionedModels, deployments, customModels} = regional(account, region)
  if (importedModels.has(id)) return {base: undefined, routing: undefined}
  const deployed = deployments.get(id)
  const own = provisionedModels.get(id)?.foundationModelArn ?? customModels.get(deployed?.modelArn ?? '')?.baseModelArn
  if (own !== undefined) return {base: baseModel(catalog, foundationIdOf(own))?.id, routing: undefined}
  const called = applicationProfiles.get(id)?.copyFrom ?? id
  const resource = called.startsWith('arn:') ? (parseArn(called)?.resource ?? '') : called
  const system = catalog.profile(resource.replace(/^inference-profile\//, ''))
  if (system) return {base: system.model.id, routing: system.profile.kind}
  const model = catalog.model(resource.replace(/^foundation-model\//, ''))
  return model && {base: model.id, routing: 'in-region'}
}

/** A Region that a call by a profile is served in; `choice` picks one. Absent for a call that stays where it is. */
export function servedIn(
  {catalog, regional}: Pick<World, 'catalog' | 'regional'>,
  {account, region}: {readonly account: string; readonly region: string},
  id: string,
  choice: number = 0,
): string | undefined {
  const called = regional(account, region).applicationProfiles.get(id)?.copyFrom ?? id
  const resource = called.startsWith('arn:') ? (parseArn(called)?.resource ?? '') : called
  const destinations = catalog.profile(resource.replace(/^inference-profile\//, ''))?.profile.routes[region]
  return destinations?.[Math.floor(choice * destinations.length)]
}
