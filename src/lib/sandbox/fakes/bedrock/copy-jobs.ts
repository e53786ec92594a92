import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {findJob, placedJobs} from './job-list.js'
import {ownPage} from './own-lists.js'

export const copyJobs = handlersFor<typeof Bedrock>()({
  ListModelCopyJobs(input, context) {
    const {targetModelNameContains, sourceAccountEquals, sourceModelArnEquals} = input
    const all = allJobs(context).filter(
      ({detail}) =>
        (sourceModelArnEquals === undefined || detail.sourceModelArn === sourceModelArnEquals) &&
        (sourceAccountEquals === undefined || detail.sourceModelArn.split(':')[4] === sourceAccountEquals),
    )
    const {items, next} = ownPage(all, {...input, nameContains: targetModelNameContains}, context)
    return {modelCopyJobSummaries: items.map(describeCopy), nextToken: next}
  },

  GetModelCopyJob({jobArn}, context) {
    return describeCopy(findJob(allJobs(context), jobArn, context))
  },
})

function allJobs(context: RequestContext) {
  const jobs = (placeOf(context).resources.copyJobs ?? []).map((job) => ({...job, name: job.targetModelName}))
  return placedJobs(jobs, 'model-copy-job', context)
}

function describeCopy({arn, createdAt, detail}: ReturnType<typeof allJobs>[number]) {
  return {
    jobArn: arn,
    status: detail.status,
    creationTime: new Date(createdAt),
    targetModelArn: detail.targetModelArn,
    targetModelName: detail.targetModelName,
    sourceAccountId: detail.sourceModelArn.split(':')[4] ?? '',
    sourceModelArn: detail.sourceModelArn,
    targetModelKmsKeyArn: detail.kmsKeyArn,
    failureMessage: detail.failureMessage,
  }
}
