import {AccessDeniedException} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../../core/arn.js'
import type {RequestContext} from '../../../handler.js'
import {baseModel} from '../../../world/base-model.js'
import {isListed, offeredProfile} from '../../../world/offering.js'
import {findOwn} from '../own-lists.js'
import {here, ownArn, resourceHere} from '../place.js'
import {invalid, notFound} from '../refusals.js'

/** What a job's `modelId` stands for. */
export interface BatchModel {
  /** Id of the base model. */
  readonly id: string
  /** ARNs that the job's role must be let invoke: a profile and its models. None for a model itself. */
  readonly invokes: readonly string[]
}

const UNKNOWN = 'The provided model identifier is invalid.'
const ENDED =
  'This model version has reached the end of its life. Please refer to the AWS documentation for more details.'

/** Resolves a model, profile or custom model that does batch in this Region by this way; throws what Bedrock answers. */
export async function batchModel(modelId: string, context: RequestContext): Promise<BatchModel> {
  const named = customModel(modelId, context) ?? profile(modelId, context) ?? foundationModel(modelId, context)
  const {world, region, account} = context
  if (world.account(account).withheldModels.has(named.id)) {
    throw new AccessDeniedException({
      message: "You don't have access to the model with the specified model ID.",
      $metadata: {},
    })
  }
  const listed = (await world.catalog.batch()).models.find((one) => one.modelId === named.id)
  const {inRegion = [], profileSources = [], customModels = null} = listed ?? {}
  const places = {model: inRegion, profile: profileSources, custom: customModels ?? []}[named.way]
  if (places.includes(region)) return named
  if (named.way === 'model' && profileSources.includes(region)) {
    throw invalid(
      `Invocation of model ID ${named.id} with on-demand throughput isn’t supported. Retry your request with the ID or ` +
        'ARN of an inference profile that contains this model.',
    )
  }
  throw invalid(`Batch inference is not supported for model ${named.id} in region ${region}`)
}

interface Named extends BatchModel {
  readonly way: 'model' | 'profile' | 'custom'
}

function foundationModel(modelId: string, context: RequestContext): Named {
  const {world, now} = context
  const resource = modelId.startsWith('arn:') ? resourceHere(modelId, context) : `foundation-model/${modelId}`
  const id = /^foundation-model\/(.+)$/.exec(resource ?? '')?.[1] ?? ''
  const known = world.catalog.model(id)
  if (!known || known.lifecycle.status === 'UNLISTED') throw invalid(UNKNOWN)
  if (!isListed(known, now())) throw notFound(ENDED)
  return {id, invokes: [], way: 'model'}
}

function profile(modelId: string, context: RequestContext): Named | undefined {
  const {world, region, now} = context
  const resource = resourceHere(modelId, context)
  if (resource?.startsWith('application-inference-profile/')) return applicationProfile(modelId, context)
  const id = resource?.replace(/^inference-profile\//, '') ?? modelId
  const offered = offeredProfile(world.catalog, region, now(), id)
  if (!offered) return undefined
  return {
    id: offered.model.id,
    invokes: [ownArn(context, `inference-profile/${id}`), ...offered.modelArns],
    way: 'profile',
  }
}

function applicationProfile(arn: string, context: RequestContext): Named {
  const own = here(context).applicationProfiles.get(arn)
  const [first = ''] = own?.modelArns ?? []
  const id = parseArn(first)?.resource.replace(/^foundation-model\//, '')
  if (!own || id === undefined) throw invalid(UNKNOWN)
  return {id, invokes: [arn, ...own.modelArns], way: own.copyFrom.includes(':inference-profile/') ? 'profile' : 'model'}
}

function customModel(modelId: string, context: RequestContext): Named | undefined {
  const own = findOwn(here(context).customModels, modelId)
  if (!own) return undefined
  const id = baseModel(context.world.catalog, own.baseModelName)?.id ?? own.baseModelName
  return {id, invokes: [], way: 'custom'}
}
