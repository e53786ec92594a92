import type {UpdateProvisionedModelThroughputCommandInput} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../../handler.js'
import type {ProvisionedModel} from '../../../world/custom-model-state.js'
import {servedModel} from '../custom-models/model-state.js'
import {here} from '../place.js'
import {invalid} from '../refusals.js'
import {servingFailure, servingSettings} from '../serving-settings.js'
import {provisionable} from './provisionable.js'
import {provisionedStatus} from './throughput-state.js'

/** Throughput under another name, or on its way to another model. The words are ours: AWS's are not published. */
export function changedThroughput(
  model: ProvisionedModel,
  {desiredProvisionedModelName: name, desiredModelId}: UpdateProvisionedModelThroughputCommandInput,
  context: RequestContext,
): ProvisionedModel {
  const now = context.now()
  if (provisionedStatus(model, now) !== 'InService') {
    throw invalid(`The provisioned model ${model.name} is not InService and cannot be updated.`)
  }
  const others = [...here(context).provisionedModels.values()].filter(({arn}) => arn !== model.arn)
  if (others.some((one) => one.name === name)) throw invalid('The provided provisioned model name is currently in use.')
  const settings = servingSettings(context)
  const served = servedModel(model, now)
  return {
    ...model,
    name: name ?? model.name,
    modelArn: served,
    change: {
      modelArn: desiredModelId === undefined ? served : desiredModel(model, served, desiredModelId, context),
      askedAt: now,
      doneAt: now + (settings.updatingSeconds ?? 2) * 1000,
      failure: servingFailure('provisioned-update', model.name, settings),
    },
  }
}

/** The base that its custom model was made of, or another custom model of that base. */
function desiredModel(model: ProvisionedModel, served: string, desired: string, context: RequestContext): string {
  const serves = here(context).customModels.get(served)
  if (model.modelArn === model.foundationModelArn && !serves) {
    throw invalid("You can't specify desiredModelId for the Provisioned Throughput of a base model.")
  }
  const wanted = provisionable(desired, context)
  if (wanted.foundationModelArn !== model.foundationModelArn) {
    throw invalid('The desired model must have the same base model as the one that is provisioned.')
  }
  return wanted.modelArn
}
