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
  const {status, endedAt, processed} = stateOf(job, context)
  const {records = 0} = detail
  const errors = failedAmong(detail, processed)
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
    successRecordCount: processed - errors,
    errorRecordCount: errors,
  }
  return {arn, name, status, createdAt, summary}
}

interface DeclaredState {
  readonly status: ModelInvocationJobStatus
  readonly endedAt: number | undefined
  readonly processed: number
}

function stateOf(job: DeclaredJob, context: RequestContext): DeclaredState {
  const now = context.now()
  const askedAt = here(context).batch.stopped.get(job.arn)
  if (askedAt === undefined) return unstopped(job, now)
  const {processed, endedAt} = unstopped(job, askedAt)
  const stoppedAt = askedAt + STOPPING_MS
  return now < stoppedAt ? {status: 'Stopping', endedAt, processed} : {status: 'Stopped', endedAt: stoppedAt, processed}
}

function unstopped({createdAt, endedAt, detail}: DeclaredJob, now: number): DeclaredState {
  const {status, records = 0, recordsPerSecond: pace} = detail
  if (status !== 'InProgress' || pace === undefined) {
    return {status, endedAt, processed: endedAt === undefined ? 0 : records}
  }
  const doneAt = createdAt + Math.ceil((records / pace) * 1000)
  if (now >= doneAt) return {status: 'Completed', endedAt: doneAt, processed: records}
  return {status, endedAt, processed: Math.max(0, Math.floor(((now - createdAt) / 1000) * pace))}
}

/** Evenly among its records. */
function failedAmong({records = 0, errors = 0}: DeclaredJob['detail'], processed: number): number {
  return records === 0 ? 0 : Math.min(processed, Math.floor((errors * processed) / records))
}
