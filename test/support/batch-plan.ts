import type {PlanFile} from '../../src/lib/batch/plan/plan.schema.js'

const limit = (value: number) => ({value, source: 'test', asOf: '2026-11-01'})

/** A plan of two shards over an input of 200 records of ten bytes; `changes` say what a test is about. */
export function batchPlan(changes: Partial<PlanFile> = {}): PlanFile {
  return {
    kind: 'bedrockctl-batch-plan',
    schemaVersion: 1,
    group: 'nightly',
    round: 1,
    createdAt: '2026-11-21T12:00:00.000Z',
    account: '111122223333',
    region: 'us-east-1',
    modelId: 'amazon.nova-lite-v1:0',
    baseModelId: 'amazon.nova-lite-v1:0',
    api: 'InvokeModel',
    roleArn: 'arn:aws:iam::111122223333:role/BedrockBatch',
    input: {name: '/data/records.jsonl', bytes: 2000, revision: 'r1', records: 200, rejected: 0},
    staging: 's3://staging-bucket/in',
    results: 's3://results-bucket/out',
    kmsKeyId: null,
    timeoutHours: null,
    vpc: null,
    tags: {},
    maxOpenJobs: 2,
    limits: {
      minRecords: limit(100),
      recordsPerFile: limit(100_000),
      recordsPerJob: limit(100_000),
      fileBytes: limit(1e9),
      jobBytes: limit(5e9),
      openJobs: limit(100),
    },
    shards: [
      {number: 1, records: 100, bytes: 1000, sha256: 'a'.repeat(64), segments: [[0, 1000]]},
      {number: 2, records: 100, bytes: 1000, sha256: 'b'.repeat(64), segments: [[1000, 2000]]},
    ],
    price: {
      currency: 'USD',
      input: '0.01',
      outputAtMost: '0.02',
      inputTokens: 2000,
      outputTokensAtMost: 4000,
      counted: 'estimated',
      source: 'test',
      asOf: '2026-11-01',
    },
    preflight: [],
    ...changes,
  }
}
