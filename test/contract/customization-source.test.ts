import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import type {CapacitySource} from '../../src/lib/capacity/ports.js'
import type {CustomizationRequest, CustomizationSource} from '../../src/lib/customizations/ports.js'
import {type CustomizationStage, customizationStage} from '../support/customization-stage.js'
import {BUCKET, ROLE} from '../support/tuning-scenario.js'

// The ports of customization and of capacity, by their adapters over the wire.

const REGION = 'us-east-1'
const REQUEST: CustomizationRequest = {
  jobName: 'tone-1',
  modelName: 'tone',
  roleArn: ROLE,
  clientRequestToken: 'token1',
  baseModel: 'amazon.nova-lite-v1:0:300k',
  type: 'FINE_TUNING',
  trainingUri: `s3://${BUCKET}/in/train.jsonl`,
  validationUris: [`s3://${BUCKET}/in/validation.jsonl`],
  outputUri: `s3://${BUCKET}/out`,
  hyperparameters: {epochCount: '1'},
  tags: {team: 'support'},
}

let stage: CustomizationStage
let session: AwsSession
let jobs: CustomizationSource
let capacity: CapacitySource

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  stage = await customizationStage()
  const {accessKeyId, secretAccessKey} = stage.sandbox.world.login
  session = openAwsSession({endpointUrl: stage.sandbox.url, credentials: {accessKeyId, secretAccessKey}})
  jobs = await session.customizations()
  capacity = await session.capacity()
})
afterEach(() => {
  vi.unstubAllEnvs()
  session.close()
})

test('a job is made once for its token, read whole, and listed with less', async () => {
  const arn = await jobs.create(REGION, REQUEST)
  expect(await jobs.create(REGION, REQUEST)).toBe(arn)
  await stage.pass(60)

  expect(await jobs.job(REGION, 'tone-1')).toMatchObject({
    ...{arn, name: 'tone-1', modelName: 'tone', state: 'Completed', roleArn: ROLE, type: 'FINE_TUNING'},
    ...{trainingUri: REQUEST.trainingUri, validationUris: REQUEST.validationUris, clientRequestToken: 'token1'},
    phases: [{name: 'validation', state: 'Completed'}, {name: 'data-processing'}, {name: 'training'}],
    trainingLoss: expect.any(Number),
    teacher: null,
    graderArn: null,
  })
  expect(await jobs.jobs(REGION, {nameContains: 'tone', state: 'Completed'})).toMatchObject([{arn, roleArn: null}])
  expect(await jobs.jobs(REGION, {nameContains: 'other'})).toEqual([])
  expect(await jobs.job(REGION, 'nobody')).toBeUndefined()
  expect(await jobs.stop(REGION, arn)).toBe('already-ended')
})

test('a model is served by a deployment and by units, and is gone once it is deleted', async () => {
  await jobs.create(REGION, REQUEST)
  await stage.pass(60)
  const model = await jobs.model(REGION, 'tone')
  const modelArn = model?.arn ?? ''

  const deployment = await capacity.createDeployment(REGION, {name: 'live', modelArn, clientRequestToken: 'a'})
  await stage.pass(60)

  expect(await capacity.deployment(REGION, 'live')).toMatchObject({
    arn: deployment,
    name: 'live',
    state: 'Active',
    modelArn,
  })
  expect(await capacity.deployments(REGION)).toMatchObject([{arn: deployment, name: 'live'}])
  expect(await capacity.deployment(REGION, 'nobody')).toBeUndefined()
  expect(await capacity.provisioned(REGION)).toEqual([])
  expect(await capacity.provisionedOne(REGION, 'nobody')).toBeUndefined()
  expect(await capacity.removeDeployment(REGION, 'live')).toBe(true)
  expect(await jobs.models(REGION)).toMatchObject([{arn: modelArn, name: 'tone', state: 'Active'}])
  expect(await jobs.remove(REGION, modelArn)).toBe(true)
  expect(await jobs.model(REGION, 'tone')).toBeUndefined()
  expect(await jobs.remove(REGION, modelArn)).toBe(false)
})
