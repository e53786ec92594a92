import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import {formScope, needsUseCaseForm} from '../../world/marketplace.js'
import {foundationModelArn, isListed, offeredModel, offeredProfile} from '../../world/offering.js'
import {ENDED, UNKNOWN, WITHHELD} from './countable-model.js'
import {baseOf, ownModel} from './own-model.js'
import {denied, invalid, notFound} from './refusals.js'

/**
 * The base model that answers for a model, a profile, a provisioned model or a deployment, if the account may call it
 * from this Region; throws what Bedrock answers otherwise.
 */
export function invocableModel(modelId: string, context: RequestContext): CatalogModel {
  const {world, region, account: id} = context
  const model = profiled(modelId, context) ?? ownModel(modelId, context) ?? foundation(modelId, context)
  const account = world.account(id)
  if (account.withheldModels.has(model.id)) throw denied(WITHHELD)
  if (needsUseCaseForm(model) && !account.useCaseForms.has(formScope(world.catalog, region))) {
    throw notFound(
      'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form ' +
        'before using the model. If you have already filled out the form, try again in 15 minutes.',
    )
  }
  return model
}

function foundation(modelId: string, {world, region, now}: RequestContext): CatalogModel {
  const {catalog} = world
  const id = modelId.startsWith('arn:')
    ? (parseArn(modelId)?.resource.replace(/^foundation-model\//, '') ?? '')
    : modelId
  if (modelId.startsWith('arn:') && modelId !== foundationModelArn(catalog, region, id)) throw invalid(UNKNOWN)
  const offered = offeredModel(catalog, region, now(), id)
  if (offered?.inferenceTypes.includes('ON_DEMAND')) return offered.model
  if (offered) {
    throw invalid(
      `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of ` +
        'an inference profile that contains this model.',
    )
  }
  const known = catalog.model(id)
  const ended = known !== undefined && known.lifecycle.status !== 'UNLISTED' && !isListed(known, now())
  throw ended ? notFound(ENDED) : invalid(UNKNOWN)
}

/** System profiles, and those of the account. */
function profiled(modelId: string, context: RequestContext): CatalogModel | undefined {
  const {world, region, account, now} = context
  const resource = modelId.startsWith('arn:') ? parseArn(modelId)?.resource : `inference-profile/${modelId}`
  const application = world.regional(account, region).applicationProfiles.get(modelId)
  if (application) return baseOf(application.modelArns[0], context)
  const id = /^inference-profile\/(.+)$/.exec(resource ?? '')?.[1]
  return id === undefined ? undefined : offeredProfile(world.catalog, region, now(), id)?.model
}
