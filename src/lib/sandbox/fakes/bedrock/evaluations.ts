import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {findJob, placedJobs} from './job-list.js'
import {ownPage} from './own-lists.js'

export const evaluations = handlersFor<typeof Bedrock>()({
  ListEvaluationJobs(input, context) {
    const all = input.applicationTypeEquals === 'RagEvaluation' ? [] : jobsHere(context)
    const {items, next} = ownPage(all, input, context)
    const summaries = items.map(({arn, name, createdAt, detail}) => ({
      jobArn: arn,
      jobName: name,
      status: detail.status,
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
    const {arn, name, createdAt, endedAt, detail} = findJob(jobsHere(context), jobIdentifier, context)
    const metrics = {taskType: detail.task, dataset: {name: 'Builtin.Bold'}, metricNames: ['Builtin.Accuracy']}
    return {
      jobName: name,
      status: detail.status,
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
})

const jobsHere = (context: RequestContext) =>
  placedJobs(placeOf(context).resources.evaluationJobs, 'evaluation-job', context)
