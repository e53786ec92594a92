import {expect, onTestFinished, test} from 'vitest'
import {openAwsSession} from '../../src/lib/aws/session.js'
import type {ImportRequest} from '../../src/lib/imports/ports.js'
import {ACCOUNT, BUCKET, type ImportStage, importStage, KEY_ARN, ROLE} from '../support/import-stage.js'

const REGION = 'us-east-1'

const REQUEST: ImportRequest = {
  jobName: 'tiny-0001',
  modelName: 'tiny',
  roleArn: ROLE,
  s3Uri: `s3://${BUCKET}/tiny/`,
  clientRequestToken: 'token1',
  kmsKeyId: 'alias/models',
  tags: {team: 'research'},
}

/** The door to a sandbox that holds a model's files, with its clock in hand. */
async function open(region: Parameters<typeof importStage>[0] = {}) {
  const stage: ImportStage = await importStage(region)
  await stage.put()
  const {accessKeyId, secretAccessKey} = stage.sandbox.world.login
  const session = openAwsSession({endpointUrl: stage.sandbox.url, credentials: {accessKeyId, secretAccessKey}})
  onTestFinished(() => session.close())
  return {stage, source: await session.imports(), training: await session.trainingJobs()}
}

test('an import is made, read and listed, and leaves a model that can be removed', async () => {
  const {source, stage} = await open()
  const arn = await source.create(REGION, REQUEST)
  await stage.pass(100)

  const job = await source.job(REGION, REQUEST.jobName)
  const model = await source.model(REGION, 'tiny')

  expect(job).toMatchObject({
    arn,
    id: arn.split('/').at(-1),
    region: REGION,
    name: 'tiny-0001',
    modelName: 'tiny',
    modelArn: model?.arn,
    roleArn: ROLE,
    s3Uri: REQUEST.s3Uri,
    state: 'Completed',
    message: null,
    kmsKeyArn: KEY_ARN,
  })
  expect(Date.parse(job?.endedAt ?? '')).toBeGreaterThan(Date.parse(job?.createdAt ?? ''))
  expect(model).toMatchObject({
    id: model?.arn.split('/').at(-1),
    region: REGION,
    name: 'tiny',
    architecture: 'llama',
    instructSupported: true,
    jobArn: arn,
    jobName: 'tiny-0001',
    s3Uri: REQUEST.s3Uri,
    kmsKeyArn: KEY_ARN,
    unitsPerCopy: 2,
    unitsVersion: 'v1.0',
  })
  expect(await source.job(REGION, arn)).toEqual(job)
  expect(await source.model(REGION, model?.arn ?? '')).toEqual(model)
  expect(await source.jobs(REGION, {nameContains: 'tiny', state: 'Completed'})).toMatchObject([{arn, s3Uri: null}])
  expect(await source.models(REGION)).toMatchObject([{arn: model?.arn, unitsPerCopy: null}])
  expect([await source.remove(REGION, 'tiny'), await source.remove(REGION, 'tiny')]).toEqual([true, false])
})

test('the same request twice is one job', async () => {
  const {source} = await open()

  expect(await source.create(REGION, REQUEST)).toBe(await source.create(REGION, REQUEST))
})

test('why an import failed is told in the words of the service', async () => {
  const {source, stage} = await open()
  await source.create(REGION, {...REQUEST, s3Uri: `s3://${BUCKET}/nothing/`})
  await stage.pass(100)

  expect(await source.job(REGION, 'tiny-0001')).toMatchObject({
    state: 'Failed',
    modelArn: null,
    message: expect.stringContaining('could not find the expected file'),
  })
})

test('what is not there is undefined', async () => {
  const {source, training} = await open()

  expect(await source.job(REGION, 'none')).toBeUndefined()
  expect(await source.model(REGION, 'none')).toBeUndefined()
  expect(await training.job(REGION, 'none')).toBeUndefined()
})

test('a training job tells where its model is, and whether it is packed', async () => {
  const job = {roleArn: `arn:aws:iam::${ACCOUNT}:role/sagemaker`, outputUri: `s3://${BUCKET}/training`}
  const {training} = await open({
    trainingJobs: [
      {...job, createdOn: '2026-11-01', name: 'packed', status: 'Completed'},
      {...job, createdOn: '2026-11-01', name: 'loose', status: 'Stopped', compression: 'NONE'},
    ],
  })

  expect(await training.job(REGION, 'packed')).toEqual({
    name: 'packed',
    state: 'Completed',
    failure: null,
    artefactUri: `s3://${BUCKET}/training/packed/output/model.tar.gz`,
    packed: true,
  })
  expect(await training.job(REGION, 'loose')).toMatchObject({
    state: 'Stopped',
    artefactUri: `s3://${BUCKET}/training/loose/output/model/`,
    packed: false,
  })
})
