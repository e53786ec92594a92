import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import {UNKNOWN} from './countable-model.js'
import {invalid} from './refusals.js'

/** What the account provisioned or deployed itself. */
export function ownModel(modelId: string, context: RequestContext): CatalogModel | undefined {
  const {provisionedModels, deployments, customModels} = context.world.regional(context.account, context.region)
  const provisioned = provisionedModels.get(modelId)
  if (provisioned) return baseOf(provisioned.foundationModelArn, context)
  const deployed = deployments.get(modelId)
  return deployed && baseOf(customModels.get(deployed.modelArn)?.baseModelArn, context)
}

/** The model of the catalog that an ARN of a foundation model, with or without a variant, stands for. */
export function baseOf(arn: string | undefined, {world}: RequestContext): CatalogModel {
  const id = parseArn(arn ?? '')?.resource.replace(/^foundation-model\//, '') ?? ''
  const {catalog} = world
  const model = catalog.model(id) ?? catalog.models.find(({provisioned}) => provisioned.some((one) => one.id === id))
  if (!model) throw invalid(UNKNOWN)
  return model
}
