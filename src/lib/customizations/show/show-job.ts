import type {CapacitySource, Deployment, ProvisionedThroughput} from '../../capacity/ports.js'
import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import {customizationFailure} from '../follow/failure-remedy.js'
import {nextCommands} from '../follow/next-commands.js'
import {isEndState, jobRow} from '../job-row.js'
import type {MetricsReader} from '../metrics/read-metrics.js'
import {summarise} from '../metrics/summarise.js'
import type {CustomizationJob, CustomizationSource} from '../ports.js'
import type {CustomizationShowResult, Serving} from './customization-show.schema.js'

export interface ShowJobPorts {
  readonly source: Pick<CustomizationSource, 'model'>
  readonly capacity: Pick<CapacitySource, 'deployments' | 'provisioned'>
  readonly metrics: MetricsReader
}

/** All that is known of a job, of its model, and of what serves it. */
export async function showJob(
  job: CustomizationJob,
  {capacity, metrics, source}: ShowJobPorts,
  nowMs: number,
  signal?: AbortSignal,
): Promise<Omit<CustomizationShowResult, 'schemaVersion' | 'simulated'>> {
  const unread: Unread[] = []
  const {modelArn, region} = job
  const attempt = async <Value>(action: string, otherwise: Value, reading: Promise<Value>): Promise<Value> => {
    try {
      return await reading
    } catch (failure) {
      if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
      unread.push(toUnread(failure, region, action))
      return otherwise
    }
  }
  const [written, model, deployments, provisioned] = await Promise.all([
    metrics.read(job, signal),
    modelArn === null
      ? undefined
      : attempt('bedrock:GetCustomModel', undefined, source.model(region, modelArn, signal)),
    modelArn === null ? [] : attempt('bedrock:ListCustomModelDeployments', [], capacity.deployments(region, signal)),
    modelArn === null
      ? []
      : attempt('bedrock:ListProvisionedModelThroughputs', [], capacity.provisioned(region, signal)),
  ])
  const row = jobRow(job, nowMs)
  const servedBy = servingsOf(modelArn, deployments, provisioned)
  return {
    unread: [...written.unread, ...unread],
    asOf: new Date(nowMs).toISOString(),
    job: row,
    request: {
      roleArn: job.roleArn,
      training: job.trainingUri,
      validation: job.validationUris,
      results: job.outputUri,
      hyperparameters: job.hyperparameters ?? {},
      teacher: job.teacher,
      grader: job.graderArn,
      kmsKeyArn: job.kmsKeyArn,
    },
    losses: {training: job.trainingLoss, validation: job.validationLosses},
    metrics: summarise(written.series),
    model: model ? {arn: model.arn, name: model.name, state: model.state, createdAt: model.createdAt} : null,
    servedBy,
    failure: job.state === 'Failed' ? customizationFailure(job.message) : null,
    next: nextCommands(row, {hasModel: model !== undefined, isOver: isEndState(job.state), servedBy}),
  }
}

function servingsOf(
  modelArn: string | null,
  deployments: readonly Deployment[],
  provisioned: readonly ProvisionedThroughput[],
): readonly Serving[] {
  return [
    ...deployments
      .filter((one) => one.modelArn === modelArn)
      .map(({arn, name, state}) => ({
        ...({kind: 'deployment', modelUnits: null, commitmentEndsAt: null} as const),
        name,
        arn,
        state,
      })),
    ...provisioned
      .filter((one) => one.modelArn === modelArn || one.desiredModelArn === modelArn)
      .map(({arn, commitmentEndsAt, modelUnits, name, state}) => ({
        ...({kind: 'provisioned-throughput', modelUnits, commitmentEndsAt} as const),
        name,
        arn,
        state,
      })),
  ]
}
