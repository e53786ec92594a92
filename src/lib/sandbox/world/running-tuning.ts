import {formatArn} from '../../core/arn.js'
import type {Place} from './build-region.js'
import {momentAt} from './moment.js'
import {foundationModelArn, partitionOf} from './offering.js'
import type {ScenarioResources} from './scenario.schema.js'
import type {RegionalState} from './state.js'
import type {TuningPace} from './tuning-state.js'

type DeclaredJob = NonNullable<ScenarioResources['customizationJobs']>[number]

const MINUTE_MS = 60_000
const RECORDS = 2000
const PHASES: Omit<TuningPace, 'trainingMs'> = {
  validationMs: MINUTE_MS,
  processingMs: 2 * MINUTE_MS,
  queueMs: MINUTE_MS / 2,
  tokensPerSecond: 5000,
  stoppingMs: 1000,
}

/** A customization job of a scenario that goes on, as if it had been created here some time ago. */
export function addRunningTuning(state: RegionalState, job: DeclaredJob, place: Place): void {
  if (job.status !== 'InProgress' || job.trainingMinutes === undefined) return
  const {catalog, account, region, now} = place
  const arnOf = (resource: string): string =>
    formatArn({partition: partitionOf(catalog, region), service: 'bedrock', region, account, resource})
  const arn = arnOf(`model-customization-job/${job.baseModel}/${job.id}`)
  const createdAt = momentAt(job.createdOn, now)
  state.tuning.jobs.set(arn, {
    arn,
    id: job.id,
    name: job.name,
    request: {
      jobName: job.name,
      customModelName: job.modelName,
      roleArn: job.roleArn,
      baseModelIdentifier: job.baseModel,
      customizationType: job.customizationType,
      trainingDataConfig: {s3Uri: job.trainingUri},
      outputDataConfig: {s3Uri: job.outputUri},
    },
    base: job.baseModel,
    baseModelArn: foundationModelArn(catalog, region, job.baseModel),
    type: job.customizationType,
    keyArn: job.kmsKeyArn,
    hyperparameters: {epochCount: '5', batchSize: '8', learningRate: '0.00001'},
    createdAt,
    listedAt: createdAt,
    pace: {...PHASES, trainingMs: job.trainingMinutes * MINUTE_MS},
    end: undefined,
    modelArn: arnOf(`custom-model/${job.baseModel}/${job.id}`),
    intake: {failure: undefined, records: job.records ?? RECORDS, tokens: 0, validation: []},
    stopAskedAt: undefined,
    written: 0,
    delivered: false,
    working: Promise.resolve(),
  })
  state.tags.set(arn, [])
}
