import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelCustomizationJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import {foundationModelArn} from '../../../world/offering.js'
import {asApi} from '../../../world/resources.js'
import {placeOf} from '../../account-place.js'
import {dateOf, findJob, type PlacedJob, placedJobs} from '../job-list.js'
import {ownPage} from '../own-lists.js'
import {here} from '../place.js'
import {serviceRole} from '../service-role.js'

const HOUR_MS = 3_600_000

export const customizationJobs = handlersFor<typeof Bedrock>()({
  ListModelCustomizationJobs(input, context) {
    const {items, next} = ownPage(allJobs(context), input, context)
    return {modelCustomizationJobSummaries: items.map(summariseCustomization), nextToken: next}
  },

  GetModelCustomizationJob({jobIdentifier}, context) {
    const job = findJob(allJobs(context), jobIdentifier, context)
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
})

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

// Jobs that failed or run are the scenario’s; completed ones come with the model that they made.
function allJobs(context: RequestContext): PlacedJob<CustomizationDetail>[] {
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
