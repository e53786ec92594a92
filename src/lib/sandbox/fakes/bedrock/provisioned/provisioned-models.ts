import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../../handler.js'
import type {ProvisionedModel} from '../../../world/state.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {notFound} from '../refusals.js'

export const provisionedModels = handlersFor<typeof Bedrock>()({
  ListProvisionedModelThroughputs(input, context) {
    const all = [...here(context).provisionedModels.values()].filter(
      ({modelArn}) => input.modelArnEquals === undefined || modelArn === input.modelArnEquals,
    )
    const {items, next} = ownPage(all, input, context)
    return {provisionedModelSummaries: items.map(describeProvisioned), nextToken: next}
  },

  GetProvisionedModelThroughput({provisionedModelId}, context) {
    resourceHere(provisionedModelId, context)
    const found = findOwn(here(context).provisionedModels, provisionedModelId)
    if (!found) throw notFound(`The provisioned model ${provisionedModelId} was not found.`)
    return describeProvisioned(found)
  },
})

function describeProvisioned(model: ProvisionedModel) {
  const {commitmentExpiresAt} = model
  return {
    provisionedModelName: model.name,
    provisionedModelArn: model.arn,
    modelArn: model.modelArn,
    desiredModelArn: model.modelArn,
    foundationModelArn: model.foundationModelArn,
    modelUnits: model.modelUnits,
    desiredModelUnits: model.modelUnits,
    status: model.status,
    commitmentDuration: model.commitmentDuration,
    commitmentExpirationTime: commitmentExpiresAt === undefined ? undefined : new Date(commitmentExpiresAt),
    creationTime: new Date(model.createdAt),
    lastModifiedTime: new Date(model.createdAt),
  }
}
