import {ModelNotReadyException} from '@aws-sdk/client-bedrock-runtime'
import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import type {RequestContext} from '../../handler.js'
import {baseModel, foundationIdOf} from '../../world/base-model.js'
import {statusOf} from '../bedrock/custom-models/model-state.js'
import {UNKNOWN} from './countable-model.js'
import {invalid} from './refusals.js'

/** What the account provisioned or deployed itself. A custom model by itself answers nothing. */
export function ownModel(modelId: string, context: RequestContext): CatalogModel | undefined {
  const {provisionedModels, deployments, customModels} = context.world.regional(context.account, context.region)
  const provisioned = provisionedModels.get(modelId)
  if (provisioned) {
    checkServing(statusOf(provisioned, context.now()), provisioned.name)
    return baseOf(provisioned.foundationModelArn, context)
  }
  const deployed = deployments.get(modelId)
  if (deployed) {
    checkServing(statusOf(deployed, context.now()), deployed.name)
    return baseOf(customModels.get(deployed.modelArn)?.baseModelArn, context)
  }
  if (customModels.has(modelId)) throw invalid(NOT_BY_ITSELF)
  return undefined
}

const NOT_BY_ITSELF =
  'Invocation of a custom model with on-demand throughput isn’t supported. Retry your request with the ARN of a ' +
  'custom model deployment or of a provisioned model.'

/** What Bedrock says of one that is not ready is not published for either kind: this is its general answer. */
function checkServing(status: ReturnType<typeof statusOf>, name: string): void {
  if (status === 'Active') return
  if (status === 'Failed') throw invalid(`${name} has failed and cannot be invoked.`)
  const message = 'Model is not ready for inference. Wait and try your request again.'
  throw new ModelNotReadyException({message, $metadata: {}})
}

/** The model of the catalog that an ARN of a foundation model, with or without a variant, stands for. */
export function baseOf(arn: string | undefined, {world}: RequestContext): CatalogModel {
  const model = baseModel(world.catalog, foundationIdOf(arn ?? ''))
  if (!model) throw invalid(UNKNOWN)
  return model
}
