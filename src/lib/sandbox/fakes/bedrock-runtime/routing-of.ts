import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import type {Routing} from '../../quotas/quota-limits.js'

/** By which way a base model is called; `undefined` for what has no quota of its model: what the account runs itself. */
export function routingOf(modelId: string, context: RequestContext): Routing | undefined {
  const {world, account, region} = context
  const {applicationProfiles, provisionedModels, deployments} = world.regional(account, region)
  if (provisionedModels.has(modelId) || deployments.has(modelId)) return undefined
  const called = applicationProfiles.get(modelId)?.copyFrom ?? modelId
  const resource = called.startsWith('arn:') ? (parseArn(called)?.resource ?? '') : called
  if (resource.startsWith('imported-model/')) return undefined
  const profile = world.catalog.profile(resource.replace(/^inference-profile\//, ''))
  return profile ? profile.profile.kind : 'in-region'
}
