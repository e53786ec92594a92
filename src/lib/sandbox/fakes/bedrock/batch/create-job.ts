import type {
  CreateModelInvocationJobCommandInput,
  ModelInvocationJobInputDataConfig,
  ModelInvocationJobOutputDataConfig,
} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../../handler.js'
import type {BatchEnd, BatchJob, BatchPace, BatchRequest} from '../../../world/batch-state.js'
import {matchesPattern} from '../../../world/denials.js'
import type {BatchSettings} from '../../../world/resources.js'
import {placeOf} from '../../account-place.js'
import {checkNetwork, checkRole} from '../job-grounds.js'
import {here, ownArn} from '../place.js'
import {conflict, invalid, quotaExceeded} from '../refusals.js'
import {type BatchModel, batchModel} from './batch-model.js'
import {callProblem} from './call-problem.js'
import {jobAt} from './job-state.js'
import type {BatchLimits} from './limits.js'
import {batchLimits} from './limits.js'
import {mayInvoke} from './role-rights.js'

const TIMEOUT_HOURS = 24

/** What a job is judged by; reading it takes a moment. */
interface Grounds {
  readonly model: BatchModel
  readonly limits: BatchLimits
  readonly settings: BatchSettings
}

/** Throws where the model does no batch here. */
export async function readGrounds(
  {modelId = ''}: CreateModelInvocationJobCommandInput,
  context: RequestContext,
): Promise<Grounds> {
  const model = await batchModel(modelId, context)
  return {model, limits: await batchLimits(model.id, context), settings: batchSettings(context)}
}

/** A job as Create makes it. Throws what Bedrock answers at once. */
export function newJob(
  input: CreateModelInvocationJobCommandInput,
  {model, limits, settings}: Grounds,
  context: RequestContext,
): BatchJob {
  const request = requestOf(input)
  checkName(request.jobName, context)
  const id = context.world.newId(12)
  const arn = ownArn(context, `model-invocation-job/${id}`)
  checkRole(request.roleArn, arn, context)
  checkNetwork(request.vpc, context)
  checkOpenJobs(model.id, limits.openJobs, context)
  const createdAt = context.now()
  return {
    arn,
    id,
    name: request.jobName,
    request,
    baseModel: model.id,
    createdAt,
    listedAt: createdAt + (settings.listDelaySeconds ?? 1) * 1000,
    pace: paceOf(settings),
    end: endOf(request, model, settings, context),
    intake: undefined,
    stopAskedAt: undefined,
    delivered: false,
    working: Promise.resolve(),
  }
}

/** How batch jobs go here, as the scenario has it. */
export function batchSettings(context: RequestContext): BatchSettings {
  return placeOf(context).resources.batch ?? {}
}

function requestOf(input: CreateModelInvocationJobCommandInput): BatchRequest {
  const {s3Uri: inputUri, s3BucketOwner: inputOwner} = inputOf(input.inputDataConfig)
  const {s3Uri: outputUri, s3BucketOwner: outputOwner, s3EncryptionKeyId: outputKey} = outputOf(input.outputDataConfig)
  return {
    jobName: input.jobName ?? '',
    roleArn: input.roleArn ?? '',
    modelId: input.modelId ?? '',
    clientRequestToken: input.clientRequestToken,
    inputUri: inputUri ?? '',
    inputOwner,
    outputUri: outputUri ?? '',
    outputOwner,
    outputKey,
    vpc: input.vpcConfig,
    timeoutHours: input.timeoutDurationInHours ?? TIMEOUT_HOURS,
    type: input.modelInvocationType ?? 'InvokeModel',
  }
}

function inputOf(config: ModelInvocationJobInputDataConfig | undefined) {
  if (!config?.s3InputDataConfig) throw invalid('inputDataConfig.s3InputDataConfig is required.')
  return config.s3InputDataConfig
}

function outputOf(config: ModelInvocationJobOutputDataConfig | undefined) {
  if (!config?.s3OutputDataConfig) throw invalid('outputDataConfig.s3OutputDataConfig is required.')
  return config.s3OutputDataConfig
}

function checkName(name: string, context: RequestContext): void {
  const declared = placeOf(context).resources.batchJobs ?? []
  const taken = [...declared, ...here(context).batch.jobs.values()].some((job) => job.name === name)
  if (taken) throw conflict('The provided job name is currently in use.')
}

function checkOpenJobs(model: string, limit: number, context: RequestContext): void {
  const now = context.now()
  const open = [...here(context).batch.jobs.values()].filter((job) => job.baseModel === model && !jobAt(job, now).ended)
  if (open.length < limit) return
  throw quotaExceeded(
    `The account has reached its quota of ${limit} in-progress and submitted batch inference jobs for the model ${model}.`,
  )
}

function paceOf(settings: BatchSettings): BatchPace {
  const {submittedSeconds = 1, validatingSeconds = 2, scheduledSeconds = 1, stoppingSeconds = 1} = settings
  return {
    submittedMs: submittedSeconds * 1000,
    validatingMs: validatingSeconds * 1000,
    scheduledMs: scheduledSeconds * 1000,
    stoppingMs: stoppingSeconds * 1000,
    recordsPerSecond: settings.recordsPerSecond ?? 5000,
  }
}

function endOf(
  {jobName, roleArn}: BatchRequest,
  {id, invokes}: BatchModel,
  {outcomes = []}: BatchSettings,
  context: RequestContext,
): BatchEnd | undefined {
  const forced = outcomes.find(({jobs = '*'}) => matchesPattern(jobs, jobName))
  if (forced) {
    const {status, message, afterShare = 0} = forced
    return {status, message: message ?? (status === 'Failed' ? 'An internal error occurred.' : undefined), afterShare}
  }
  // Bedrock finds this out when it has gone through the records.
  const message = mayInvoke(roleArn, invokes, context)
    ? callProblem(id, roleArn, context)
    : "Customer doesn't have permissions to invokeModel"
  return message === undefined ? undefined : {status: 'Failed', message, afterShare: 1, idle: true}
}
