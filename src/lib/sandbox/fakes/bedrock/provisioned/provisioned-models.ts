import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ProvisionedModelStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import type {ProvisionedModel} from '../../../world/custom-model-state.js'
import {servedModel} from '../custom-models/model-state.js'
import {settleJobs} from '../customizations/settled-jobs.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {conflict, notFound} from '../refusals.js'
import {onceForToken} from '../request-token.js'
import {checkedTags} from '../tags.js'
import {changedThroughput} from './change-throughput.js'
import {newThroughput, readGrounds} from './create-throughput.js'
import {provisionedStatus} from './throughput-state.js'

export const provisionedModels = handlersFor<typeof Bedrock>()({
  async CreateProvisionedModelThroughput(input, context) {
    const tags = checkedTags(input.tags ?? [])
    const grounds = await readGrounds(context)
    await settleJobs(context)
    const provisionedModelArn = onceForToken(input, context, () => {
      const model = newThroughput(input, grounds, context)
      const state = here(context)
      state.provisionedModels.set(model.arn, model)
      state.tags.set(model.arn, tags)
      return model.arn
    })
    context.setStatus(201)
    return {provisionedModelArn}
  },

  async UpdateProvisionedModelThroughput(input, context) {
    await settleJobs(context)
    const changed = changedThroughput(find(input.provisionedModelId, context), input, context)
    here(context).provisionedModels.set(changed.arn, changed)
    return {}
  },

  DeleteProvisionedModelThroughput({provisionedModelId}, context) {
    const {arn, commitmentExpiresAt = 0, ...found} = find(provisionedModelId, context)
    const now = context.now()
    // The words of the user guide: those of the service are not published.
    if (now < commitmentExpiresAt) {
      throw conflict("You can't delete a Provisioned Throughput before the commitment term is over.")
    }
    const status = provisionedStatus(found, now)
    if (status === 'Updating') throw conflict(`The provisioned model ${found.name} is being updated.`)
    const state = here(context)
    state.provisionedModels.delete(arn)
    state.tags.delete(arn)
    return {}
  },

  ListProvisionedModelThroughputs(input, context) {
    const {modelArnEquals, statusEquals, ...rest} = input
    const now = context.now()
    const all = [...here(context).provisionedModels.values()].filter(
      (model) =>
        model.listedAt <= now &&
        (modelArnEquals === undefined || servedModel(model, now) === modelArnEquals) &&
        (statusEquals === undefined || provisionedStatus(model, now) === statusEquals),
    )
    const {items, next} = ownPage(all, rest, context)
    return {provisionedModelSummaries: items.map((model) => describe(model, now)), nextToken: next}
  },

  GetProvisionedModelThroughput({provisionedModelId}, context) {
    const found = find(provisionedModelId, context)
    const now = context.now()
    const described = describe(found, now)
    const {change} = found
    const changeFailure = change && now >= change.doneAt ? change.failure : undefined
    return {...described, failureMessage: described.status === 'Failed' ? found.failure : changeFailure}
  },
})

function find(identifier: string, context: RequestContext): ProvisionedModel {
  resourceHere(identifier, context)
  const found = findOwn(here(context).provisionedModels, identifier)
  if (!found) throw notFound(`The provisioned model ${identifier} was not found.`)
  return found
}

function describe(model: ProvisionedModel, now: number) {
  const {change, commitmentExpiresAt, createdAt} = model
  const status: ProvisionedModelStatus = provisionedStatus(model, now)
  const changedAt = change && (now < change.doneAt ? change.askedAt : change.doneAt)
  return {
    provisionedModelName: model.name,
    provisionedModelArn: model.arn,
    modelArn: servedModel(model, now),
    desiredModelArn: status === 'Updating' && change ? change.modelArn : servedModel(model, now),
    foundationModelArn: model.foundationModelArn,
    modelUnits: model.modelUnits,
    desiredModelUnits: model.modelUnits,
    status,
    commitmentDuration: model.commitmentDuration,
    commitmentExpirationTime: commitmentExpiresAt === undefined ? undefined : new Date(commitmentExpiresAt),
    creationTime: new Date(createdAt),
    lastModifiedTime: new Date(changedAt ?? Math.min(now, model.readyAt)),
  }
}
