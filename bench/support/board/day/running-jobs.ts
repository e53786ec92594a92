import type {BatchJob, BatchJobSource} from '../../../../src/lib/batch/ports.js'
import type {CustomizationJob, CustomizationSource} from '../../../../src/lib/customizations/ports.js'
import type {ImportJob, ImportSource} from '../../../../src/lib/imports/ports.js'
import type {ObjectStore, StoredObject} from '../../../../src/lib/jobs/ports.js'
import type {
  CopyJob,
  EvaluationDetail,
  EvaluationJob,
  ModelJobSource,
} from '../../../../src/lib/monitor/board/jobs/ports.js'

const MINUTE_MS = 60_000
const RECORDS = 40_000
const STEPS = 300
const BUCKET = 's3://day-bucket'

/** How often a job of a kind begins in each Region, how long it runs, and how long the service lists it. */
interface Pace {
  readonly everyMs: number
  readonly takesMs: number
  readonly listedMs: number
}

const PACES = {
  batch: {everyMs: 20 * MINUTE_MS, takesMs: 35 * MINUTE_MS, listedMs: 240 * MINUTE_MS},
  customization: {everyMs: 60 * MINUTE_MS, takesMs: 90 * MINUTE_MS, listedMs: 360 * MINUTE_MS},
  import: {everyMs: 60 * MINUTE_MS, takesMs: 15 * MINUTE_MS, listedMs: 360 * MINUTE_MS},
  evaluation: {everyMs: 60 * MINUTE_MS, takesMs: 25 * MINUTE_MS, listedMs: 360 * MINUTE_MS},
  copy: {everyMs: 60 * MINUTE_MS, takesMs: 10 * MINUTE_MS, listedMs: 360 * MINUTE_MS},
} as const satisfies Record<string, Pace>

/** One job at a moment. */
interface Run {
  readonly id: string
  readonly number: number
  /** From 0 to 1. */
  readonly done: number
  readonly beganAt: string
  readonly seenAt: string
  readonly endedAt: string | null
  /** One in seven fails. */
  readonly state: 'InProgress' | 'Completed' | 'Failed'
}

type Sources = {
  readonly batchJobs: Pick<BatchJobSource, 'list' | 'get'>
  readonly customizations: Pick<CustomizationSource, 'jobs' | 'job'>
  readonly imports: Pick<ImportSource, 'jobs' | 'job' | 'models' | 'model'>
  readonly modelJobs: Pick<ModelJobSource, 'evaluations' | 'evaluation' | 'copies'>
  readonly objectStore: Pick<ObjectStore, 'head' | 'list' | 'read'>
}

/** Jobs of an account in which one of each kind begins again and again: new ARNs all day, each with its end. */
export function runningJobs(now: () => number): Sources {
  const runs = (kind: keyof typeof PACES, region: string) => runsOf(kind, region, now())
  const batch = (region: string) => runs('batch', region).map((run) => toBatch(run, region))
  const customizations = (region: string) => runs('customization', region).map((run) => toCustomization(run, region))
  const imports = (region: string) => runs('import', region).map((run) => toImport(run, region))
  const find = <Job extends {readonly arn: string}>(jobs: readonly Job[], arn: string) =>
    jobs.find((job) => job.arn === arn)
  return {
    batchJobs: {
      list: async (region) => batch(region),
      get: async (region, arn) => find(batch(region), arn),
    },
    customizations: {
      jobs: async (region) => customizations(region),
      job: async (region, arn) => {
        const job = find(customizations(region), arn)
        return job && {...job, outputUri: `${BUCKET}/tuned/`, hyperparameters: {epochCount: '3', batchSize: '8'}}
      },
    },
    imports: {
      jobs: async (region) => imports(region),
      job: async (region, arn) => find(imports(region), arn),
      models: async () => [],
      model: async () => undefined,
    },
    modelJobs: {
      evaluations: async (region) => runs('evaluation', region).map((run) => toEvaluation(run, region)),
      evaluation: async (): Promise<EvaluationDetail> => ({messages: [], modifiedAt: null, outputUri: BUCKET}),
      copies: async (region) => runs('copy', region).map((run) => toCopy(run, region)),
    },
    objectStore: storeOf(now),
  }
}

function runsOf(kind: keyof typeof PACES, region: string, nowMs: number): readonly Run[] {
  const {everyMs, listedMs, takesMs} = PACES[kind]
  const newest = Math.floor(nowMs / everyMs)
  const runs: Run[] = []
  for (let number = newest; number * everyMs > nowMs - listedMs; number -= 1) {
    const beganMs = number * everyMs
    const done = Math.min(1, (nowMs - beganMs) / takesMs)
    runs.push({
      ...{id: `${kind}-${region}-${number}`, number, done},
      beganAt: new Date(beganMs).toISOString(),
      seenAt: new Date(nowMs - (nowMs % 10_000)).toISOString(),
      endedAt: done < 1 ? null : new Date(beganMs + takesMs).toISOString(),
      state: done < 1 ? 'InProgress' : number % 7 === 0 ? 'Failed' : 'Completed',
    })
  }
  return runs
}

function arnOf(kind: string, region: string, id: string): string {
  return `arn:aws:bedrock:${region}:111122223333:${kind}/${id}`
}

const WHY = 'The role may not read the data: access to the bucket was denied by its policy.'

function toBatch({beganAt, done, endedAt, id, seenAt, state}: Run, region: string): BatchJob {
  const processed = Math.round(RECORDS * done)
  return {
    ...{arn: arnOf('model-invocation-job', region, id), id, region, name: `nightly-${id}`, state, endedAt},
    ...{modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0', roleArn: 'arn:aws:iam::111122223333:role/batch'},
    message: state === 'Failed' ? WHY : null,
    ...{api: 'Converse', inputUri: `${BUCKET}/in/${id}.jsonl`, outputUri: `${BUCKET}/out/`},
    records: {total: RECORDS, processed, succeeded: processed - 3, failed: Math.min(3, processed)},
    ...{submittedAt: beganAt, modifiedAt: seenAt, expiresAt: null, clientRequestToken: null},
  }
}

function toCustomization({beganAt, done, endedAt, id, seenAt, state}: Run, region: string): CustomizationJob {
  const phase = (name: CustomizationJob['phases'][number]['name'], from: number, to: number) => ({
    ...{name, startedAt: beganAt, modifiedAt: seenAt},
    state: done < from ? 'NotStarted' : done < to ? 'InProgress' : 'Completed',
  })
  return {
    ...{arn: arnOf('model-customization-job', region, id), id, region, name: id, modelName: id, modelArn: null},
    baseModelArn: `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0:300k`,
    ...{type: 'FINE_TUNING', state, message: state === 'Failed' ? WHY : null},
    phases: [phase('validation', 0, 0.05), phase('data-processing', 0.05, 0.1), phase('training', 0.1, 1)],
    ...{createdAt: beganAt, modifiedAt: seenAt, endedAt, roleArn: null, trainingUri: `${BUCKET}/train.jsonl`},
    ...{validationUris: [], outputUri: null, hyperparameters: null, trainingLoss: null, validationLosses: []},
    ...{kmsKeyArn: null, teacher: null, graderArn: null, clientRequestToken: null},
  }
}

function toImport({beganAt, endedAt, id, seenAt, state}: Run, region: string): ImportJob {
  return {
    ...{arn: arnOf('model-import-job', region, id), id, region, name: id, modelName: id, modelArn: null, roleArn: null},
    ...{s3Uri: `${BUCKET}/model/${id}/`, state, message: state === 'Failed' ? WHY : null},
    ...{createdAt: beganAt, modifiedAt: seenAt, endedAt, kmsKeyArn: null},
  }
}

function toEvaluation({beganAt, id, state}: Run, region: string): EvaluationJob {
  return {
    ...{arn: arnOf('evaluation-job', region, id), name: id, state, type: 'Automated', application: 'ModelEvaluation'},
    ...{tasks: ['Summarization'], models: ['amazon.nova-pro-v1:0'], createdAt: beganAt},
  }
}

function toCopy({beganAt, id, state}: Run, region: string): CopyJob {
  return {
    ...{arn: arnOf('model-copy-job', region, id), name: id, state, targetModelArn: null, createdAt: beganAt},
    ...{sourceModelArn: arnOf('custom-model', 'us-east-1', id), message: state === 'Failed' ? WHY : null},
  }
}

/** Manifests of batch jobs, and the metrics of jobs in training, which grow once a minute. */
function storeOf(now: () => number): Sources['objectStore'] {
  const stepsOf = (key: string): number => {
    const [, number = '0'] = /-(\d+)\/[^/]+$/.exec(key) ?? []
    const {everyMs, takesMs} = PACES.customization
    const done = Math.min(1, (now() - Number(number) * everyMs) / takesMs)
    return Math.max(1, Math.floor(done * STEPS))
  }
  const bytesOf = (key: string): Buffer =>
    key.endsWith('.csv')
      ? Buffer.from(`step_number,epoch_number,training_loss\n${rowsOf(stepsOf(key))}`)
      : Buffer.from(JSON.stringify({inputTokenCount: 9e6, outputTokenCount: 2e6, processedRecordCount: RECORDS}))
  const stored = (bucket: string, key: string): StoredObject => {
    const bytes = bytesOf(key).length
    return {bucket, key, bytes, etag: `${bytes}`, modifiedAt: new Date(now()).toISOString()}
  }
  return {
    head: async ({bucket, key}) => stored(bucket, key),
    async *list(bucket, prefix) {
      yield stored(bucket, `${prefix.replace(/\/$/, '')}/step_wise_training_metrics.csv`)
    },
    async *read({key}) {
      yield bytesOf(key)
    },
  }
}

function rowsOf(steps: number): string {
  return Array.from({length: steps}, (_, step) => `${step},${Math.floor(step / 100)},${2 / (1 + step / 40)}\n`).join('')
}
