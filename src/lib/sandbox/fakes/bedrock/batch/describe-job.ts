import type {ModelInvocationJobStatus, ModelInvocationJobSummary} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../../handler.js'
import type {BatchJob} from '../../../world/batch-state.js'
import {asApi} from '../../../world/resources.js'
import type {ScenarioResources} from '../../../world/scenario.schema.js'
import {dateOf, type PlacedJob} from '../job-list.js'
import {here} from '../place.js'
import {expiryOf, type JobView, jobAt} from './job-state.js'

/** A job that the scenario declares. */
export type DeclaredJob = PlacedJob<NonNullable<ScenarioResources['batchJobs']>[number]>

/** A job as lists and lookups know it, declared or made here. */
export interface ListedJob {
  readonly arn: string
  readonly name: string
  readonly status: ModelInvocationJobStatus
  readonly createdAt: number
  readonly summary: ModelInvocationJobSummary
}

export function describeJob(job: BatchJob, now: number): ListedJob {
  const {arn, name, request, createdAt} = job
  const {status, since, ended, message, total, processed} = told(job, now)
  const errors = errorsAmong(job, processed)
  const summary: ModelInvocationJobSummary = {
    jobArn: arn,
    jobName: name,
    modelId: request.modelId,
    clientRequestToken: request.clientRequestToken,
    roleArn: request.roleArn,
    status,
    message,
    submitTime: new Date(createdAt),
    lastModifiedTime: new Date(since),
    endTime: ended ? new Date(since) : undefined,
    inputDataConfig: {
      s3InputDataConfig: {s3InputFormat: 'JSONL', s3Uri: request.inputUri, s3BucketOwner: request.inputOwner},
    },
    outputDataConfig: {
      s3OutputDataConfig: {
        s3Uri: request.outputUri,
        s3EncryptionKeyId: request.outputKey,
        s3BucketOwner: request.outputOwner,
      },
    },
    vpcConfig: request.vpc,
    timeoutDurationInHours: request.timeoutHours,
    jobExpirationTime: new Date(expiryOf(job)),
    modelInvocationType: request.type,
    totalRecordCount: total,
    processedRecordCount: processed,
    successRecordCount: processed - errors,
    errorRecordCount: errors,
  }
  return {arn, name, status, createdAt, summary}
}

/** A job whose output is still being written has not ended. */
function told(job: BatchJob, now: number): JobView {
  const view = jobAt(job, now)
  if (!view.ended || job.delivered) return view
  const status = view.status === 'Stopped' ? 'Stopping' : 'InProgress'
  return {...view, status, ended: false, message: undefined}
}

function errorsAmong({intake}: BatchJob, processed: number): number {
  const failures = intake?.failures
  if (!failures || failures.size === 0) return 0
  if (processed >= (intake?.records ?? 0)) return failures.size
  let errors = 0
  for (const place of failures.keys()) {
    if (place >= processed) break
    errors += 1
  }
  return errors
}

const HOUR_MS = 3_600_000
const TIMEOUT_HOURS = 72
/** How long a declared job takes to stop. */
const STOPPING_MS = 1000

export function describeDeclared(job: DeclaredJob, context: RequestContext): ListedJob {
  const {arn, name, createdAt, detail} = job
  const {status, endedAt} = stateOf(job, context)
  const {records = 0, errors = 0} = detail
  const processed = endedAt === undefined ? 0 : records
  const summary: ModelInvocationJobSummary = {
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
    vpcConfig: detail.vpc && asApi(detail.vpc),
    timeoutDurationInHours: TIMEOUT_HOURS,
    jobExpirationTime: new Date(createdAt + TIMEOUT_HOURS * HOUR_MS),
    modelInvocationType: 'InvokeModel',
    totalRecordCount: records,
    processedRecordCount: processed,
    successRecordCount: Math.max(0, processed - errors),
    errorRecordCount: Math.min(processed, errors),
  }
  return {arn, name, status, createdAt, summary}
}

function stateOf({arn, endedAt, detail}: DeclaredJob, context: RequestContext) {
  const askedAt = here(context).batch.stopped.get(arn)
  if (askedAt === undefined) return {status: detail.status, endedAt}
  const stoppedAt = askedAt + STOPPING_MS
  if (context.now() < stoppedAt) return {status: 'Stopping' as const, endedAt}
  return {status: 'Stopped' as const, endedAt: stoppedAt}
}
