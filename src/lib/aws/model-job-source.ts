import {
  type EvaluationSummary,
  GetEvaluationJobCommand,
  type ModelCopyJobSummary,
  paginateListEvaluationJobs,
  paginateListModelCopyJobs,
  StopEvaluationJobCommand,
} from '@aws-sdk/client-bedrock'
import {BedrockctlError} from '../core/errors.js'
import type {CopyJob, EvaluationJob, ModelJobSource} from '../monitor/board/jobs/ports.js'
import {absentAs} from './absent.js'
import {bedrockCalls, isoOf} from './bedrock-calls.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const PAGE_SIZE = 1000
const NEWEST_FIRST = {sortBy: 'CreationTime', sortOrder: 'Descending'} as const

export function createModelJobSource(wire: Wire): ModelJobSource {
  const call = bedrockCalls(wire)
  return {
    async evaluations(region, createdAfter, signal) {
      const query = {...NEWEST_FIRST, creationTimeAfter: new Date(createdAfter)}
      const jobs = await call('ListEvaluationJobs', region, signal, (client, options) =>
        collectPages(
          paginateListEvaluationJobs({client, pageSize: PAGE_SIZE}, {...query}, options),
          (page) => page.jobSummaries,
          (page) => page.nextToken,
        ),
      )
      return jobs.map(toEvaluation)
    },
    async evaluation(region, jobIdentifier, signal) {
      const answer = await absentAs(
        call('GetEvaluationJob', region, signal, (client, options) =>
          client.send(new GetEvaluationJobCommand({jobIdentifier}), options),
        ),
        undefined,
      )
      return (
        answer && {
          messages: answer.failureMessages ?? [],
          modifiedAt: isoOf(answer.lastModifiedTime),
          outputUri: answer.outputDataConfig?.s3Uri ?? null,
        }
      )
    },
    async stopEvaluation(region, jobIdentifier, signal) {
      try {
        await call('StopEvaluationJob', region, signal, (client, options) =>
          client.send(new StopEvaluationJobCommand({jobIdentifier}), options),
        )
        return 'stopping'
      } catch (error) {
        if (error instanceof BedrockctlError && error.code === 'CONFLICT') return 'already-ended'
        throw error
      }
    },
    async copies(region, createdAfter, signal) {
      const query = {...NEWEST_FIRST, creationTimeAfter: new Date(createdAfter)}
      const jobs = await call('ListModelCopyJobs', region, signal, (client, options) =>
        collectPages(
          paginateListModelCopyJobs({client, pageSize: PAGE_SIZE}, {...query}, options),
          (page) => page.modelCopyJobSummaries,
          (page) => page.nextToken,
        ),
      )
      return jobs.map(toCopy)
    },
  }
}

function toEvaluation(job: EvaluationSummary): EvaluationJob {
  return {
    arn: job.jobArn ?? '',
    name: job.jobName ?? '',
    state: job.status ?? '',
    type: job.jobType ?? '',
    application: job.applicationType ?? null,
    tasks: job.evaluationTaskTypes ?? [],
    models: job.modelIdentifiers ?? [],
    createdAt: isoOf(job.creationTime),
  }
}

function toCopy(job: ModelCopyJobSummary): CopyJob {
  return {
    arn: job.jobArn ?? '',
    name: job.targetModelName ?? '',
    state: job.status ?? '',
    sourceModelArn: job.sourceModelArn ?? '',
    targetModelArn: job.targetModelArn ?? null,
    createdAt: isoOf(job.creationTime),
    message: job.failureMessage ?? null,
  }
}
