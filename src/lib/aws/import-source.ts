import {
  CreateModelImportJobCommand,
  type CreateModelImportJobCommandInput,
  DeleteImportedModelCommand,
  GetImportedModelCommand,
  type GetImportedModelCommandOutput,
  GetModelImportJobCommand,
  type GetModelImportJobCommandOutput,
  type ImportedModelSummary,
  type ModelImportJobSummary,
  paginateListImportedModels,
  paginateListModelImportJobs,
} from '@aws-sdk/client-bedrock'
import type {ImportedModel, ImportJob, ImportRequest, ImportSource} from '../imports/ports.js'
import {absentAs} from './absent.js'
import {bedrockCalls, isoOf, lastPart, tagList} from './bedrock-calls.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const PAGE_SIZE = 1000
const NEWEST_FIRST = {sortBy: 'CreationTime', sortOrder: 'Descending'} as const

export function createImportSource(wire: Wire): ImportSource {
  const call = bedrockCalls(wire)
  return {
    async create(region, request, signal) {
      const command = new CreateModelImportJobCommand(toInput(request))
      const answer = await call('CreateModelImportJob', region, signal, (client, options) =>
        client.send(command, options),
      )
      return answer.jobArn ?? ''
    },
    async job(region, jobIdentifier, signal) {
      const asked = call('GetModelImportJob', region, signal, (client, options) =>
        client.send(new GetModelImportJobCommand({jobIdentifier}), options),
      )
      const found = await absentAs(asked, undefined)
      return found && toJob(found, region)
    },
    async jobs(region, {nameContains, state}, signal) {
      const query = {
        ...(nameContains !== undefined && {nameContains}),
        ...(state !== undefined && {statusEquals: state}),
      }
      const jobs = await call('ListModelImportJobs', region, signal, (client, options) =>
        collectPages(
          paginateListModelImportJobs({client, pageSize: PAGE_SIZE}, {...NEWEST_FIRST, ...query}, options),
          (page) => page.modelImportJobSummaries,
          (page) => page.nextToken,
        ),
      )
      return jobs.map((job) => toJob(job, region))
    },
    async model(region, modelIdentifier, signal) {
      const asked = call('GetImportedModel', region, signal, (client, options) =>
        client.send(new GetImportedModelCommand({modelIdentifier}), options),
      )
      const found = await absentAs(asked, undefined)
      return found && toModel(found, region)
    },
    async models(region, signal) {
      const models = await call('ListImportedModels', region, signal, (client, options) =>
        collectPages(
          paginateListImportedModels({client, pageSize: PAGE_SIZE}, {...NEWEST_FIRST}, options),
          (page) => page.modelSummaries,
          (page) => page.nextToken,
        ),
      )
      return models.map((model) => toModel(model, region))
    },
    async remove(region, modelIdentifier, signal) {
      const asked = call('DeleteImportedModel', region, signal, (client, options) =>
        client.send(new DeleteImportedModelCommand({modelIdentifier}), options),
      )
      return (await absentAs(asked, undefined)) !== undefined
    },
  }
}

function toInput(request: ImportRequest): CreateModelImportJobCommandInput {
  const {clientRequestToken, jobName, kmsKeyId, modelName, roleArn, s3Uri, tags, vpc} = request
  return {
    jobName,
    importedModelName: modelName,
    roleArn,
    clientRequestToken,
    modelDataSource: {s3DataSource: {s3Uri}},
    ...(kmsKeyId !== undefined && {importedModelKmsKeyId: kmsKeyId}),
    ...(vpc && {vpcConfig: {subnetIds: [...vpc.subnetIds], securityGroupIds: [...vpc.securityGroupIds]}}),
    ...(tags && {jobTags: tagList(tags), importedModelTags: tagList(tags)}),
  }
}

/** A list says less than one job does. */
function toJob(job: ModelImportJobSummary | GetModelImportJobCommandOutput, region: string): ImportJob {
  const arn = job.jobArn ?? ''
  const one: Partial<GetModelImportJobCommandOutput> = job
  return {
    arn,
    id: lastPart(arn),
    region,
    name: job.jobName ?? '',
    modelName: job.importedModelName ?? null,
    modelArn: job.importedModelArn ?? null,
    roleArn: one.roleArn ?? null,
    s3Uri: one.modelDataSource?.s3DataSource?.s3Uri ?? null,
    state: job.status ?? 'InProgress',
    message: one.failureMessage ?? null,
    createdAt: isoOf(job.creationTime) ?? '',
    modifiedAt: isoOf(job.lastModifiedTime),
    endedAt: isoOf(job.endTime),
    kmsKeyArn: one.importedModelKmsKeyArn ?? null,
  }
}

function toModel(model: ImportedModelSummary | GetImportedModelCommandOutput, region: string): ImportedModel {
  const arn = model.modelArn ?? ''
  const one: Partial<GetImportedModelCommandOutput> = model
  return {
    arn,
    id: lastPart(arn),
    region,
    name: model.modelName ?? '',
    createdAt: isoOf(model.creationTime) ?? '',
    architecture: model.modelArchitecture ?? null,
    instructSupported: model.instructSupported ?? null,
    jobArn: one.jobArn ?? null,
    jobName: one.jobName ?? null,
    s3Uri: one.modelDataSource?.s3DataSource?.s3Uri ?? null,
    kmsKeyArn: one.modelKmsKeyArn ?? null,
    unitsPerCopy: one.customModelUnits?.customModelUnitsPerModelCopy ?? null,
    unitsVersion: one.customModelUnits?.customModelUnitsVersion ?? null,
  }
}
