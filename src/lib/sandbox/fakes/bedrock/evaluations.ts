import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {EvaluationJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {findJob, placedJobs} from './job-list.js'
import {ownPage} from './own-lists.js'
import {here} from './place.js'
import {conflict} from './refusals.js'

export const evaluations = handlersFor<typeof Bedrock>()({
  ListEvaluationJobs(input, context) {
    const all = input.applicationTypeEquals === 'RagEvaluation' ? [] : jobsHere(context)
    const {items, next} = ownPage(all, input, context)
    const summaries = items.map(({arn, name, createdAt, detail, status}) => ({
      jobArn: arn,
      jobName: name,
      status,
      creationTime: new Date(createdAt),
      jobType: 'Automated' as const,
      evaluationTaskTypes: [detail.task],
      modelIdentifiers: [...detail.models],
      inferenceConfigSummary: {modelConfigSummary: {bedrockModelIdentifiers: [...detail.models]}},
      applicationType: 'ModelEvaluation' as const,
    }))
    return {jobSummaries: summaries, nextToken: next}
  },

  GetEvaluationJob({jobIdentifier}, context) {
    const {arn, name, createdAt, endedAt, detail, status} = findJob(jobsHere(context), jobIdentifier, context)
    const metrics = {taskType: detail.task, dataset: {name: 'Builtin.Bold'}, metricNames: ['Builtin.Accuracy']}
    return {
      jobName: name,
      status,
      jobArn: arn,
      roleArn: detail.roleArn,
      customerEncryptionKeyId: detail.kmsKeyArn,
      jobType: 'Automated' as const,
      applicationType: 'ModelEvaluation' as const,
      evaluationConfig: {automated: {datasetMetricConfigs: [metrics]}},
      inferenceConfig: {models: detail.models.map((modelIdentifier) => ({bedrockModel: {modelIdentifier}}))},
      outputDataConfig: {s3Uri: detail.outputUri},
      creationTime: new Date(createdAt),
      lastModifiedTime: new Date(endedAt ?? createdAt),
      ...(detail.failureMessages && {failureMessages: [...detail.failureMessages]}),
    }
  },

  StopEvaluationJob({jobIdentifier}, context) {
    const {arn, status} = findJob(jobsHere(context), jobIdentifier, context)
    if (status === 'Stopping') return {}
    if (status !== 'InProgress') throw conflict(`The job ${arn} is in the state ${status} and cannot be stopped.`)
    here(context).batch.stopped.set(arn, context.now())
    return {}
  },
})

const STOPPING_MS = 1000

/** The jobs that the scenario declares, where stops that were asked for have brought them. */
function jobsHere(context: RequestContext) {
  const jobs = placedJobs(placeOf(context).resources.evaluationJobs, 'evaluation-job', context)
  return jobs.map((job) => {
    const askedAt = here(context).batch.stopped.get(job.arn)
    if (askedAt === undefined) return {...job, status: job.status as EvaluationJobStatus}
    const stoppedAt = askedAt + STOPPING_MS
    return context.now() < stoppedAt
      ? {...job, status: 'Stopping' as const}
      : {...job, status: 'Stopped' as const, endedAt: stoppedAt}
  })
}
