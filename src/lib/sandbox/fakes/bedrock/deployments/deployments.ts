import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import type {CustomModelDeployment} from '../../../world/custom-model-state.js'
import {servedModel, statusOf} from '../custom-models/model-state.js'
import {settleJobs} from '../customizations/settled-jobs.js'
import {dateOf} from '../job-list.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {conflict, notFound} from '../refusals.js'
import {onceForToken} from '../request-token.js'
import {checkedTags} from '../tags.js'
import {changedDeployment, newDeployment, readGrounds} from './create-deployment.js'

export const deployments = handlersFor<typeof Bedrock>()({
  async CreateCustomModelDeployment(input, context) {
    const tags = checkedTags(input.tags ?? [])
    const grounds = await readGrounds(context)
    await settleJobs(context)
    const customModelDeploymentArn = onceForToken(input, context, () => {
      const deployment = newDeployment(input, grounds, context)
      const state = here(context)
      state.deployments.set(deployment.arn, deployment)
      state.tags.set(deployment.arn, tags)
      return deployment.arn
    })
    context.setStatus(202)
    return {customModelDeploymentArn}
  },

  async UpdateCustomModelDeployment({customModelDeploymentIdentifier: identifier, modelArn}, context) {
    await settleJobs(context)
    const changed = changedDeployment(find(identifier, context), modelArn, context)
    here(context).deployments.set(changed.arn, changed)
    context.setStatus(202)
    return {customModelDeploymentArn: changed.arn}
  },

  DeleteCustomModelDeployment({customModelDeploymentIdentifier: identifier}, context) {
    const {arn, name, ...found} = find(identifier, context)
    const now = context.now()
    const busy = now < found.readyAt || now < (found.change?.doneAt ?? 0)
    if (busy) throw conflict(`The custom model deployment ${name} is being created or updated.`)
    const state = here(context)
    state.deployments.delete(arn)
    state.tags.delete(arn)
    return {}
  },

  ListCustomModelDeployments(input, context) {
    const {createdAfter, createdBefore, modelArnEquals, statusEquals, ...rest} = input
    const now = context.now()
    const all = [...here(context).deployments.values()].filter(
      (deployment) =>
        deployment.listedAt <= now &&
        (modelArnEquals === undefined || servedModel(deployment, now) === modelArnEquals) &&
        (statusEquals === undefined || statusOf(deployment, now) === statusEquals),
    )
    const times = {creationTimeAfter: createdAfter, creationTimeBefore: createdBefore}
    const {items, next} = ownPage(all, {...rest, ...times}, context)
    const summaries = items.map((one) => ({...describe(one, now), customModelDeploymentName: one.name}))
    return {modelDeploymentSummaries: summaries, nextToken: next}
  },

  GetCustomModelDeployment({customModelDeploymentIdentifier: identifier}, context) {
    const found = find(identifier, context)
    const now = context.now()
    const {name, description, change} = found
    const described = describe(found, now)
    const updateDetails = change && {modelArn: change.modelArn, updateStatus: changeStatus(change, now)}
    const failure = updateDetails?.updateStatus === 'UpdateFailed' ? change?.failure : undefined
    const failureMessage = described.status === 'Failed' ? found.failure : failure
    return {...described, modelDeploymentName: name, description, updateDetails, failureMessage}
  },
})

type Change = NonNullable<CustomModelDeployment['change']>

function find(identifier: string, context: RequestContext): CustomModelDeployment {
  resourceHere(identifier, context)
  const found = findOwn(here(context).deployments, identifier)
  if (!found) throw notFound(`The custom model deployment ${identifier} was not found.`)
  return found
}

function changeStatus({doneAt, failure}: Change, now: number) {
  if (now < doneAt) return 'Updating' as const
  return failure === undefined ? ('UpdateCompleted' as const) : ('UpdateFailed' as const)
}

function describe(deployment: CustomModelDeployment, now: number) {
  const {arn, createdAt, change} = deployment
  const changedAt = change && (now < change.doneAt ? change.askedAt : change.doneAt)
  return {
    customModelDeploymentArn: arn,
    modelArn: servedModel(deployment, now),
    createdAt: new Date(createdAt),
    status: statusOf(deployment, now),
    lastUpdatedAt: dateOf(changedAt ?? Math.min(now, deployment.readyAt)),
  }
}
