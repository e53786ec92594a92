import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../../handler.js'
import type {CustomModelDeployment} from '../../../world/state.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {notFound} from '../refusals.js'

export const deployments = handlersFor<typeof Bedrock>()({
  ListCustomModelDeployments(input, context) {
    const {createdAfter, createdBefore, modelArnEquals, statusEquals, ...rest} = input
    const all = [...here(context).deployments.values()].filter(
      ({modelArn}) =>
        (modelArnEquals === undefined || modelArn === modelArnEquals) && (statusEquals ?? 'Active') === 'Active',
    )
    const times = {creationTimeAfter: createdAfter, creationTimeBefore: createdBefore}
    const {items, next} = ownPage(all, {...rest, ...times}, context)
    return {modelDeploymentSummaries: items.map(summariseDeployment), nextToken: next}
  },

  GetCustomModelDeployment({customModelDeploymentIdentifier: identifier}, context) {
    resourceHere(identifier, context)
    const found = findOwn(here(context).deployments, identifier)
    if (!found) throw notFound(`The custom model deployment ${identifier} was not found.`)
    const {customModelDeploymentName, ...summary} = summariseDeployment(found)
    return {...summary, modelDeploymentName: customModelDeploymentName, description: found.description}
  },
})

function summariseDeployment(deployment: CustomModelDeployment) {
  return {
    customModelDeploymentArn: deployment.arn,
    customModelDeploymentName: deployment.name,
    modelArn: deployment.modelArn,
    createdAt: new Date(deployment.createdAt),
    status: 'Active' as const,
    lastUpdatedAt: new Date(deployment.createdAt),
  }
}
