import {DescribeTrainingJobCommand, SageMakerClient} from '@aws-sdk/client-sagemaker'
import {expect, test} from 'vitest'
import {ACCOUNT, importStage} from '../support/import-stage.js'
import {clientSettings} from '../support/sandbox-clients.js'

const job = {
  roleArn: `arn:aws:iam::${ACCOUNT}:role/sagemaker`,
  outputUri: 's3://test-models/training',
  createdOn: '2026-11-01',
} as const

async function describe(name: string) {
  const {sandbox} = await importStage({
    trainingJobs: [
      {...job, name: 'packed', status: 'Completed', endedOn: '2026-11-02'},
      {...job, name: 'loose', status: 'Stopped', compression: 'NONE'},
      {...job, name: 'moved', status: 'Completed', artefact: 's3://elsewhere/model.tar.gz'},
      {...job, name: 'failed', status: 'Failed', failureReason: 'AlgorithmError: out of memory'},
    ],
  })
  const client = new SageMakerClient(clientSettings(sandbox, 'us-east-1'))
  return client.send(new DescribeTrainingJobCommand({TrainingJobName: name}))
}

test('a training job says where its model is, packed or not', async () => {
  expect(await describe('packed')).toMatchObject({
    TrainingJobArn: `arn:aws:sagemaker:us-east-1:${ACCOUNT}:training-job/packed`,
    TrainingJobStatus: 'Completed',
    SecondaryStatus: 'Completed',
    ModelArtifacts: {S3ModelArtifacts: 's3://test-models/training/packed/output/model.tar.gz'},
    OutputDataConfig: {CompressionType: 'GZIP'},
    TrainingEndTime: new Date('2026-11-02'),
  })
  expect(await describe('loose')).toMatchObject({
    TrainingJobStatus: 'Stopped',
    ModelArtifacts: {S3ModelArtifacts: 's3://test-models/training/loose/output/model/'},
    OutputDataConfig: {CompressionType: 'NONE'},
  })
  const moved = await describe('moved')
  expect(moved.ModelArtifacts?.S3ModelArtifacts).toBe('s3://elsewhere/model.tar.gz')
})

test('a training job that failed says why', async () => {
  expect(await describe('failed')).toMatchObject({FailureReason: 'AlgorithmError: out of memory'})
})

test('a training job that is not there, or cannot be, is refused as AWS refuses it', async () => {
  const missing = {name: 'ValidationException', message: 'Requested resource not found.'}
  await expect(describe('none')).rejects.toMatchObject(missing)
  await expect(describe('no name')).rejects.toMatchObject({message: expect.stringContaining('pattern')})
})
