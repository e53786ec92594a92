import {describe, expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const roleArn = 'arn:aws:iam::111122223333:role/service'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1'
const s3Uri = 's3://sandbox-models/one/'

const {context} = aWorld({
  regions: {
    'us-east-1': {
      importedModels: [
        {
          id: 'a1b2c3d4e5f6',
          name: 'house',
          s3Uri,
          architecture: 'llama',
          instructSupported: true,
          customModelUnits: 1,
          kmsKeyArn: KEY,
          createdOn: '2026-05-01',
        },
      ],
      customModels: [
        {
          id: 'c1b2c3d4e5f6',
          name: 'tone',
          baseModel: 'amazon.nova-test-v1:0',
          customizationType: 'FINE_TUNING',
          kmsKeyArn: KEY,
          createdOn: '2026-05-02',
        },
      ],
      importJobs: [
        {
          id: 'f1b2c3d4e5f6',
          name: 'broken',
          roleArn,
          createdOn: '2026-04-01',
          modelName: 'house',
          s3Uri,
          status: 'Failed',
          failureMessage: 'no config.json',
        },
      ],
      batchJobs: [
        {
          id: 'b1b2c3d4e5f6',
          name: 'night',
          roleArn,
          createdOn: '-2d',
          endedOn: '-1d',
          model: 'amazon.nova-test-v1:0',
          status: 'PartiallyCompleted',
          inputUri: s3Uri,
          outputUri: s3Uri,
          outputKey: KEY,
          records: 100,
          errors: 7,
        },
        {
          id: 'b2b2c3d4e5f6',
          name: 'running',
          roleArn,
          createdOn: '-1d',
          model: 'amazon.nova-test-v1:0',
          status: 'InProgress',
          inputUri: s3Uri,
          outputUri: s3Uri,
          records: 50,
        },
      ],
      copyJobs: [
        {
          id: 'd1b2c3d4e5f6',
          sourceModelArn: 'arn:aws:bedrock:eu-west-1:999988887777:custom-model/x/1',
          targetModelArn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/x/2',
          targetModelName: 'copied',
          status: 'Completed',
          createdOn: '-5d',
        },
      ],
      evaluationJobs: [
        {
          id: 'e1b2c3d4e5f6',
          name: 'quality',
          roleArn,
          createdOn: '-5d',
          models: ['amazon.nova-test-v1:0'],
          task: 'Summarization',
          status: 'Completed',
          outputUri: s3Uri,
          kmsKeyArn: KEY,
        },
      ],
      marketplaceEndpoints: [
        {
          name: 'mp',
          modelSource: 'arn:aws:sagemaker:us-east-1:aws:hub-content/x',
          sageMaker: {initialInstanceCount: 1, instanceType: 'ml.g5.xlarge', executionRole: roleArn},
          createdOn: '-9d',
        },
      ],
    },
  },
})
const here = context()

describe('model import jobs', () => {
  test('are those that failed and those that made a model', async () => {
    const {modelImportJobSummaries: jobs = []} = await ask(bedrock, 'ListModelImportJobs', {}, here)

    expect(jobs.map(({jobName, status}) => [jobName, status])).toEqual([
      ['import-house', 'Completed'],
      ['broken', 'Failed'],
    ])
    const found = await ask(bedrock, 'ListModelImportJobs', {statusEquals: 'Failed', nameContains: 'BROK'}, here)
    expect(found.modelImportJobSummaries).toHaveLength(1)
  })

  test('lead to the model and its key, or say why there is none', async () => {
    const {jobArn = ''} = await ask(bedrock, 'GetImportedModel', {modelIdentifier: 'house'}, here)
    const completed = await ask(bedrock, 'GetModelImportJob', {jobIdentifier: jobArn}, here)
    const failed = await ask(bedrock, 'GetModelImportJob', {jobIdentifier: 'broken'}, here)

    expect(completed).toMatchObject({status: 'Completed', importedModelName: 'house', importedModelKmsKeyArn: KEY})
    expect(failed).toMatchObject({status: 'Failed', failureMessage: 'no config.json'})
    expect(failed.importedModelArn).toBeUndefined()
  })
})

test('a custom model tells its key, and so does the job that trained it', async () => {
  const model = await ask(bedrock, 'GetCustomModel', {modelIdentifier: 'tone'}, here)
  const job = await ask(bedrock, 'GetModelCustomizationJob', {jobIdentifier: model.jobArn ?? ''}, here)

  expect(model.modelKmsKeyArn).toBe(KEY)
  expect(job).toMatchObject({outputModelArn: model.modelArn, outputModelKmsKeyArn: KEY, status: 'Completed'})
})

test('a batch job counts its records once it has ended', async () => {
  const {invocationJobSummaries: jobs = []} = await ask(bedrock, 'ListModelInvocationJobs', {}, here)

  expect(
    jobs.map(({jobName, successRecordCount, errorRecordCount}) => [jobName, successRecordCount, errorRecordCount]),
  ).toEqual([
    ['running', 0, 0],
    ['night', 93, 7],
  ])
  const since = await ask(bedrock, 'ListModelInvocationJobs', {submitTimeAfter: new Date('2026-11-20T00:00:00Z')}, here)
  expect(since.invocationJobSummaries?.map(({jobName}) => jobName)).toEqual(['running'])
})

test('copies, evaluations and endpoints are found by their ARNs', async () => {
  const {modelCopyJobSummaries: [copy] = []} = await ask(bedrock, 'ListModelCopyJobs', {}, here)
  const {jobSummaries: [evaluation] = []} = await ask(bedrock, 'ListEvaluationJobs', {}, here)
  const {marketplaceModelEndpoints: [endpoint] = []} = await ask(bedrock, 'ListMarketplaceModelEndpoints', {}, here)

  expect(await ask(bedrock, 'GetModelCopyJob', {jobArn: copy?.jobArn ?? ''}, here)).toMatchObject({
    sourceAccountId: '999988887777',
  })
  expect(await ask(bedrock, 'GetEvaluationJob', {jobIdentifier: evaluation?.jobArn ?? ''}, here)).toMatchObject({
    customerEncryptionKeyId: KEY,
  })
  const described = await ask(bedrock, 'GetMarketplaceModelEndpoint', {endpointArn: endpoint?.endpointArn ?? ''}, here)
  expect(described.marketplaceModelEndpoint?.endpointStatus).toBe('InService')
})

test.each([
  ['GetModelImportJob', {jobIdentifier: 'nothing'}],
  ['GetModelCustomizationJob', {jobIdentifier: 'nothing'}],
  ['GetModelInvocationJob', {jobIdentifier: 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/nothing'}],
  ['GetEvaluationJob', {jobIdentifier: 'nothing'}],
  ['GetMarketplaceModelEndpoint', {endpointArn: 'nothing'}],
  ['GetPromptRouter', {promptRouterArn: 'nothing'}],
  ['GetAutomatedReasoningPolicy', {policyArn: 'nothing'}],
] as const)('%s of what is not there is refused', async (operation, input) => {
  await expect(ask(bedrock, operation, input as never, here)).rejects.toMatchObject({name: 'ResourceNotFoundException'})
})

describe('jobs that run', () => {
  const running = {roleArn, createdOn: '-5m', status: 'InProgress' as const, takesMinutes: 10}
  const tone = {
    id: 'c1b2c3d4e5f6',
    name: 'tone',
    baseModel: 'amazon.nova-test-v1:0',
    customizationType: 'FINE_TUNING' as const,
    createdOn: '2026-05-02',
  }
  const arn = (region: string, resource: string) => `arn:aws:bedrock:${region}:111122223333:${resource}`
  const world = () =>
    aWorld({
      regions: {
        'us-east-1': {
          customModels: [tone],
          importJobs: [{...running, id: 'a1b2c3d4e5f6', name: 'import', modelName: 'shop', s3Uri}],
          evaluationJobs: [
            {...running, id: 'e1b2c3d4e5f6', name: 'judge', models: ['x'], task: 'Custom', outputUri: s3Uri},
          ],
          copyJobs: [
            {
              id: 'd1b2c3d4e5f6',
              sourceModelArn: arn('eu-west-1', 'custom-model/x/1'),
              targetModelArn: arn('us-east-1', 'custom-model/x/2'),
              targetModelName: 'copied',
              status: 'InProgress',
              takesMinutes: 10,
              createdOn: '-5m',
            },
          ],
        },
      },
    })

  test('complete when their time is over, and an import has made its model', async () => {
    const {context: at, advance} = world()
    const look = async () => {
      const [imports, evaluations, copies, models] = [
        await ask(bedrock, 'ListModelImportJobs', {}, at()),
        await ask(bedrock, 'ListEvaluationJobs', {}, at()),
        await ask(bedrock, 'ListModelCopyJobs', {}, at()),
        await ask(bedrock, 'ListImportedModels', {}, at()),
      ]
      const jobs = [
        ...(imports.modelImportJobSummaries ?? []),
        ...(evaluations.jobSummaries ?? []),
        ...(copies.modelCopyJobSummaries ?? []),
      ]
      return [jobs.map(({status}) => status), models.modelSummaries?.map(({modelName}) => modelName)]
    }

    expect(await look()).toEqual([['InProgress', 'InProgress', 'InProgress'], []])
    advance(300_000)
    expect(await look()).toEqual([['Completed', 'Completed', 'Completed'], ['shop']])
  })

  test('that copy leave their model in the Region that they are in, and none where one failed or none is known', async () => {
    const source = arn('eu-west-1', `custom-model/${tone.baseModel}/${tone.id}`)
    const job = (id: string, name: string, over: object = {}) => ({
      id,
      sourceModelArn: source,
      targetModelArn: arn('us-east-1', `custom-model/${tone.baseModel}/${id}`),
      targetModelName: name,
      createdOn: '-5m',
      status: 'InProgress' as const,
      ...over,
    })
    const copyJobs = [
      job('d1b2c3d4e5f6', 'soon', {takesMinutes: 10}),
      job('d2b2c3d4e5f6', 'there', {status: 'Completed', createdOn: '-3d'}),
      job('d3b2c3d4e5f6', 'failed', {status: 'Failed'}),
      job('d4b2c3d4e5f6', 'foreign', {sourceModelArn: source.replace('111122223333', '999988887777')}),
    ]
    const {context: at, advance} = aWorld({regions: {'us-east-1': {copyJobs}, 'eu-west-1': {customModels: [tone]}}})
    const listed = async () =>
      (
        await ask(bedrock, 'ListCustomModels', {sortOrder: 'Ascending', sortBy: 'CreationTime'}, at())
      ).modelSummaries?.map(({modelName, modelStatus}) => `${modelName} ${modelStatus}`)
    const modelIdentifier = copyJobs[0]?.targetModelArn ?? ''

    expect(await listed()).toEqual(['there Active'])
    expect(await ask(bedrock, 'GetCustomModel', {modelIdentifier}, at())).toMatchObject({
      modelName: 'soon',
      modelStatus: 'Creating',
    })
    expect(await ask(bedrock, 'ListTagsForResource', {resourceARN: modelIdentifier}, at())).toEqual({tags: []})
    advance(300_000)
    expect(await listed()).toEqual(['there Active', 'soon Active'])
  })

  test('copy a custom model into the Region that is called, where it is Active at the end', async () => {
    const {context: at, advance} = world()
    const there = () => at({region: 'eu-west-1'})
    const sourceModelArn = arn('us-east-1', `custom-model/${tone.baseModel}/${tone.id}`)
    const asked = {sourceModelArn, targetModelName: 'tone-eu', clientRequestToken: 'once'}
    const {jobArn = ''} = await ask(bedrock, 'CreateModelCopyJob', asked, there())
    const again = await ask(bedrock, 'CreateModelCopyJob', asked, there())
    const status = async () => [
      (await ask(bedrock, 'GetModelCopyJob', {jobArn}, there())).status,
      (await ask(bedrock, 'GetCustomModel', {modelIdentifier: 'tone-eu'}, there())).modelStatus,
    ]

    expect(again.jobArn).toBe(jobArn)
    expect(await status()).toEqual(['InProgress', 'Creating'])
    advance(60_000)
    expect(await status()).toEqual(['Completed', 'Active'])
    // The job that made its source is none of the Region that it was copied into.
    expect((await ask(bedrock, 'ListModelCustomizationJobs', {}, there())).modelCustomizationJobSummaries).toEqual([])
    expect(
      (await ask(bedrock, 'ListModelCopyJobs', {sourceModelArnEquals: 'x'}, there())).modelCopyJobSummaries,
    ).toEqual([])
  })

  test.each([
    ['is not there', 'custom-model/amazon.nova-test-v1:0/aaaaaaaaaaaa', 'new', 'ResourceNotFoundException'],
    ['is of a name in use', `custom-model/amazon.nova-test-v1:0/${tone.id}`, 'tone', 'ValidationException'],
    ['is no custom model', 'provisioned-model/aaaaaaaaaaaa', 'new', 'ValidationException'],
  ])('do not copy what %s', async (_, resource, targetModelName, name) => {
    const input = {sourceModelArn: arn('us-east-1', resource), targetModelName}

    await expect(ask(bedrock, 'CreateModelCopyJob', input, world().context())).rejects.toMatchObject({name})
  })
})
