import {
  BedrockClient,
  CreateCustomModelDeploymentCommand,
  CreateModelCustomizationJobCommand,
  CreateProvisionedModelThroughputCommand,
  GetCustomModelCommand,
  GetModelCustomizationJobCommand,
  ListCustomModelsCommand,
  ListModelCustomizationJobsCommand,
  type ListModelCustomizationJobsCommandInput,
  ListTagsForResourceCommand,
  StopModelCustomizationJobCommand,
} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'
import {BUCKET, converseLines, ROLE} from '../support/tuning-scenario.js'
import {NOVA, TRAINING, tuningStage, VALIDATION} from '../support/tuning-stage.js'

describe('a customization job', () => {
  test('goes through its phases on the clock, leaves metrics and makes a model', async () => {
    const at = await tuningStage()
    await at.put('in/train.jsonl', converseLines(80))
    await at.put('in/validation.jsonl', converseLines(10))
    const jobArn = await at.create({
      hyperParameters: {epochCount: '3'},
      validationDataConfig: {validators: [{s3Uri: `s3://${BUCKET}/in/validation.jsonl`}]},
      jobTags: [{key: 'team', value: 'a'}],
      customModelTags: [{key: 'team', value: 'b'}],
    })
    const phases: unknown[] = []
    for (const seconds of [0, 1, 1, 1]) {
      await at.pass(seconds)
      const {status, statusDetails} = await at.get(jobArn)
      const {validationDetails, dataProcessingDetails, trainingDetails} = statusDetails ?? {}
      phases.push([status, validationDetails?.status, dataProcessingDetails?.status, trainingDetails?.status])
    }
    expect(phases).toEqual([
      ['InProgress', 'InProgress', 'NotStarted', 'NotStarted'],
      ['InProgress', 'Completed', 'InProgress', 'NotStarted'],
      ['InProgress', 'Completed', 'Completed', 'NotStarted'],
      ['InProgress', 'Completed', 'Completed', 'InProgress'],
    ])
    await at.pass(5)
    const half = await at.get(jobArn)
    expect(half.status).toBe('InProgress')
    expect(half).not.toHaveProperty('outputModelArn')
    expect(half).not.toHaveProperty('trainingMetrics')
    const grown = await at.metrics(jobArn, TRAINING)
    expect(grown).toHaveLength(16)

    await at.pass(5)
    const ended = await at.get(jobArn)
    expect(ended).toMatchObject({
      status: 'Completed',
      outputModelName: 'tone',
      hyperParameters: {epochCount: '3', learningRate: '0.00001', learningRateWarmupSteps: '10'},
      trainingMetrics: {trainingLoss: expect.any(Number)},
      validationMetrics: [{validationLoss: expect.any(Number)}],
    })
    const training = await at.metrics(jobArn, TRAINING)
    expect(training).toHaveLength(31)
    expect(training.slice(0, grown.length)).toEqual(grown)
    expect(training[0]).toBe('step_number,epoch_number,training_loss,perplexity')
    expect(training[1]).toMatch(/^0,0,/)
    expect(training.at(-1)).toMatch(/^29,2,/)
    expect(Number(training.at(-1)?.split(',')[2])).toBe(ended.trainingMetrics?.trainingLoss)
    expect(Number(training.at(-1)?.split(',')[2])).toBeLessThan(Number(training[1]?.split(',')[2]))
    const validation = await at.metrics(jobArn, VALIDATION)
    expect(validation[0]).toBe('step_number,epoch_number,validation_loss,perplexity')
    expect(validation).toHaveLength(4)

    const modelArn = ended.outputModelArn ?? ''
    expect(modelArn).toContain(`:custom-model/${NOVA}/`)
    const model = await at.bedrock.send(new GetCustomModelCommand({modelIdentifier: 'tone'}))
    expect(model).toMatchObject({modelArn, jobArn, modelStatus: 'Active', customizationType: 'FINE_TUNING'})
    const list = async () => (await at.bedrock.send(new ListCustomModelsCommand({}))).modelSummaries
    expect(await list()).toEqual([])
    await at.pass(2)
    expect(await list()).toMatchObject([{modelArn, modelName: 'tone', baseModelName: NOVA}])
    for (const [resourceARN, value] of [
      [jobArn, 'a'],
      [modelArn, 'b'],
    ]) {
      const {tags} = await at.bedrock.send(new ListTagsForResourceCommand({resourceARN}))
      expect(tags).toEqual([{key: 'team', value}])
    }
  })

  test('gets its end without anybody asking', async () => {
    const at = await tuningStage()
    await at.put('in/train.jsonl', converseLines(40))
    const jobArn = await at.create()
    await at.pass(60)

    await expect.poll(() => at.metrics(jobArn, TRAINING)).toHaveLength(11)
  })

  test('is found at once and listed after a while', async () => {
    const at = await tuningStage()
    await at.put('in/train.jsonl', converseLines(40))
    const jobArn = await at.create()
    const list = async () =>
      (await at.bedrock.send(new ListModelCustomizationJobsCommand({}))).modelCustomizationJobSummaries

    expect(await list()).toEqual([])
    await at.pass(2)
    expect(await list()).toMatchObject([{jobArn, jobName: 'tone-1', status: 'InProgress', customModelName: 'tone'}])
  })

  test('fails in the phase and at the point that a scenario says', async () => {
    const outcomes = [
      {jobs: 'early-*', phase: 'dataProcessing' as const, message: 'as asked'},
      {jobs: 'late-*', phase: 'training' as const, afterShare: 0.5},
    ]
    const at = await tuningStage({customization: {outcomes}})
    await at.put('in/train.jsonl', converseLines(80))
    const early = await at.create({jobName: 'early-1', customModelName: 'early'})
    const late = await at.create({jobName: 'late-1', customModelName: 'late'})
    await at.pass(60)

    expect(await at.get(early)).toMatchObject({
      status: 'Failed',
      failureMessage: 'as asked',
      statusDetails: {
        validationDetails: {status: 'Completed'},
        dataProcessingDetails: {status: 'Failed'},
        trainingDetails: {status: 'NotStarted'},
      },
    })
    expect(await at.get(late)).toMatchObject({status: 'Failed', statusDetails: {trainingDetails: {status: 'Failed'}}})
    expect(await at.metrics(early, TRAINING)).toEqual([])
    expect(await at.metrics(late, TRAINING)).toHaveLength(11)
    const models = await at.bedrock.send(new ListCustomModelsCommand({}))
    expect(models.modelSummaries).toEqual([])
  })
})

test('a job that is stopped makes no model and cannot be stopped twice', async () => {
  const at = await tuningStage()
  await at.put('in/train.jsonl', converseLines(80))
  const jobArn = await at.create()
  await at.pass(6)
  const stop = () => at.bedrock.send(new StopModelCustomizationJobCommand({jobIdentifier: jobArn}))
  await stop()
  expect(await at.get(jobArn)).toMatchObject({
    status: 'Stopping',
    statusDetails: {dataProcessingDetails: {status: 'Completed'}, trainingDetails: {status: 'Stopping'}},
  })
  await stop()
  await at.pass(30)

  const stopped = await at.get(jobArn)
  expect(stopped).toMatchObject({status: 'Stopped', statusDetails: {trainingDetails: {status: 'Stopped'}}})
  expect(stopped).not.toHaveProperty('outputModelArn')
  await expect(stop()).rejects.toMatchObject({name: 'ConflictException'})
  expect((await at.bedrock.send(new ListCustomModelsCommand({}))).modelSummaries).toEqual([])
})

test('the demo account has what tuning, deploying and provisioning need', async () => {
  const sandbox = await openSandbox('demo')
  const bedrock = new BedrockClient(clientSettings(sandbox, 'us-east-1'))
  const bucket = 's3://demo-tuning-111122223333'
  const {jobArn: jobIdentifier} = await bedrock.send(
    new CreateModelCustomizationJobCommand({
      jobName: 'garden-1',
      customModelName: 'garden',
      roleArn: 'arn:aws:iam::111122223333:role/BedrockTuning',
      baseModelIdentifier: NOVA,
      trainingDataConfig: {s3Uri: `${bucket}/examples/train.jsonl`},
      validationDataConfig: {validators: [{s3Uri: `${bucket}/examples/validation.jsonl`}]},
      outputDataConfig: {s3Uri: `${bucket}/output/`},
    }),
  )
  await sandbox.clock.advance(60_000)
  const {status, outputModelArn: modelArn} = await bedrock.send(new GetModelCustomizationJobCommand({jobIdentifier}))
  await bedrock.send(new CreateCustomModelDeploymentCommand({modelDeploymentName: 'garden-live', modelArn}))
  await bedrock.send(
    new CreateProvisionedModelThroughputCommand({provisionedModelName: 'garden', modelId: modelArn, modelUnits: 2}),
  )

  expect(status).toBe('Completed')
})

test('a job that the scenario declares is listed beside those made here, and stopped', async () => {
  const declared = {
    id: 'd3c1ared0001',
    name: 'night',
    roleArn: ROLE,
    createdOn: '2026-11-01',
    modelName: 'night',
    baseModel: 'amazon.nova-lite-v1:0',
    customizationType: 'FINE_TUNING' as const,
    trainingUri: 's3://data/train.jsonl',
    outputUri: 's3://data/out/',
    status: 'InProgress' as const,
  }
  const at = await tuningStage({customizationJobs: [declared]})
  await at.put('in/train.jsonl', converseLines(10))
  await at.create()
  await at.pass(60)
  const list = async (input: ListModelCustomizationJobsCommandInput) => {
    const answer = await at.bedrock.send(new ListModelCustomizationJobsCommand(input))
    return [answer.modelCustomizationJobSummaries?.map(({jobName}) => jobName), answer.nextToken] as const
  }
  const [newest, nextToken] = await list({maxResults: 1})

  expect(newest).toEqual(['tone-1'])
  expect((await list({maxResults: 1, nextToken}))[0]).toEqual(['night'])
  expect((await list({statusEquals: 'Completed'}))[0]).toEqual(['tone-1'])
  expect((await list({nameContains: 'igh', sortBy: 'CreationTime', sortOrder: 'Ascending'}))[0]).toEqual(['night'])
  await at.bedrock.send(new StopModelCustomizationJobCommand({jobIdentifier: 'night'}))
  expect((await at.get('night')).status).toBe('Stopping')
  await at.pass(2)
  expect((await at.get('night')).status).toBe('Stopped')
})
