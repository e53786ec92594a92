import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../../handler.js'
import type {CustomModel} from '../../../world/custom-model-state.js'
import {settleJobs} from '../customizations/settled-jobs.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {conflict, notFound} from '../refusals.js'
import {onceForToken} from '../request-token.js'
import {checkedTags} from '../tags.js'
import {importedModel, readGrounds} from './create-model.js'
import {servedModels, statusOf} from './model-state.js'

export const customModels = handlersFor<typeof Bedrock>()({
  async CreateCustomModel(input, context) {
    const tags = checkedTags(input.modelTags ?? [])
    const grounds = await readGrounds(context)
    await settleJobs(context)
    const modelArn = onceForToken(input, context, () => {
      const model = importedModel(input, grounds, context)
      const state = here(context)
      state.customModels.set(model.arn, model)
      state.tags.set(model.arn, tags)
      return model.arn
    })
    context.setStatus(202)
    return {modelArn}
  },

  async ListCustomModels(input, context) {
    await settleJobs(context)
    const {baseModelArnEquals, foundationModelArnEquals, isOwned, modelStatus} = input
    const base = baseModelArnEquals ?? foundationModelArnEquals
    const now = context.now()
    const all = [...here(context).customModels.values()].filter(
      (model) =>
        model.listedAt <= now &&
        (base === undefined || model.baseModelArn === base) &&
        isOwned !== false &&
        (modelStatus === undefined || statusOf(model, now) === modelStatus),
    )
    const {items, next} = ownPage(all, input, context)
    return {
      modelSummaries: items.map((model) => ({
        ...describe(model, now),
        baseModelArn: model.baseModelArn,
        baseModelName: model.baseModelName,
        ownerAccountId: context.account,
      })),
      nextToken: next,
    }
  },

  async GetCustomModel({modelIdentifier}, context) {
    await settleJobs(context)
    resourceHere(modelIdentifier, context)
    const found = findOwn(here(context).customModels, modelIdentifier)
    if (!found) throw notFound(`The custom model ${modelIdentifier} was not found.`)
    const {failure, job, origin} = found
    const now = context.now()
    const described = describe(found, now)
    return {
      ...described,
      baseModelArn: found.baseModelArn,
      jobArn: job?.arn,
      jobName: job?.name,
      ...origin,
      modelKmsKeyArn: found.kmsKeyArn,
      failureMessage: described.modelStatus === 'Failed' ? failure : undefined,
    }
  },

  async DeleteCustomModel({modelIdentifier}, context) {
    await settleJobs(context)
    resourceHere(modelIdentifier, context)
    const state = here(context)
    const found = findOwn(state.customModels, modelIdentifier)
    if (!found) throw notFound(`The custom model ${modelIdentifier} was not found.`)
    const users = [...state.deployments.values(), ...state.provisionedModels.values()]
    const user = users.find((one) => servedModels(one, context.now()).includes(found.arn))
    if (user) throw conflict(`The custom model ${found.arn} is in use by ${user.arn}. Delete that first.`)
    state.customModels.delete(found.arn)
    state.tags.delete(found.arn)
    state.tuning.gone.push(found)
    return {}
  },
})

function describe(model: CustomModel, now: number) {
  return {
    modelArn: model.arn,
    modelName: model.name,
    creationTime: new Date(model.createdAt),
    customizationType: model.customizationType,
    modelStatus: statusOf(model, now),
  }
}
