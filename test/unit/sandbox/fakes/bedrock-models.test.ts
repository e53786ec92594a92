import {expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const CLAUDE = 'anthropic.claude-test-1'
const here = aWorld().context

async function listed(filter: Parameters<NonNullable<typeof bedrock.ListFoundationModels>>[0], region = 'us-east-1') {
  const {modelSummaries = []} = await ask(bedrock, 'ListFoundationModels', filter, here({region}))
  return modelSummaries.map(({modelId}) => modelId)
}

test('the list says how each id may be used, and what it is', async () => {
  const {modelSummaries = []} = await ask(bedrock, 'ListFoundationModels', {}, here())

  expect(modelSummaries.find(({modelId}) => modelId === CLAUDE)).toMatchObject({
    modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${CLAUDE}`,
    modelName: 'Claude Test 1',
    providerName: 'Anthropic',
    inferenceTypesSupported: ['INFERENCE_PROFILE'],
    modelLifecycle: {status: 'ACTIVE', startOfLifeTime: new Date('2026-02-17')},
  })
})

test.each([
  [{byProvider: 'anthropic'}, [CLAUDE, 'anthropic.gated-1']],
  [{byCustomizationType: 'FINE_TUNING'}, ['amazon.nova-test-v1:0', 'amazon.nova-test-v1:0:24k']],
  [{byInferenceType: 'PROVISIONED'}, ['amazon.nova-test-v1:0:24k']],
  [{byOutputModality: 'IMAGE'}, []],
] as const)('the filter %j keeps %j', async (filter, ids) => {
  expect(await listed(filter)).toEqual(ids)
})

test('a customization is offered in its own Regions only', async () => {
  expect(await listed({byCustomizationType: 'FINE_TUNING'}, 'eu-central-1')).toEqual([])
})

test('a model is found by id, by ARN and by the id of a variant', async () => {
  const arn = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-test-v1:0'
  for (const modelIdentifier of ['amazon.nova-test-v1:0', arn]) {
    const {modelDetails} = await ask(bedrock, 'GetFoundationModel', {modelIdentifier}, here())
    expect(modelDetails?.modelArn).toBe(arn)
  }
  const variant = await ask(bedrock, 'GetFoundationModel', {modelIdentifier: 'amazon.nova-test-v1:0:24k'}, here())
  expect(variant.modelDetails?.inferenceTypesSupported).toEqual(['PROVISIONED'])
})

test.each([
  ['a model that is not offered in the Region', 'writer.retiring-v1:0', 'eu-central-1', 'ResourceNotFoundException'],
  [
    'an ARN of another Region',
    'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-test-v1:0',
    'eu-central-1',
    'ValidationException',
  ],
  [
    'an ARN of another partition',
    'arn:aws-us-gov:bedrock:us-east-1::foundation-model/amazon.nova-test-v1:0',
    'us-east-1',
    'ValidationException',
  ],
])('%s is refused', async (_what, modelIdentifier, region, name) => {
  await expect(ask(bedrock, 'GetFoundationModel', {modelIdentifier}, here({region}))).rejects.toMatchObject({name})
})
