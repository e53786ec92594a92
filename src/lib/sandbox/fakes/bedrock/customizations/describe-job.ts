import type {
  GetModelCustomizationJobCommandOutput,
  ModelCustomizationJobStatus,
  ModelCustomizationJobSummary,
  StatusDetails,
  VpcConfig,
} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../../handler.js'
import type {CustomModel} from '../../../world/custom-model-state.js'
import {foundationModelArn} from '../../../world/offering.js'
import {asApi} from '../../../world/resources.js'
import type {ScenarioResources} from '../../../world/scenario.schema.js'
import type {TuningJob} from '../../../world/tuning-state.js'
import {dateOf, type PlacedJob} from '../job-list.js'
import {here} from '../place.js'
import {serviceRole} from '../service-role.js'
import {type JobView, jobAt, type PhaseView} from './job-state.js'
import {finalMetrics} from './metrics/final-metrics.js'
import {toldParameters} from './parameter.js'

type Details = Omit<GetModelCustomizationJobCommandOutput, '$metadata'>

/** A job as lists and lookups know it, whoever made it. */
export interface ListedJob {
  readonly arn: string
  readonly name: string
  readonly status: ModelCustomizationJobStatus
  readonly createdAt: number
  readonly summary: ModelCustomizationJobSummary
  readonly details: Details
}

/** A job that the scenario declares: its model, if it made one, is not there. */
export type DeclaredJob = PlacedJob<NonNullable<ScenarioResources['customizationJobs']>[number]>

const HOUR_MS = 3_600_000
/** How long a declared job takes to stop. */
const STOPPING_MS = 1000

export function describeJob(job: TuningJob, now: number): ListedJob {
  const {arn, name, request, type, createdAt, baseModelArn} = job
  const view = told(job, now)
  const {status, since, ended, message} = view
  const made = status === 'Completed'
  const times = {
    creationTime: new Date(createdAt),
    lastModifiedTime: new Date(since),
    endTime: ended ? new Date(since) : undefined,
  }
  const common = {jobArn: arn, jobName: name, baseModelArn, customizationType: type, ...times}
  const statusDetails = describePhases(view)
  return {
    arn,
    name,
    status,
    createdAt,
    summary: {
      ...common,
      status,
      statusDetails,
      customModelArn: made ? job.modelArn : undefined,
      customModelName: request.customModelName,
    },
    details: {
      ...common,
      status,
      statusDetails,
      outputModelName: request.customModelName,
      outputModelArn: made ? job.modelArn : undefined,
      clientRequestToken: request.clientRequestToken,
      roleArn: request.roleArn,
      failureMessage: message,
      hyperParameters: toldParameters(job),
      trainingDataConfig: request.trainingDataConfig,
      validationDataConfig: request.validationDataConfig ?? {validators: []},
      outputDataConfig: request.outputDataConfig,
      outputModelKmsKeyArn: job.keyArn,
      vpcConfig: request.vpcConfig,
      customizationConfig: request.customizationConfig,
      ...(made && finalMetrics(job)),
    },
  }
}

/** A job whose model is still being made has not ended. */
function told(job: TuningJob, now: number): JobView {
  const view = jobAt(job, now)
  if (!view.ended || job.delivered) return view
  return {...view, status: view.status === 'Stopped' ? 'Stopping' : 'InProgress', ended: false, message: undefined}
}

function describePhases({phases}: JobView): StatusDetails {
  const phase = ({status, createdAt, changedAt}: PhaseView) => ({
    status,
    creationTime: new Date(createdAt),
    lastModifiedTime: new Date(changedAt),
  })
  return {
    validationDetails: phase(phases.validation),
    dataProcessingDetails: phase(phases.dataProcessing),
    trainingDetails: phase(phases.training),
  }
}

/** The job that made a model of the scenario. */
export function describeMaker(model: CustomModel, context: RequestContext): ListedJob | undefined {
  const {job, createdAt, origin} = model
  if (!job) return undefined
  const startedAt = createdAt - HOUR_MS
  const common = {
    jobArn: job.arn,
    jobName: job.name,
    status: 'Completed' as const,
    baseModelArn: model.baseModelArn,
    customizationType: model.customizationType,
    creationTime: new Date(startedAt),
    lastModifiedTime: new Date(createdAt),
    endTime: new Date(createdAt),
  }
  return {
    ...job,
    status: common.status,
    createdAt: startedAt,
    summary: {...common, customModelArn: model.arn, customModelName: model.name},
    details: {
      ...common,
      outputModelName: model.name,
      outputModelArn: model.arn,
      roleArn: serviceRole('sandbox-model-customization', context),
      trainingDataConfig: origin.trainingDataConfig ?? {},
      validationDataConfig: {validators: []},
      outputDataConfig: origin.outputDataConfig,
      outputModelKmsKeyArn: model.kmsKeyArn,
    },
  }
}

export function describeDeclared({arn, name, createdAt, ...job}: DeclaredJob, context: RequestContext): ListedJob {
  const {world, region} = context
  const {detail} = job
  const {status, endedAt} = declaredState(arn, job, context)
  const common = {
    jobArn: arn,
    jobName: name,
    status,
    baseModelArn: foundationModelArn(world.catalog, region, detail.baseModel),
    customizationType: detail.customizationType,
    creationTime: new Date(createdAt),
    lastModifiedTime: new Date(endedAt ?? createdAt),
    endTime: dateOf(endedAt),
  }
  return {
    arn,
    name,
    status,
    createdAt,
    summary: {...common, customModelName: detail.modelName},
    details: {
      ...common,
      outputModelName: detail.modelName,
      roleArn: detail.roleArn,
      failureMessage: detail.failureMessage,
      trainingDataConfig: {s3Uri: detail.trainingUri},
      validationDataConfig: {validators: []},
      outputDataConfig: {s3Uri: detail.outputUri},
      outputModelKmsKeyArn: detail.kmsKeyArn,
      vpcConfig: detail.vpc && asApi<VpcConfig>(detail.vpc),
    },
  }
}

function declaredState(
  arn: string,
  {endedAt, detail}: Pick<DeclaredJob, 'endedAt' | 'detail'>,
  context: RequestContext,
) {
  const askedAt = here(context).tuning.stopped.get(arn)
  if (askedAt === undefined) return {status: detail.status, endedAt}
  const stoppedAt = askedAt + STOPPING_MS
  if (context.now() < stoppedAt) return {status: 'Stopping' as const, endedAt}
  return {status: 'Stopped' as const, endedAt: stoppedAt}
}
