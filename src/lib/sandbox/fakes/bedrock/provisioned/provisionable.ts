import {AccessDeniedException} from '@aws-sdk/client-bedrock'
import type {CatalogModel} from '../../../../catalog/catalog.schema.js'
import type {RequestContext} from '../../../handler.js'
import {baseModel, foundationIdOf} from '../../../world/base-model.js'
import type {CustomModel} from '../../../world/custom-model-state.js'
import {foundationModelArn, isListed, lifecycleOf, offeredModel} from '../../../world/offering.js'
import {statusOf} from '../custom-models/model-state.js'
import {findOwn} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {invalid, notFound} from '../refusals.js'

/** What throughput can be bought for. */
export interface Provisionable {
  readonly modelArn: string
  readonly foundationModelArn: string
  /** As a refusal names it. */
  readonly id: string
  /** The base model. */
  readonly model: CatalogModel
  readonly custom: boolean
}

const UNKNOWN = 'The provided model identifier is invalid.'

/** A variant of a base model that is sold here, or a custom model of such a base; throws what Bedrock answers. */
export function provisionable(modelId: string, context: RequestContext): Provisionable {
  const resource = resourceHere(modelId, context)
  const custom = findOwn(here(context).customModels, modelId)
  if (custom) return ofCustomModel(custom, context)
  if (resource?.startsWith('custom-model/')) throw notFound(`The custom model ${modelId} was not found.`)
  const {world, region, account, now} = context
  const id = resource === undefined ? modelId : foundationIdOf(modelId)
  const offered = offeredModel(world.catalog, region, now(), id)
  if (!offered?.inferenceTypes.includes('PROVISIONED')) throw invalid(UNKNOWN)
  const {model, arn} = offered
  if (world.account(account).withheldModels.has(model.id)) {
    const message = "You don't have access to the model with the specified model ID."
    throw new AccessDeniedException({message, $metadata: {}})
  }
  if (lifecycleOf(model, now()).status === 'LEGACY') {
    throw invalid(`Provisioned Throughput is no longer sold for the model ${id}.`)
  }
  return {modelArn: arn, foundationModelArn: arn, id, model, custom: false}
}

function ofCustomModel(own: CustomModel, context: RequestContext): Provisionable {
  const {world, region, now} = context
  if (statusOf(own, now()) !== 'Active') throw invalid(`The custom model ${own.name} is not Active.`)
  const model = baseModel(world.catalog, own.baseModelName)
  const sold = model?.provisioned.some(({regions}) => regions.includes(region)) === true && isListed(model, now())
  if (!sold) {
    throw invalid(`Provisioned Throughput is not supported for custom models of ${own.baseModelName} in ${region}.`)
  }
  const base = own.baseModelArn || foundationModelArn(world.catalog, region, model.id)
  return {modelArn: own.arn, foundationModelArn: base, id: own.arn, model, custom: true}
}
