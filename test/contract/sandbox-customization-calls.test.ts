import {
  CreateCustomModelCommand,
  type CreateModelCustomizationJobCommandInput,
  GetCustomModelCommand,
} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, converseLines, DISABLED_KEY, ROLE} from '../support/tuning-scenario.js'
import {tuningStage} from '../support/tuning-stage.js'

type Over = Partial<CreateModelCustomizationJobCommandInput>

const teacher = (teacherModelIdentifier: string): Over => ({
  customizationType: 'DISTILLATION',
  customizationConfig: {distillationConfig: {teacherModelConfig: {teacherModelIdentifier}}},
})

describe('a job is refused at once', () => {
  const refusals: readonly [string, Over, RegExp][] = [
    ['of a base without its context', {baseModelIdentifier: 'amazon.nova-lite-v1:0'}, /model identifier is invalid/],
    [
      'of a base that is tuned elsewhere',
      {baseModelIdentifier: 'meta.llama3-3-70b-instruct-v1:0:128k'},
      /model identifier is invalid/,
    ],
    ['of a base past its life', {baseModelIdentifier: 'amazon.nova-canvas-v1:0'}, /end of its life/],
    ['of a type that is none of the base', {customizationType: 'CONTINUED_PRE_TRAINING'}, /type .* is not supported/],
    ['of a type that no job has', {customizationType: 'IMPORTED'}, /IMPORTED is not supported/],
    [
      'of a folder as data',
      {trainingDataConfig: {s3Uri: `s3://${BUCKET}/in/`}},
      /^Invalid training input data configuration.Check the input data S3 Uris\(Uri should be a file, not a directory\)/,
    ],
    ['without data', {trainingDataConfig: {}}, /Exactly one of trainingDataConfig.s3Uri/],
    ['of logs for fine-tuning', {trainingDataConfig: logs()}, /Invocation logs are not supported/],
    ['of a parameter that the base has not', {hyperParameters: {batchSize: '8'}}, /batchSize is not supported/],
    ['of a parameter out of range', {hyperParameters: {epochCount: '6'}}, /not between 1 and 5/],
    ['of a parameter that is no number', {hyperParameters: {epochCount: 'two'}}, /is not an integer/],
    ['of a distillation without a teacher', {customizationType: 'DISTILLATION'}, /distillationConfig/],
    ['of a teacher that is none of the student', teacher('amazon.nova-micro-v1:0'), /teacher model/],
    [
      'of validation data where none is taken',
      {
        baseModelIdentifier: 'amazon.nova-2-lite-v1:0:256k',
        validationDataConfig: {validators: [{s3Uri: `s3://${BUCKET}/in/validation.jsonl`}]},
      },
      /Validation data is not supported/,
    ],
    [
      'of a grader in another Region',
      {
        baseModelIdentifier: 'amazon.nova-2-lite-v1:0:256k',
        customizationType: 'REINFORCEMENT_FINE_TUNING',
        customizationConfig: {
          rftConfig: {
            graderConfig: {lambdaGrader: {lambdaArn: `arn:aws:lambda:us-west-2:${ACCOUNT}:function:grader`}},
          },
        },
      },
      /not in the Region of the job/,
    ],
    ['with a role that is not there', {roleArn: `${ROLE}X`}, /role/],
    ['with a role that does not trust Bedrock', {roleArn: `arn:aws:iam::${ACCOUNT}:role/Foreign`}, /trust policy/],
    ['with a key that cannot be used', {customModelKmsKeyId: DISABLED_KEY}, /KMS key/],
    [
      'with a subnet that is not there',
      {vpcConfig: {subnetIds: ['subnet-0123456789abcdef0'], securityGroupIds: ['sg-0123456789abcdef0']}},
      /subnet-0123456789abcdef0/,
    ],
    ['with a reserved tag', {jobTags: [{key: 'aws:x', value: '1'}]}, /reserved/],
    ['with an address outside the pattern', {outputDataConfig: {s3Uri: 's3://bucket/a b'}}, /outputDataConfig/],
  ]
  test.each(refusals)('%s', async (_, over, message) => {
    const at = await tuningStage()

    await expect(at.create(over)).rejects.toMatchObject({message: expect.stringMatching(message)})
  })

  test('under a name that is taken, by a job or by its model', async () => {
    const at = await tuningStage()
    await at.create()

    await expect(at.create({customModelName: 'other'})).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: {httpStatusCode: 400},
    })
    await expect(at.create({jobName: 'other'})).rejects.toMatchObject({name: 'ConflictException'})
  })

  test('beyond the quota of scheduled jobs, until one has ended', async () => {
    const at = await tuningStage({}, {quotas: {'L-0406044C': 2}})
    await at.put('in/train.jsonl', converseLines(10))
    for (const index of [1, 2]) await at.create({jobName: `job-${index}`, customModelName: `model-${index}`})
    const third = () => at.create({jobName: 'job-3', customModelName: 'model-3'})

    await expect(third()).rejects.toMatchObject({name: 'ServiceQuotaExceededException'})
    await at.pass(60)
    expect(await third()).toContain('model-customization-job/amazon.nova-lite-v1:0:300k/')
  })
})

test('the same token makes one job, and is refused for another', async () => {
  const at = await tuningStage()
  const clientRequestToken = 'abc123'
  const [first, second] = await Promise.all([at.create({clientRequestToken}), at.create({clientRequestToken})])

  expect(first).toBe(second)
  await expect(at.create({clientRequestToken, hyperParameters: {epochCount: '3'}})).rejects.toMatchObject({
    name: 'ConflictException',
  })
})

test('a name is free again once its job has failed', async () => {
  const at = await tuningStage()
  await at.create({trainingDataConfig: {s3Uri: `s3://${BUCKET}/none.jsonl`}})
  await at.pass(60)

  expect(await at.create({jobName: 'again'})).toContain('model-customization-job/')
})

test('a custom model is tuned on, under its name', async () => {
  const at = await tuningStage()
  await at.put('in/train.jsonl', converseLines(10))
  await at.create()
  await at.pass(60)
  const next = await at.create({jobName: 'second', customModelName: 'second', baseModelIdentifier: 'tone'})

  expect((await at.get(next)).baseModelArn).toBe(
    'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:300k',
  )
})

describe('CreateCustomModel', () => {
  const ESCROW = 's3://customer-escrow-111122223333-smtj-a1/run-1/'
  const escrow = [{s3Uri: ESCROW, baseModel: 'amazon.nova-micro-v1:0:128k'}]
  const create = (s3Uri: string, over: object = {}) =>
    new CreateCustomModelCommand({
      modelName: 'from-sagemaker',
      modelSourceConfig: {s3DataSource: {s3Uri}},
      roleArn: ROLE,
      ...over,
    })

  test('makes a model of what SageMaker trained', async () => {
    const at = await tuningStage({customization: {escrow}})
    const {modelArn = ''} = await at.bedrock.send(create(ESCROW))
    const get = () => at.bedrock.send(new GetCustomModelCommand({modelIdentifier: modelArn}))

    expect(modelArn).toMatch(/:custom-model\/imported\/[a-z0-9]{12}$/)
    expect(await get()).toMatchObject({modelStatus: 'Creating', customizationType: 'IMPORTED'})
    await at.pass(2)
    expect((await get()).modelStatus).toBe('Active')
  })

  test.each([
    ['another bucket', `s3://${BUCKET}/run-1/`, {}, /Amazon-managed bucket/],
    ['what is not there', 's3://customer-escrow-111122223333-smtj-a1/run-2/', {}, /could not be read/],
    ['no role', ESCROW, {roleArn: undefined}, /roleArn is required/],
  ])('refuses %s', async (_, uri, over, message) => {
    const at = await tuningStage({customization: {escrow}})

    await expect(at.bedrock.send(create(uri, over))).rejects.toMatchObject({message: expect.stringMatching(message)})
  })

  test('is not there in other Regions', async () => {
    const at = await tuningStage({customization: {escrow}}, {}, 'us-west-2')

    await expect(at.bedrock.send(create(ESCROW))).rejects.toMatchObject({name: 'ValidationException'})
  })
})

function logs() {
  return {invocationLogsConfig: {invocationLogSource: {s3Uri: `s3://${BUCKET}/logs`}}}
}
