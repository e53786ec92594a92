import type {JournalEvent} from '../../src/lib/batch/group/journal.schema.js'
import type {PlanFile, PlanShard} from '../../src/lib/batch/plan/plan.schema.js'
import type {BatchJob} from '../../src/lib/batch/ports.js'
import {batchPlan} from './batch-plan.js'

// Plans and jobs of one group in us-east-1, as small as they can be.

const ACCOUNT = '111122223333'
export const NOON = '2026-11-21T12:00:00.000Z'
const MODEL = 'amazon.nova-lite-v1:0'

/** A time so many minutes after noon. */
export function afterNoon(minutes: number): string {
  return new Date(Date.parse(NOON) + minutes * 60_000).toISOString()
}

function shardOf(number: number, records: number, from: number): PlanShard {
  return {number, records, bytes: records * 10, sha256: 'a'.repeat(64), segments: [[from, from + records * 10]]}
}

/** As `batchPlan`, for the group `pile`, with a shard for each number of records; ten bytes a record. */
export function planOf(shards: readonly number[], changes: Partial<PlanFile> = {}): PlanFile {
  const records = shards.reduce((sum, count) => sum + count, 0)
  let from = 0
  const planned = shards.map((count, index) => {
    const shard = shardOf(index + 1, count, from)
    from += count * 10
    return shard
  })
  return batchPlan({
    group: 'pile',
    input: {name: '/data/prompts.jsonl', bytes: records * 10, revision: 'r1', records, rejected: 0},
    maxOpenJobs: 4,
    shards: planned,
    price: {
      currency: 'USD',
      input: '10',
      outputAtMost: '40',
      inputTokens: 1000,
      outputTokensAtMost: 4000,
      counted: 'estimated from bytes',
      source: 'Price List',
      asOf: '2026-11-20',
    },
    ...changes,
  })
}

/** The job of a shard of the group `pile`. */
export function jobOf(shard: number, changes: Partial<BatchJob> & {readonly round?: number} = {}): BatchJob {
  const {round = 1, ...rest} = changes
  const number = String(shard).padStart(4, '0')
  const id = `r${round}shard${number.padStart(5, '0')}`
  return {
    arn: arnOf(shard, round),
    id,
    region: 'us-east-1',
    name: `pile-r${round}-${number}`,
    modelId: MODEL,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/BedrockBatch`,
    state: 'InProgress',
    message: null,
    api: 'InvokeModel',
    inputUri: `s3://staging-bucket/in/pile/r${round}/${number}.jsonl`,
    outputUri: `s3://results-bucket/out/pile/r${round}/${number}/`,
    records: {total: null, processed: null, succeeded: null, failed: null},
    submittedAt: NOON,
    modifiedAt: null,
    endedAt: null,
    expiresAt: '2026-11-24T12:00:00.000Z',
    clientRequestToken: null,
    ...rest,
  }
}

/** What the service counts: of so many records so many answers and errors. */
export function countsAt(total: number, succeeded: number, failed = 0): BatchJob['records'] {
  return {total, processed: succeeded + failed, succeeded, failed}
}

export function arnOf(shard: number, round = 1): string {
  return `arn:aws:bedrock:us-east-1:${ACCOUNT}:model-invocation-job/r${round}shard${String(shard).padStart(5, '0')}`
}

/** The journal of shards whose jobs were made. */
export function createdEvents(shards: readonly number[], round = 1): readonly JournalEvent[] {
  return shards.flatMap((shard): readonly JournalEvent[] => [
    {kind: 'uploaded', at: NOON, round, shard, etag: 'e', bytes: 1},
    {kind: 'job-asked', at: NOON, round, shard, name: `pile-r${round}-${String(shard).padStart(4, '0')}`, token: 't'},
    {kind: 'job-created', at: NOON, round, shard, arn: arnOf(shard, round)},
  ])
}
