import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelInvocationJobSummary} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {dateOf, findJob, jobPage, placedJobs} from './job-list.js'

const DAY_MS = 86_400_000
const TIMEOUT_HOURS = 72

export const batchJobs = handlersFor<typeof Bedrock>()({
  ListModelInvocationJobs(input, context) {
    const {submitTimeAfter, submitTimeBefore, ...rest} = input
    const bounds = {creationTimeAfter: submitTimeAfter, creationTimeBefore: submitTimeBefore}
    const {items, next} = jobPage(jobsHere(context), {...rest, ...bounds}, context)
    return {invocationJobSummaries: items.map(describeJob), nextToken: next}
  },

  GetModelInvocationJob({jobIdentifier}, context) {
    return describeJob(findJob(jobsHere(context), jobIdentifier, context))
  },
})

const jobsHere = (context: RequestContext) =>
  placedJobs(placeOf(context).resources.batchJobs, 'model-invocation-job', context)

function describeJob({
  arn,
  name,
  createdAt,
  endedAt,
  detail,
}: ReturnType<typeof jobsHere>[number]): ModelInvocationJobSummary {
  const {records = 0, errors = 0, status} = detail
  const processed = endedAt === undefined ? 0 : records
  return {
    jobArn: arn,
    jobName: name,
    modelId: detail.model,
    roleArn: detail.roleArn,
    status,
    message: detail.message,
    submitTime: new Date(createdAt),
    lastModifiedTime: new Date(endedAt ?? createdAt),
    endTime: dateOf(endedAt),
    inputDataConfig: {s3InputDataConfig: {s3InputFormat: 'JSONL', s3Uri: detail.inputUri}},
    outputDataConfig: {s3OutputDataConfig: {s3Uri: detail.outputUri, s3EncryptionKeyId: detail.outputKey}},
    vpcConfig: detail.vpc && asApi<Bedrock.VpcConfig>(detail.vpc),
    timeoutDurationInHours: TIMEOUT_HOURS,
    jobExpirationTime: new Date(createdAt + (TIMEOUT_HOURS / 24) * DAY_MS),
    modelInvocationType: 'InvokeModel',
    totalRecordCount: records,
    processedRecordCount: processed,
    successRecordCount: Math.max(0, processed - errors),
    errorRecordCount: Math.min(processed, errors),
  }
}
