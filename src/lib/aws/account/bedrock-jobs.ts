import {
  BedrockClient,
  GetEvaluationJobCommand,
  GetModelCustomizationJobCommand,
  GetModelImportJobCommand,
  type ModelInvocationJobSummary,
  paginateListEvaluationJobs,
  paginateListModelCopyJobs,
  paginateListModelCustomizationJobs,
  paginateListModelImportJobs,
  paginateListModelInvocationJobs,
} from '@aws-sdk/client-bedrock'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

const PAGE = 100

export function jobReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'bedrock', prefix: 'bedrock', build: (config) => new BedrockClient(config)})
  return {
    'bedrock:customization-jobs': (context) => readCustomizationJobs(ask(context), context),
    'bedrock:import-jobs': (context) => readImportJobs(ask(context), context),
    'bedrock:evaluation-jobs': (context) => readEvaluationJobs(ask(context), context),
    async 'bedrock:batch-jobs'(context) {
      const jobs = await ask(context).all(
        'ListModelInvocationJobs',
        (client, options) => paginateListModelInvocationJobs({client, pageSize: PAGE}, {}, options),
        (page) => page.invocationJobSummaries,
      )
      return jobs.map(toBatchJob)
    },
    async 'bedrock:copy-jobs'(context) {
      const jobs = await ask(context).all(
        'ListModelCopyJobs',
        (client, options) => paginateListModelCopyJobs({client, pageSize: PAGE}, {}, options),
        (page) => page.modelCopyJobSummaries,
      )
      return jobs.map((job) => ({
        arn: job.jobArn ?? '',
        name: job.targetModelName ?? '',
        status: job.status ?? '',
        createdAt: moment(job.creationTime),
        endedAt: null,
        sourceModelArn: job.sourceModelArn ?? '',
        targetModelArn: job.targetModelArn ?? null,
        kmsKeyArn: job.targetModelKmsKeyArn ?? null,
      }))
    },
  }
}

async function readCustomizationJobs(bedrock: Asking<BedrockClient>, context: ReadContext) {
  const jobs = await bedrock.all(
    'ListModelCustomizationJobs',
    (client, options) => paginateListModelCustomizationJobs({client, pageSize: PAGE}, {}, options),
    (page) => page.modelCustomizationJobSummaries,
  )
  return mapBounded(
    jobs,
    async ({jobArn: arn = '', ...job}): Promise<ReadItem<'bedrock:customization-jobs'>> => ({
      arn,
      name: job.jobName ?? '',
      status: job.status ?? '',
      createdAt: moment(job.creationTime),
      endedAt: moment(job.endTime),
      baseModelArn: job.baseModelArn ?? '',
      customizationType: job.customizationType ?? null,
      modelArn: job.customModelArn ?? null,
      modelName: job.customModelName ?? null,
      detail: await context.part('bedrock:GetModelCustomizationJob', async () => {
        const found = await bedrock.one('GetModelCustomizationJob', (client, options) =>
          client.send(new GetModelCustomizationJobCommand({jobIdentifier: arn}), options),
        )
        return {
          roleArn: found.roleArn ?? null,
          trainingUri: found.trainingDataConfig?.s3Uri ?? null,
          outputUri: found.outputDataConfig?.s3Uri ?? null,
          kmsKeyArn: found.outputModelKmsKeyArn ?? null,
        }
      }),
    }),
  )
}

async function readImportJobs(bedrock: Asking<BedrockClient>, context: ReadContext) {
  const jobs = await bedrock.all(
    'ListModelImportJobs',
    (client, options) => paginateListModelImportJobs({client, pageSize: PAGE}, {}, options),
    (page) => page.modelImportJobSummaries,
  )
  return mapBounded(
    jobs,
    async ({jobArn: arn = '', ...job}): Promise<ReadItem<'bedrock:import-jobs'>> => ({
      arn,
      name: job.jobName ?? '',
      status: job.status ?? '',
      createdAt: moment(job.creationTime),
      endedAt: moment(job.endTime),
      modelArn: job.importedModelArn ?? null,
      modelName: job.importedModelName ?? null,
      detail: await context.part('bedrock:GetModelImportJob', async () => {
        const found = await bedrock.one('GetModelImportJob', (client, options) =>
          client.send(new GetModelImportJobCommand({jobIdentifier: arn}), options),
        )
        return {
          roleArn: found.roleArn ?? null,
          sourceUri: found.modelDataSource?.s3DataSource?.s3Uri ?? null,
          kmsKeyArn: found.importedModelKmsKeyArn ?? null,
        }
      }),
    }),
  )
}

async function readEvaluationJobs(bedrock: Asking<BedrockClient>, context: ReadContext) {
  const jobs = await bedrock.all(
    'ListEvaluationJobs',
    (client, options) => paginateListEvaluationJobs({client, pageSize: PAGE}, {}, options),
    (page) => page.jobSummaries,
  )
  return mapBounded(
    jobs,
    async ({jobArn: arn = '', ...job}): Promise<ReadItem<'bedrock:evaluation-jobs'>> => ({
      arn,
      name: job.jobName ?? '',
      status: job.status ?? '',
      createdAt: moment(job.creationTime),
      endedAt: null,
      type: job.jobType ?? '',
      application: job.applicationType ?? null,
      models: job.modelIdentifiers ?? [],
      detail: await context.part('bedrock:GetEvaluationJob', async () => {
        const found = await bedrock.one('GetEvaluationJob', (client, options) =>
          client.send(new GetEvaluationJobCommand({jobIdentifier: arn}), options),
        )
        return {
          roleArn: found.roleArn ?? null,
          outputUri: found.outputDataConfig?.s3Uri ?? null,
          kmsKeyArn: found.customerEncryptionKeyId ?? null,
        }
      }),
    }),
  )
}

function toBatchJob(job: ModelInvocationJobSummary): ReadItem<'bedrock:batch-jobs'> {
  return {
    arn: job.jobArn ?? '',
    name: job.jobName ?? '',
    status: job.status ?? '',
    createdAt: moment(job.submitTime),
    endedAt: moment(job.endTime),
    modelId: job.modelId ?? '',
    roleArn: job.roleArn ?? '',
    ...batchPlaces(job),
    vpc: job.vpcConfig
      ? {subnetIds: job.vpcConfig.subnetIds ?? [], securityGroupIds: job.vpcConfig.securityGroupIds ?? []}
      : null,
    records: {
      total: job.totalRecordCount ?? null,
      processed: job.processedRecordCount ?? null,
      succeeded: job.successRecordCount ?? null,
      failed: job.errorRecordCount ?? null,
    },
  }
}

function batchPlaces({inputDataConfig, outputDataConfig}: ModelInvocationJobSummary) {
  const input = inputDataConfig?.s3InputDataConfig
  const output = outputDataConfig?.s3OutputDataConfig
  return {
    inputUri: input?.s3Uri ?? null,
    inputBucketOwner: input?.s3BucketOwner ?? null,
    outputUri: output?.s3Uri ?? null,
    outputBucketOwner: output?.s3BucketOwner ?? null,
    outputKmsKey: output?.s3EncryptionKeyId ?? null,
  }
}
