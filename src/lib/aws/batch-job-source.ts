import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  type CreateModelInvocationJobCommandInput,
  GetModelInvocationJobCommand,
  type GetModelInvocationJobCommandOutput,
  type ModelInvocationJobSummary,
  paginateListModelInvocationJobs,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import type {BatchJob, BatchJobRequest, BatchJobSource} from '../batch/ports.js'
import {BedrockctlError} from '../core/errors.js'
import {absentAs} from './absent.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const SERVICE = 'bedrock'
const PAGE_SIZE = 1000

export function createBatchJobSource(wire: Wire): BatchJobSource {
  const clientOf = (region: string) => wire.client(SERVICE, region, (config) => new BedrockClient(config))
  const call = <Answer>(
    operation: string,
    region: string,
    signal: AbortSignal | undefined,
    run: (client: BedrockClient, options: {readonly abortSignal: AbortSignal}) => Promise<Answer>,
  ): Promise<Answer> => {
    const client = clientOf(region)
    return wire.call(SERVICE, {action: `bedrock:${operation}`, region}, signal, (abortSignal) =>
      run(client, {abortSignal}),
    )
  }
  return {
    async create(region, request, signal) {
      const command = new CreateModelInvocationJobCommand(toInput(request))
      const {jobArn} = await call('CreateModelInvocationJob', region, signal, (client, options) =>
        client.send(command, options),
      )
      return jobArn ?? ''
    },
    async get(region, jobIdentifier, signal) {
      const answer = await absentAs(
        call('GetModelInvocationJob', region, signal, (client, options) =>
          client.send(new GetModelInvocationJobCommand({jobIdentifier}), options),
        ),
        undefined,
      )
      return answer && toJob(answer, region)
    },
    async list(region, {nameContains, state, submittedAfter}, signal) {
      const query = {
        sortBy: 'CreationTime',
        sortOrder: 'Descending',
        ...(nameContains !== undefined && {nameContains}),
        ...(state !== undefined && {statusEquals: state}),
        ...(submittedAfter !== undefined && {submitTimeAfter: new Date(submittedAfter)}),
      } as const
      const jobs = await call('ListModelInvocationJobs', region, signal, (client, options) =>
        collectPages(
          paginateListModelInvocationJobs({client, pageSize: PAGE_SIZE}, {...query}, options),
          (page) => page.invocationJobSummaries,
          (page) => page.nextToken,
        ),
      )
      return jobs.map((job) => toJob(job, region))
    },
    async stop(region, jobIdentifier, signal) {
      try {
        await call('StopModelInvocationJob', region, signal, (client, options) =>
          client.send(new StopModelInvocationJobCommand({jobIdentifier}), options),
        )
        return 'stopping'
      } catch (error) {
        if (error instanceof BedrockctlError && error.code === 'CONFLICT') return 'already-ended'
        throw error
      }
    },
  }
}

function toInput(request: BatchJobRequest): CreateModelInvocationJobCommandInput {
  const {bucketOwner, outputKmsKey, tags, timeoutHours, vpc} = request
  const owner = bucketOwner === undefined ? {} : {s3BucketOwner: bucketOwner}
  return {
    jobName: request.name,
    clientRequestToken: request.clientRequestToken,
    roleArn: request.roleArn,
    modelId: request.modelId,
    modelInvocationType: request.api,
    inputDataConfig: {s3InputDataConfig: {s3InputFormat: 'JSONL', s3Uri: request.inputUri, ...owner}},
    outputDataConfig: {
      s3OutputDataConfig: {
        s3Uri: request.outputUri,
        ...owner,
        ...(outputKmsKey !== undefined && {s3EncryptionKeyId: outputKmsKey}),
      },
    },
    ...(timeoutHours !== undefined && {timeoutDurationInHours: timeoutHours}),
    ...(vpc && {vpcConfig: {subnetIds: [...vpc.subnetIds], securityGroupIds: [...vpc.securityGroupIds]}}),
    ...(tags && {tags: Object.entries(tags).map(([key, value]) => ({key, value}))}),
  }
}

function toJob(job: GetModelInvocationJobCommandOutput | ModelInvocationJobSummary, region: string): BatchJob {
  const arn = job.jobArn ?? ''
  return {
    arn,
    id: arn.slice(arn.lastIndexOf('/') + 1),
    region,
    name: job.jobName ?? '',
    modelId: job.modelId ?? '',
    roleArn: job.roleArn ?? '',
    state: job.status ?? 'Submitted',
    message: job.message ?? null,
    // Jobs of before Converse was taken do not say.
    api: job.modelInvocationType ?? 'InvokeModel',
    inputUri: job.inputDataConfig?.s3InputDataConfig?.s3Uri ?? '',
    outputUri: job.outputDataConfig?.s3OutputDataConfig?.s3Uri ?? '',
    records: {
      total: countOf(job.totalRecordCount),
      processed: countOf(job.processedRecordCount),
      succeeded: countOf(job.successRecordCount),
      failed: countOf(job.errorRecordCount),
    },
    submittedAt: job.submitTime?.toISOString() ?? '',
    modifiedAt: job.lastModifiedTime?.toISOString() ?? null,
    endedAt: job.endTime?.toISOString() ?? null,
    expiresAt: job.jobExpirationTime?.toISOString() ?? null,
    clientRequestToken: job.clientRequestToken ?? null,
  }
}

function countOf(value: bigint | number | undefined): number | null {
  return value === undefined ? null : Number(value)
}
