import {expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {ACCOUNT, ask, aWorld} from '../../../support/sandbox-world.js'

const {context} = aWorld({
  regions: {
    'us-east-1': {
      customModels: [
        {
          id: 'c0ffee123456',
          name: 'support-tone',
          baseModel: 'amazon.nova-test-v1:0',
          customizationType: 'FINE_TUNING',
          createdOn: '2026-06-18',
          deployment: {id: 'd3p10y123456', name: 'support-live', description: 'Serves the desk'},
        },
      ],
      importedModels: ['alpha', 'beta', 'gamma'].map((name, index) => ({
        id: `1mp0rt12345${index}`,
        name,
        s3Uri: `s3://models/${name}/`,
        architecture: 'llama',
        instructSupported: true,
        customModelUnits: 2,
        createdOn: `2026-0${index + 1}-01`,
      })),
      provisionedModels: [
        {
          id: 'pr0v1s10ned1',
          name: 'night-batch',
          model: 'amazon.nova-test-v1:0:24k',
          modelUnits: 2,
          commitment: 'SixMonths',
          createdOn: '2026-01-31',
        },
        {id: 'pr0v1s10ned2', name: 'tuned', model: 'custom-model:support-tone', modelUnits: 1, createdOn: '2026-07-01'},
      ],
    },
  },
})
const here = (region = 'us-east-1') => context({region})
const arn = (resource: string) => `arn:aws:bedrock:us-east-1:${ACCOUNT}:${resource}`

test('a provisioned model is read by name, id and ARN, with its commitment’s end', async () => {
  for (const provisionedModelId of ['night-batch', 'pr0v1s10ned1', arn('provisioned-model/pr0v1s10ned1')]) {
    const model = await ask(bedrock, 'GetProvisionedModelThroughput', {provisionedModelId}, here())
    expect(model).toMatchObject({
      modelUnits: 2,
      status: 'InService',
      foundationModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-test-v1:0:24k',
      commitmentExpirationTime: new Date('2026-07-31'),
    })
  }
})

test('throughput of a custom model names the custom model and its base', async () => {
  const model = await ask(bedrock, 'GetProvisionedModelThroughput', {provisionedModelId: 'tuned'}, here())

  expect(model).toMatchObject({
    modelArn: arn('custom-model/amazon.nova-test-v1:0/c0ffee123456'),
    foundationModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-test-v1:0',
    commitmentDuration: undefined,
  })
})

test('a deployment names its custom model, which names its base', async () => {
  const name = {customModelDeploymentIdentifier: 'support-live'}
  const deployment = await ask(bedrock, 'GetCustomModelDeployment', name, here())
  const model = await ask(bedrock, 'GetCustomModel', {modelIdentifier: deployment.modelArn ?? ''}, here())

  expect(deployment).toMatchObject({
    modelDeploymentName: 'support-live',
    status: 'Active',
    description: 'Serves the desk',
  })
  expect(model.baseModelArn).toBe('arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-test-v1:0')
})

test('lists filter by name and time, newest first unless asked otherwise, and page', async () => {
  const list = async (input: Parameters<NonNullable<typeof bedrock.ListImportedModels>>[0]) => {
    const {modelSummaries = [], nextToken} = await ask(bedrock, 'ListImportedModels', input, here())
    return {names: modelSummaries.map(({modelName}) => modelName), nextToken}
  }

  expect((await list({})).names).toEqual(['gamma', 'beta', 'alpha'])
  expect((await list({sortOrder: 'Ascending'})).names).toEqual(['alpha', 'beta', 'gamma'])
  expect((await list({nameContains: 'ET'})).names).toEqual(['beta'])
  expect(
    (await list({creationTimeAfter: new Date('2026-01-15'), creationTimeBefore: new Date('2026-02-15')})).names,
  ).toEqual(['beta'])
  const {nextToken} = await list({maxResults: 2})
  expect((await list({maxResults: 2, nextToken})).names).toEqual(['alpha'])
})

test('a status or a base that nothing has lists nothing', async () => {
  const none = {baseModelArnEquals: 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-test-1'}

  expect(await ask(bedrock, 'ListCustomModels', none, here())).toMatchObject({modelSummaries: []})
  expect(await ask(bedrock, 'ListCustomModelDeployments', {statusEquals: 'Creating'}, here())).toMatchObject({
    modelDeploymentSummaries: [],
  })
  expect(await ask(bedrock, 'ListProvisionedModelThroughputs', {statusEquals: 'Failed'}, here())).toMatchObject({
    provisionedModelSummaries: [],
  })
})

test('what belongs to one Region is not found in another, and its ARN is refused there', async () => {
  const byName = ask(bedrock, 'GetImportedModel', {modelIdentifier: 'alpha'}, here('eu-west-1'))
  const byArn = ask(
    bedrock,
    'GetImportedModel',
    {modelIdentifier: arn('imported-model/1mp0rt123450')},
    here('eu-west-1'),
  )

  await expect(byName).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  await expect(byArn).rejects.toMatchObject({name: 'ValidationException'})
})
