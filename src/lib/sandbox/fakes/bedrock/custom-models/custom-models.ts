import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../../handler.js'
import type {CustomModel} from '../../../world/state.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {notFound} from '../refusals.js'

export const customModels = handlersFor<typeof Bedrock>()({
  ListCustomModels(input, context) {
    const {baseModelArnEquals, foundationModelArnEquals, isOwned, modelStatus} = input
    const base = baseModelArnEquals ?? foundationModelArnEquals
    const all = [...here(context).customModels.values()].filter(
      ({baseModelArn}) =>
        (base === undefined || baseModelArn === base) && isOwned !== false && (modelStatus ?? 'Active') === 'Active',
    )
    const {items, next} = ownPage(all, input, context)
    return {modelSummaries: items.map((model) => summariseCustom(model, context.account)), nextToken: next}
  },

  GetCustomModel({modelIdentifier}, context) {
    resourceHere(modelIdentifier, context)
    const found = findOwn(here(context).customModels, modelIdentifier)
    if (!found) throw notFound(`The custom model ${modelIdentifier} was not found.`)
    const {baseModelName: _name, ownerAccountId: _owner, ...summary} = summariseCustom(found, context.account)
    return {
      ...summary,
      jobArn: found.jobArn,
      jobName: found.jobName,
      trainingDataConfig: {s3Uri: found.trainingS3Uri},
      outputDataConfig: {s3Uri: found.outputS3Uri},
      modelKmsKeyArn: found.kmsKeyArn,
    }
  },
})

function summariseCustom(model: CustomModel, account: string) {
  return {
    modelArn: model.arn,
    modelName: model.name,
    creationTime: new Date(model.createdAt),
    baseModelArn: model.baseModelArn,
    baseModelName: model.baseModelName,
    customizationType: model.customizationType,
    ownerAccountId: account,
    modelStatus: 'Active' as const,
  }
}
