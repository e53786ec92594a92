import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelCustomizationJobStatus, ModelImportJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {foundationModelArn} from '../../world/offering.js'
import {asApi} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {dateOf, findJob, type PlacedJob, placedJobs} from './job-list.js'
import {ownPage} from './own-lists.js'
import {here} from './place.js'

// Jobs that failed or run are the scenario's; completed ones come with the model that they made.
const HOUR_MS = 3_600_000

export const modelJobs = handlersFor<typeof Bedrock>()({
  ListModelImportJobs(input, context) {
    const {items, next} = ownPage(importJobs(context), input, context)
    return {modelImportJobSummaries: items.map(summariseImport), nextToken: next}
  },

  GetModelImportJob({jobIdentifier}, context) {
    const job = findJob(importJobs(context), jobIdentifier, context)
    const {roleArn, s3Uri, failureMessage, kmsKeyArn, vpc} = job.detail
    return {
      ...summariseImport(job),
      roleArn,
      modelDataSource: {s3DataSource: {s3Uri}},
      failureMessage,
      importedModelKmsKeyArn: kmsKeyArn,
      vpcConfig: vpc && asApi<Bedrock.VpcConfig>(vpc),
    }
  },

  ListModelCustomizationJobs(input, context) {
    const {items, next} = ownPage(customizationJobs(context), input, context)
    return {modelCustomizationJobSummaries: items.map(summariseCustomization), nextToken: next}
  },

  GetModelCustomizationJob({jobIdentifier}, context) {
    const job = findJob(customizationJobs(context), jobIdentifier, context)
    const {customModelArn, customModelName, ...summary} = summariseCustomization(job)
    const {detail} = job
    return {
      ...summary,
      outputModelArn: customModelArn,
      outputModelName: customModelName,
      roleArn: detail.roleArn,
      failureMessage: detail.failureMessage,
      trainingDataConfig: {s3Uri: detail.trainingUri},
      validationDataConfig: {validators: []},
      outputDataConfig: {s3Uri: detail.outputUri},
      outputModelKmsKeyArn: detail.kmsKeyArn,
      vpcConfig: detail.vpc && asApi<Bedrock.VpcConfig>(detail.vpc),
    }
  },

  ListModelCopyJobs(input, context) {
    const {targetModelNameContains, sourceAccountEquals, sourceModelArnEquals} = input
    const all = copyJobs(context).filter(
      ({detail}) =>
        (sourceModelArnEquals === undefined || detail.sourceModelArn === sourceModelArnEquals) &&
        (sourceAccountEquals === undefined || detail.sourceModelArn.split(':')[4] === sourceAccountEquals),
    )
    const {items, next} = ownPage(all, {...input, nameContains: targetModelNameContains}, context)
    return {modelCopyJobSummaries: items.map(describeCopy), nextToken: next}
  },

  GetModelCopyJob({jobArn}, context) {
    return describeCopy(findJob(copyJobs(context), jobArn, context))
  },
})

interface ImportDetail {
  readonly roleArn: string
  readonly modelName: string
  readonly modelArn?: string
  readonly s3Uri: string
  readonly failureMessage?: string | undefined
  readonly kmsKeyArn?: string | undefined
  readonly vpc?: object | undefined
}

function importJobs(context: RequestContext): PlacedJob<ImportDetail>[] {
  const roleArn = serviceRole('sandbox-model-import', context)
  const completed = [...here(context).importedModels.values()].map((model) => ({
    arn: model.jobArn,
    name: model.jobName,
    status: 'Completed',
    createdAt: model.createdAt - HOUR_MS,
    endedAt: model.createdAt,
    detail: {roleArn, modelName: model.name, modelArn: model.arn, s3Uri: model.s3Uri, kmsKeyArn: model.kmsKeyArn},
  }))
  return [...completed, ...placedJobs(placeOf(context).resources.importJobs, 'model-import-job', context)]
}

function summariseImport(job: PlacedJob<ImportDetail>) {
  return {
    jobArn: job.arn,
    jobName: job.name,
    status: job.status as ModelImportJobStatus,
    creationTime: new Date(job.createdAt),
    lastModifiedTime: new Date(job.endedAt ?? job.createdAt),
    endTime: dateOf(job.endedAt),
    importedModelArn: job.detail.modelArn,
    importedModelName: job.detail.modelName,
  }
}

interface CustomizationDetail {
  readonly roleArn: string
  readonly modelName: string
  readonly modelArn?: string
  readonly baseModelArn: string
  readonly customizationType: Bedrock.CustomizationType
  readonly trainingUri: string
  readonly outputUri: string
  readonly failureMessage?: string | undefined
  readonly kmsKeyArn?: string | undefined
  readonly vpc?: object | undefined
}

function customizationJobs(context: RequestContext): PlacedJob<CustomizationDetail>[] {
  const {world, region} = context
  const roleArn = serviceRole('sandbox-model-customization', context)
  const completed = [...here(context).customModels.values()].map((model) => ({
    arn: model.jobArn,
    name: model.jobName,
    status: 'Completed',
    createdAt: model.createdAt - HOUR_MS,
    endedAt: model.createdAt,
    detail: {
      roleArn,
      modelName: model.name,
      modelArn: model.arn,
      baseModelArn: model.baseModelArn,
      customizationType: model.customizationType,
      trainingUri: model.trainingS3Uri,
      outputUri: model.outputS3Uri,
      kmsKeyArn: model.kmsKeyArn,
    },
  }))
  const declared = (placeOf(context).resources.customizationJobs ?? []).flatMap((job) =>
    placedJobs([job], `model-customization-job/${job.baseModel}`, context).map((placed) => ({
      ...placed,
      detail: {...job, baseModelArn: foundationModelArn(world.catalog, region, job.baseModel)},
    })),
  )
  return [...completed, ...declared]
}

function summariseCustomization(job: PlacedJob<CustomizationDetail>) {
  return {
    jobArn: job.arn,
    jobName: job.name,
    status: job.status as ModelCustomizationJobStatus,
    baseModelArn: job.detail.baseModelArn,
    creationTime: new Date(job.createdAt),
    lastModifiedTime: new Date(job.endedAt ?? job.createdAt),
    endTime: dateOf(job.endedAt),
    customModelArn: job.detail.modelArn,
    customModelName: job.detail.modelName,
    customizationType: job.detail.customizationType,
  }
}

function copyJobs(context: RequestContext) {
  const jobs = (placeOf(context).resources.copyJobs ?? []).map((job) => ({...job, name: job.targetModelName}))
  return placedJobs(jobs, 'model-copy-job', context)
}

function describeCopy({arn, createdAt, detail}: ReturnType<typeof copyJobs>[number]) {
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

const serviceRole = (name: string, {world, account}: RequestContext): string =>
  `arn:${world.account(account).partition}:iam::${account}:role/${name}`
