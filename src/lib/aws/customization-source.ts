import {
  CreateModelCustomizationJobCommand,
  type CreateModelCustomizationJobCommandInput,
  DeleteCustomModelCommand,
  GetCustomModelCommand,
  type GetCustomModelCommandOutput,
  GetModelCustomizationJobCommand,
  paginateListCustomModels,
  paginateListModelCustomizationJobs,
  StopModelCustomizationJobCommand,
} from '@aws-sdk/client-bedrock'
import {BedrockctlError} from '../core/errors.js'
import type {CustomizationRequest, CustomizationSource, CustomModel} from '../customizations/ports.js'
import {absentAs} from './absent.js'
import {bedrockCalls, lastPart, tagList} from './bedrock-calls.js'
import {listedJob, readJob} from './customization-job.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const PAGE_SIZE = 1000
const NEWEST_FIRST = {sortBy: 'CreationTime', sortOrder: 'Descending'} as const

export function createCustomizationSource(wire: Wire): CustomizationSource {
  const call = bedrockCalls(wire)
  return {
    async create(region, request, signal) {
      const command = new CreateModelCustomizationJobCommand(toInput(request))
      const {jobArn} = await call('CreateModelCustomizationJob', region, signal, (client, options) =>
        client.send(command, options),
      )
      return jobArn ?? ''
    },
    async job(region, jobIdentifier, signal) {
      const command = new GetModelCustomizationJobCommand({jobIdentifier})
      const answer = await absentAs(
        call('GetModelCustomizationJob', region, signal, (client, options) => client.send(command, options)),
        undefined,
      )
      return answer && readJob(answer, region)
    },
    async jobs(region, {createdAfter, nameContains, state}, signal) {
      const query = {
        ...NEWEST_FIRST,
        ...(nameContains !== undefined && {nameContains}),
        ...(state !== undefined && {statusEquals: state}),
        ...(createdAfter !== undefined && {creationTimeAfter: new Date(createdAfter)}),
      }
      const jobs = await call('ListModelCustomizationJobs', region, signal, (client, options) =>
        collectPages(
          paginateListModelCustomizationJobs({client, pageSize: PAGE_SIZE}, {...query}, options),
          (page) => page.modelCustomizationJobSummaries,
          (page) => page.nextToken,
        ),
      )
      return jobs.map((job) => listedJob(job, region))
    },
    async stop(region, jobIdentifier, signal) {
      const command = new StopModelCustomizationJobCommand({jobIdentifier})
      try {
        await call('StopModelCustomizationJob', region, signal, (client, options) => client.send(command, options))
        return 'stopping'
      } catch (error) {
        if (error instanceof BedrockctlError && error.code === 'CONFLICT') return 'already-ended'
        throw error
      }
    },
    async model(region, modelIdentifier, signal) {
      const command = new GetCustomModelCommand({modelIdentifier})
      const answer = await absentAs(
        call('GetCustomModel', region, signal, (client, options) => client.send(command, options)),
        undefined,
      )
      return answer && toModel(answer, region)
    },
    async models(region, signal) {
      const models = await call('ListCustomModels', region, signal, (client, options) =>
        collectPages(
          paginateListCustomModels({client, pageSize: PAGE_SIZE}, {...NEWEST_FIRST}, options),
          (page) => page.modelSummaries,
          (page) => page.nextToken,
        ),
      )
      return models.map((model) => toModel(model, region))
    },
    async remove(region, modelIdentifier, signal) {
      const command = new DeleteCustomModelCommand({modelIdentifier})
      const removed = call('DeleteCustomModel', region, signal, (client, options) => client.send(command, options))
      return (await absentAs(removed, undefined)) !== undefined
    },
  }
}

function toInput(request: CustomizationRequest): CreateModelCustomizationJobCommandInput {
  const {hyperparameters, modelKmsKeyId, tags, trainingUri, validationUris, vpc} = request
  const validators = validationUris.map((s3Uri) => ({s3Uri}))
  const customizationConfig = configOf(request)
  return {
    jobName: request.jobName,
    customModelName: request.modelName,
    roleArn: request.roleArn,
    clientRequestToken: request.clientRequestToken,
    baseModelIdentifier: request.baseModel,
    customizationType: request.type,
    trainingDataConfig: trainingUri === undefined ? {} : {s3Uri: trainingUri},
    outputDataConfig: {s3Uri: request.outputUri},
    ...(validators.length > 0 && {validationDataConfig: {validators}}),
    ...(Object.keys(hyperparameters).length > 0 && {hyperParameters: {...hyperparameters}}),
    ...(customizationConfig && {customizationConfig}),
    ...(modelKmsKeyId !== undefined && {customModelKmsKeyId: modelKmsKeyId}),
    ...(vpc && {vpcConfig: {subnetIds: [...vpc.subnetIds], securityGroupIds: [...vpc.securityGroupIds]}}),
    ...(tags && {jobTags: tagList(tags), customModelTags: tagList(tags)}),
  }
}

function configOf({
  reinforcement,
  teacher,
}: CustomizationRequest): CreateModelCustomizationJobCommandInput['customizationConfig'] {
  if (teacher) {
    const {modelId, mostResponseTokens} = teacher
    return {
      distillationConfig: {
        teacherModelConfig: {
          teacherModelIdentifier: modelId,
          ...(mostResponseTokens !== undefined && {maxResponseLengthForInference: mostResponseTokens}),
        },
      },
    }
  }
  if (reinforcement === undefined) return undefined
  return {
    rftConfig: {
      graderConfig: {lambdaGrader: {lambdaArn: reinforcement.lambdaArn}},
      hyperParameters: {...reinforcement.hyperparameters},
    },
  }
}

/** A listing says less of a model: what it leaves out is null. */
function toModel(model: Partial<GetCustomModelCommandOutput>, region: string): CustomModel {
  const arn = model.modelArn ?? ''
  return {
    arn,
    id: lastPart(arn),
    region,
    name: model.modelName ?? '',
    baseModelArn: model.baseModelArn ?? null,
    type: model.customizationType ?? null,
    state: model.modelStatus ?? null,
    message: model.failureMessage ?? null,
    createdAt: model.creationTime?.toISOString() ?? '',
    jobArn: model.jobArn ?? null,
    kmsKeyArn: model.modelKmsKeyArn ?? null,
  }
}
