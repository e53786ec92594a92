import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import type {BatchJobRequest, BatchJobSource} from '../../src/lib/batch/ports.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {BUCKET, batchScenario, novaLines, ROLE} from '../support/batch-scenario.js'

const REGION = 'us-east-1'

let sandbox: Sandbox
let session: AwsSession
let jobs: BatchJobSource

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: await batchScenario(), clock: 'manual'})
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
  jobs = await session.batchJobs()
  const store = await session.objectStore()
  await store.put({bucket: BUCKET, key: 'in/1.jsonl'}, Buffer.from(novaLines(100)), {region: REGION})
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

const request: BatchJobRequest = {
  name: 'nightly-r1-0001',
  clientRequestToken: 'token1',
  modelId: 'amazon.nova-lite-v1:0',
  roleArn: ROLE,
  api: 'InvokeModel',
  inputUri: `s3://${BUCKET}/in/1.jsonl`,
  outputUri: `s3://${BUCKET}/out/`,
  timeoutHours: 48,
  tags: {'bedrockctl:group': 'nightly'},
}

test('a job is made, read and listed with all that is known of it', async () => {
  const arn = await jobs.create(REGION, request)
  await sandbox.clock.advance(60_000)

  const job = await jobs.get(REGION, arn)

  expect(job).toMatchObject({
    arn,
    id: arn.split('/').at(-1),
    region: REGION,
    name: request.name,
    modelId: request.modelId,
    roleArn: ROLE,
    state: 'Completed',
    message: null,
    api: 'InvokeModel',
    inputUri: request.inputUri,
    outputUri: request.outputUri,
    records: {total: 100, processed: 100, succeeded: 100, failed: 0},
    clientRequestToken: 'token1',
  })
  const hours = (Date.parse(job?.expiresAt ?? '') - Date.parse(job?.submittedAt ?? '')) / 3_600_000
  expect(hours).toBe(48)
  expect(job?.endedAt).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(await jobs.list(REGION, {nameContains: 'nightly', state: 'Completed'})).toMatchObject([{arn}])
  expect(await jobs.list(REGION, {nameContains: 'other'})).toEqual([])
})

test('the same token names the same job', async () => {
  expect(await jobs.create(REGION, request)).toBe(await jobs.create(REGION, request))
})

test('a name that is taken is a conflict, and a strange role is refused', async () => {
  await jobs.create(REGION, request)

  await expect(jobs.create(REGION, {...request, clientRequestToken: 'token2'})).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(
    jobs.create(REGION, {...request, name: 'b', clientRequestToken: 'token3', roleArn: `${ROLE}X`}),
  ).rejects.toMatchObject({code: 'VALIDATION', fault: 'usage'})
})

test('a job that is not there is undefined', async () => {
  const arn = await jobs.create(REGION, request)

  expect(await jobs.get(REGION, arn.replace(/[^/]+$/, 'abcdefghijkl'))).toBeUndefined()
})

test('a job is stopped once, and one that has ended has nothing to stop', async () => {
  const arn = await jobs.create(REGION, request)

  expect(await jobs.stop(REGION, arn)).toBe('stopping')
  await sandbox.clock.advance(60_000)
  expect(await jobs.stop(REGION, arn)).toBe('already-ended')
  expect((await jobs.get(REGION, arn))?.state).toBe('Stopped')
})

test('a quota that is full is told apart from other refusals', async () => {
  const message = 'Too many jobs'
  sandbox.faults.add({effect: {kind: 'error', code: 'ServiceQuotaExceededException', status: 400, message}})

  await expect(jobs.create(REGION, request)).rejects.toMatchObject({
    code: 'QUOTA_EXCEEDED',
    action: 'bedrock:CreateModelInvocationJob',
  })
})
