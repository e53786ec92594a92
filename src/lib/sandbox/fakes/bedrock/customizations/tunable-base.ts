import {AccessDeniedException, type CustomizationType} from '@aws-sdk/client-bedrock'
import type {CustomModelFacts, TunableBase, Tuning} from '../../../../catalog/custom-models.schema.js'
import type {RequestContext} from '../../../handler.js'
import {foundationIdOf} from '../../../world/base-model.js'
import {foundationModelArn, isListed, lifecycleOf} from '../../../world/offering.js'
import {statusOf} from '../custom-models/model-state.js'
import {findOwn} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {invalid, notFound} from '../refusals.js'

/** What a job customizes, and how this base is customized in that way. */
export interface Tunable {
  readonly base: TunableBase
  readonly tuning: Tuning
  readonly baseModelArn: string
}

const UNKNOWN = 'The provided model identifier is invalid.'
const ENDED =
  'This model version has reached the end of its life. Please refer to the AWS documentation for more details.'

/** Throws what Bedrock answers where a base cannot be customized in this way, or not here. */
export function tunableBase(
  identifier: string,
  type: CustomizationType,
  {bases}: CustomModelFacts,
  context: RequestContext,
): Tunable {
  const {world, region, account, now} = context
  const {id, baseModelArn} = named(identifier, context)
  const base = bases.find((one) => one.id === id)
  const model = base && world.catalog.model(base.modelId)
  if (!base || !model) throw invalid(UNKNOWN)
  if (world.account(account).withheldModels.has(model.id)) {
    const message = "You don't have access to the model with the specified model ID."
    throw new AccessDeniedException({message, $metadata: {}})
  }
  if (model.lifecycle.status !== 'UNLISTED' && !isListed(model, now())) throw notFound(ENDED)
  const tuning = base.tunings.find((one) => one.type === type)
  if (!tuning) throw invalid(`The customization type ${type} is not supported for the model ${base.id}.`)
  if (!tuning.regions.includes(region)) throw invalid(UNKNOWN)
  if (tuning.closed !== null || lifecycleOf(model, now()).status === 'LEGACY') {
    throw invalid(`The model ${base.id} can no longer be customized.`)
  }
  return {base, tuning, baseModelArn}
}

/** A model of the account to go on from, or a foundation model with the suffix of its context. */
function named(identifier: string, context: RequestContext): {readonly id: string; readonly baseModelArn: string} {
  const {catalog} = context.world
  const resource = resourceHere(identifier, context)
  const own = findOwn(here(context).customModels, identifier)
  if (own) {
    if (statusOf(own, context.now()) !== 'Active') throw invalid(`The custom model ${own.name} is not Active.`)
    return {id: own.baseModelName, baseModelArn: own.baseModelArn}
  }
  const id = resource === undefined ? identifier : foundationIdOf(identifier)
  return {id, baseModelArn: foundationModelArn(catalog, context.region, id)}
}
