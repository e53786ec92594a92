import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelImportJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import {asApi} from '../../../world/resources.js'
import {placeOf} from '../../account-place.js'
import {dateOf, findJob, type PlacedJob, placedJobs} from '../job-list.js'
import {ownPage} from '../own-lists.js'
import {here} from '../place.js'
import {serviceRole} from '../service-role.js'

const HOUR_MS = 3_600_000

export const importJobs = handlersFor<typeof Bedrock>()({
  ListModelImportJobs(input, context) {
    const {items, next} = ownPage(allJobs(context), input, context)
    return {modelImportJobSummaries: items.map(summariseImport), nextToken: next}
  },

  GetModelImportJob({jobIdentifier}, context) {
    const job = findJob(allJobs(context), jobIdentifier, context)
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

// Jobs that failed or run are the scenario’s; completed ones come with the model that they made.
function allJobs(context: RequestContext): PlacedJob<ImportDetail>[] {
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
