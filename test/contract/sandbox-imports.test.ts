import {
  BedrockClient,
  CreateModelImportJobCommand,
  DeleteImportedModelCommand,
  GetImportedModelCommand,
  GetModelImportJobCommand,
  ListImportedModelsCommand,
  ListModelImportJobsCommand,
  type ListModelImportJobsCommandInput,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-bedrock'
import {DescribeTrainingJobCommand, SageMakerClient} from '@aws-sdk/client-sagemaker'
import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, importStage, KEY_ARN, ROLE} from '../support/import-stage.js'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'
import {tinyModel} from '../support/tiny-model.js'

describe('an import', () => {
  test('goes through its states on the clock and leaves a model', async () => {
    const at = await importStage()
    await at.put()
    const tags = [{key: 'team', value: 'a'}]
    const jobArn = await at.create({importedModelTags: tags, importedModelKmsKeyId: 'alias/models'})
    const seen: unknown[] = [await at.state(jobArn)]
    for (const seconds of [10, 59, 2]) {
      await at.pass(seconds)
      seen.push(await at.state('import-tiny'))
    }
    const job = await at.bedrock.send(new GetModelImportJobCommand({jobIdentifier: jobArn}))
    const model = await at.bedrock.send(new GetImportedModelCommand({modelIdentifier: 'tiny'}))
    const tagged = await at.bedrock.send(new ListTagsForResourceCommand({resourceARN: model.modelArn}))

    expect(jobArn).toMatch(/^arn:aws:bedrock:us-east-1:111122223333:model-import-job\/[a-z0-9]{12}$/)
    expect(seen).toEqual([...Array(3).fill(['InProgress', undefined]), ['Completed', undefined]])
    expect(job).toMatchObject({
      jobName: 'import-tiny',
      importedModelName: 'tiny',
      importedModelArn: model.modelArn,
      roleArn: ROLE,
      importedModelKmsKeyArn: KEY_ARN,
    })
    expect((job.endTime?.getTime() ?? 0) - (job.creationTime?.getTime() ?? 0)).toBeGreaterThanOrEqual(70_000)
    expect(model).toMatchObject({
      jobArn,
      modelArchitecture: 'llama',
      instructSupported: true,
      modelKmsKeyArn: KEY_ARN,
      modelDataSource: {s3DataSource: {s3Uri: `s3://${BUCKET}/tiny/`}},
      customModelUnits: {customModelUnitsPerModelCopy: 2, customModelUnitsVersion: 'v1.0'},
    })
    expect(tagged.tags).toEqual(tags)
  })

  test('shows in lists a while after it can be looked up, and so does its model', async () => {
    const at = await importStage()
    await at.put()
    await at.create()
    const jobs = async () => (await at.bedrock.send(new ListModelImportJobsCommand({}))).modelImportJobSummaries?.length
    const models = async () => (await at.bedrock.send(new ListImportedModelsCommand({}))).modelSummaries?.length
    const before = await jobs()
    await at.pass(2)
    const after = await jobs()
    await at.pass(69)
    const modelBefore = [await models(), (await at.state('import-tiny'))[0]]
    await at.pass(2)

    expect([before, after, modelBefore, await models()]).toEqual([0, 1, [0, 'Completed'], 1])
  })

  test('ends without anybody asking, and keeps to lists’ filters', async () => {
    const at = await importStage()
    await at.put()
    await at.create()
    await at.create({jobName: 'other', importedModelName: 'other'}).catch(() => undefined)
    await at.pass(100)
    const list = async (input: ListModelImportJobsCommandInput) => {
      const {modelImportJobSummaries = []} = await at.bedrock.send(new ListModelImportJobsCommand(input))
      return modelImportJobSummaries.map(({jobName}) => jobName)
    }
    expect(await list({statusEquals: 'Completed', nameContains: 'TINY'})).toEqual(['import-tiny'])
    expect(await list({statusEquals: 'InProgress'})).toEqual([])
    expect(await list({creationTimeAfter: new Date(at.sandbox.clock.now())})).toEqual([])
  })

  test('is made once for a token, and is refused another under the same token', async () => {
    const at = await importStage()
    await at.put()
    const clientRequestToken = 'token-1'
    const first = await at.create({clientRequestToken})
    expect(await at.create({clientRequestToken})).toBe(first)
    await expect(at.create({clientRequestToken, jobName: 'b'})).rejects.toMatchObject({name: 'ConflictException'})
  })

  test('leaves its name to nobody while a job or a model has it', async () => {
    const at = await importStage()
    const model = await at.imported()
    const conflict = {name: 'ConflictException', $metadata: {httpStatusCode: 400}}
    await expect(at.create({importedModelName: 'b'})).rejects.toMatchObject(conflict)
    await expect(at.create({jobName: 'b'})).rejects.toMatchObject(conflict)
    await at.bedrock.send(new DeleteImportedModelCommand({modelIdentifier: model}))
    expect(await at.create({jobName: 'b'})).toContain('model-import-job/')
  })

  test('is one at a time, and makes no more models than the quota', async () => {
    const at = await importStage({}, {quotas: {'L-45B04988': 2}})
    await at.put()
    const create = (name: string) => at.create({jobName: name, importedModelName: name})
    await create('a')
    await expect(create('b')).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      message: expect.stringContaining('request a quota increase for Concurrent model import jobs'),
    })
    await at.pass(100)
    await create('b')
    await at.pass(100)
    await expect(create('c')).rejects.toMatchObject({name: 'ServiceQuotaExceededException'})
  })

  test.each([
    [
      'a role that is not there',
      {roleArn: `arn:aws:iam::${ACCOUNT}:role/Nobody`},
      /^The provided role ARN is invalid$/,
    ],
    ['a role for another Region', {roleArn: `arn:aws:iam::${ACCOUNT}:role/OtherRegion`}, /^The provided role ARN is/],
    ['a name with a dot', {importedModelName: 'llama-3.1'}, /importedModelName.*pattern/],
    ['an address with a space', {modelDataSource: {s3DataSource: {s3Uri: 's3://bucket/a b/'}}}, /s3Uri.*pattern/],
    ['a subnet that is not there', {vpcConfig: {subnetIds: ['subnet-1'], securityGroupIds: ['sg-1']}}, /subnet-1/],
    ['a key that is not there', {importedModelKmsKeyId: 'alias/none'}, /alias\/none does not exist/],
    ['a key that is disabled', {importedModelKmsKeyId: KEY_ARN.replace(/1$/, '2')}, /is not enabled/],
    ['a reserved tag', {jobTags: [{key: 'aws:x', value: 'y'}]}, /reserved/],
    ['no address', {modelDataSource: {} as never}, /modelDataSource/],
  ])('is refused with %s', async (_, over, message) => {
    const at = await importStage()
    const error = {name: 'ValidationException', message: expect.stringMatching(message)}
    await expect(at.create(over)).rejects.toMatchObject(error)
  })

  test('is refused a key that neither the caller nor the role may use', async () => {
    const at = await importStage()
    const refused = at.create({importedModelKmsKeyId: KEY_ARN.replace(/1$/, '3')})
    await expect(refused).rejects.toMatchObject({name: 'AccessDeniedException'})
  })

  test('is refused in a Region that imports no models', async () => {
    const at = await importStage()
    const bedrock = new BedrockClient(clientSettings(at.sandbox, 'eu-west-1'))
    const input = {
      jobName: 'a',
      importedModelName: 'a',
      roleArn: ROLE,
      modelDataSource: {s3DataSource: {s3Uri: `s3://${BUCKET}/tiny/`}},
    }
    const refused = bedrock.send(new CreateModelImportJobCommand(input))
    await expect(refused).rejects.toMatchObject({message: expect.stringContaining('not supported in the Region')})
  })

  test('is refused to who may not pass a role', async () => {
    const at = await importStage({}, {deny: [{action: 'iam:PassRole'}]})
    await expect(at.create()).rejects.toMatchObject({name: 'AccessDeniedException'})
  })

  test('is known to its Region alone', async () => {
    const at = await importStage()
    const jobIdentifier = `arn:aws:bedrock:us-west-2:${ACCOUNT}:model-import-job/abcdefghijkl`
    await expect(at.state('nothing')).rejects.toMatchObject({name: 'ResourceNotFoundException'})
    await expect(at.state(jobIdentifier)).rejects.toMatchObject({name: 'ValidationException'})
  })
})

test('a model of 140 GB that a scenario declares is read by its headers and has the units of its size', async () => {
  const config = {num_hidden_layers: 0, vocab_size: 128_256, hidden_size: 8192, tie_word_embeddings: true}
  const files = tinyModel({config, tokenizer: {}})
  const texts = [...files].filter(([path]) => path.endsWith('.json') && !path.endsWith('.index.json'))
  const weights = {
    'model.embed_tokens.weight': 'BF16 128256x8192',
    'model.norm.weight': 'BF16 8192',
    ...Object.fromEntries(Array.from({length: 64}, (_, index) => [`block.${index}.weight`, 'BF16 131072x8192'])),
  }
  const objects = [
    ...texts.map(([path, bytes]) => ({key: `large/${path}`, content: String(bytes)})),
    {key: 'large/model.safetensors', content: {tensors: weights}},
  ]
  const at = await importStage({buckets: [{name: BUCKET, createdOn: '2025-01-10', objects}]})
  const job = await at.create({modelDataSource: {s3DataSource: {s3Uri: `s3://${BUCKET}/large/`}}})
  await at.pass(2800)
  expect(await at.state(job)).toEqual(['InProgress', undefined])
  await at.pass(100)
  expect(await at.state(job)).toEqual(['Completed', undefined])
  const {customModelUnits} = await at.bedrock.send(new GetImportedModelCommand({modelIdentifier: 'tiny'}))
  expect(customModelUnits?.customModelUnitsPerModelCopy).toBe(8)
})

describe('an imported model', () => {
  test('is deleted by name, and its job stays', async () => {
    const at = await importStage()
    await at.imported()
    const remove = () => at.bedrock.send(new DeleteImportedModelCommand({modelIdentifier: 'tiny'}))
    await remove()
    expect((await at.bedrock.send(new ListImportedModelsCommand({}))).modelSummaries).toEqual([])
    expect(await at.state('import-tiny')).toEqual(['Completed', undefined])
    await expect(remove()).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })

  test('is not deleted before it is there', async () => {
    const at = await importStage()
    await at.put()
    await at.create()
    const removed = at.bedrock.send(new DeleteImportedModelCommand({modelIdentifier: 'tiny'}))
    await expect(removed).rejects.toMatchObject({name: 'ConflictException'})
  })
})

test('the model of the demo’s training job can be imported, and imported again once it is deleted', async () => {
  const sandbox = await openSandbox('demo')
  const bedrock = new BedrockClient(clientSettings(sandbox, 'us-east-1'))
  const sageMaker = new SageMakerClient(clientSettings(sandbox, 'us-east-1'))
  const trained = await sageMaker.send(new DescribeTrainingJobCommand({TrainingJobName: 'tiny-llama-sft'}))
  const s3Uri = trained.ModelArtifacts?.S3ModelArtifacts ?? ''
  for (const jobName of ['first', 'second']) {
    const input = {jobName, importedModelName: 'tiny', modelDataSource: {s3DataSource: {s3Uri}}}
    await bedrock.send(new CreateModelImportJobCommand({...input, roleArn: ROLE}))
    await sandbox.clock.advance(10_000)
    const model = await bedrock.send(new GetImportedModelCommand({modelIdentifier: 'tiny'}))
    expect(model).toMatchObject({jobName, instructSupported: true})
    await bedrock.send(new DeleteImportedModelCommand({modelIdentifier: 'tiny'}))
  }
  const {modelImportJobSummaries = []} = await bedrock.send(new ListModelImportJobsCommand({maxResults: 10}))
  expect(modelImportJobSummaries.map(({jobName}) => jobName)).toEqual([
    'second',
    'first',
    'import-house-llama',
    'import-house-llama-first-try',
  ])
})
