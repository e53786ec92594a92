import {
  CreateProvisionedModelThroughputCommand,
  type CreateProvisionedModelThroughputCommandInput,
  DeleteCustomModelCommand,
  DeleteProvisionedModelThroughputCommand,
  GetProvisionedModelThroughputCommand,
  ListProvisionedModelThroughputsCommand,
  ListTagsForResourceCommand,
  UpdateProvisionedModelThroughputCommand,
  type UpdateProvisionedModelThroughputCommandInput,
} from '@aws-sdk/client-bedrock'
import {BedrockRuntimeClient, ConverseCommand} from '@aws-sdk/client-bedrock-runtime'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {describe, expect, test} from 'vitest'
import {clientSettings} from '../support/sandbox-clients.js'
import type {Region} from '../support/tuning-scenario.js'
import {tuningStage} from '../support/tuning-stage.js'

const LLAMA = 'meta.llama3-1-8b-instruct-v1:0'
const UNITS = {'L-FE44174A': 2, 'L-BE77399C': 2, 'L-3632DE15': 2}

const customModels: Region['customModels'] = [
  {id: 'bbbbbbbbbbb1', name: 'tone', ...tuned(LLAMA)},
  {id: 'bbbbbbbbbbb2', name: 'tone-2', ...tuned(LLAMA)},
  {id: 'bbbbbbbbbbb3', name: 'large', ...tuned('meta.llama3-3-70b-instruct-v1:0')},
  {id: 'bbbbbbbbbbb4', name: 'other', ...tuned('meta.llama3-1-70b-instruct-v1:0')},
]

function tuned(baseModel: string) {
  return {baseModel, customizationType: 'FINE_TUNING' as const, createdOn: '2026-07-18'}
}

async function stage(serving: Region['serving'] = {}, quotas: Record<string, number> = UNITS) {
  const at = await tuningStage({customModels, serving}, {quotas}, 'us-west-2')
  const runtime = new BedrockRuntimeClient({
    ...clientSettings(at.sandbox, 'us-west-2'),
    requestHandler: new NodeHttpHandler(),
  })
  return {
    ...at,
    async buy(over: Partial<CreateProvisionedModelThroughputCommandInput> = {}) {
      const input = {provisionedModelName: 'night', modelId: 'tone', modelUnits: 1, ...over}
      return (await at.bedrock.send(new CreateProvisionedModelThroughputCommand(input))).provisionedModelArn ?? ''
    },
    show: (provisionedModelId: string) =>
      at.bedrock.send(new GetProvisionedModelThroughputCommand({provisionedModelId})),
    remove: (provisionedModelId: string) =>
      at.bedrock.send(new DeleteProvisionedModelThroughputCommand({provisionedModelId})),
    update: (input: UpdateProvisionedModelThroughputCommandInput) =>
      at.bedrock.send(new UpdateProvisionedModelThroughputCommand(input)),
    talk: (modelId: string) =>
      runtime.send(new ConverseCommand({modelId, messages: [{role: 'user', content: [{text: 'Hello'}]}]})),
  }
}

const modelArn = (id: string, base = LLAMA) => `arn:aws:bedrock:us-west-2:111122223333:custom-model/${base}/${id}`

test('throughput is Creating, then InService, answers, and goes', async () => {
  const at = await stage()
  const arn = await at.buy({tags: [{key: 'team', value: 'a'}]})

  expect(await at.show('night')).toMatchObject({
    status: 'Creating',
    modelUnits: 1,
    modelArn: modelArn('bbbbbbbbbbb1'),
    foundationModelArn: `arn:aws:bedrock:us-west-2::foundation-model/${LLAMA}`,
  })
  await expect(at.talk(arn)).rejects.toMatchObject({name: 'ModelNotReadyException'})
  await at.pass(2)
  const {provisionedModelSummaries} = await at.bedrock.send(
    new ListProvisionedModelThroughputsCommand({statusEquals: 'InService'}),
  )
  expect(provisionedModelSummaries).toMatchObject([{provisionedModelArn: arn, status: 'InService'}])
  expect((await at.talk(arn)).output?.message?.role).toBe('assistant')
  const {tags} = await at.bedrock.send(new ListTagsForResourceCommand({resourceARN: arn}))
  expect(tags).toEqual([{key: 'team', value: 'a'}])
  await expect(at.bedrock.send(new DeleteCustomModelCommand({modelIdentifier: 'tone'}))).rejects.toMatchObject({
    name: 'ConflictException',
  })
  await at.remove(arn)
  await expect(at.show(arn)).rejects.toMatchObject({name: 'ResourceNotFoundException'})
})

describe('units', () => {
  test('are none in a new account, in the words of AWS', async () => {
    const at = await stage({}, {})

    await expect(at.buy({modelId: `${LLAMA}:128k`})).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      message: `Your account does not currently have any no commitment model units reserved for ${LLAMA}:128k.`,
      $metadata: {httpStatusCode: 400},
    })
  })

  test.each([
    ['all of them together', {...UNITS, 'L-FE44174A': 1}],
    ['one model', {...UNITS, 'L-3632DE15': 1}],
  ])('are bounded for %s', async (_, quotas) => {
    const at = await stage({}, quotas)

    await expect(at.buy({modelId: `${LLAMA}:128k`, modelUnits: 2})).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
    })
    expect(await at.buy({modelId: `${LLAMA}:128k`, modelUnits: 1})).toContain(':provisioned-model/')
  })

  test('of base and custom models are counted apart, and free again once deleted', async () => {
    const at = await stage()
    await at.buy({modelId: `${LLAMA}:128k`, modelUnits: 2})
    await at.buy({provisionedModelName: 'tuned', modelUnits: 2})
    await expect(at.buy({provisionedModelName: 'more'})).rejects.toMatchObject({name: 'ServiceQuotaExceededException'})
    await at.remove('tuned')

    expect(await at.buy({provisionedModelName: 'more'})).toContain(':provisioned-model/')
  })

  test('are committed to only where AWS let the account', async () => {
    const committed = {modelId: `${LLAMA}:128k`, commitmentDuration: 'SixMonths' as const}
    await expect((await stage()).buy(committed)).rejects.toMatchObject({name: 'ServiceQuotaExceededException'})
    const at = await stage({committedUnits: 1})

    expect(await at.buy(committed)).toContain(':provisioned-model/')
  })
})

test('throughput with a commitment cannot be deleted before its term is over', async () => {
  const at = await stage({committedUnits: 1})
  const arn = await at.buy({commitmentDuration: 'OneMonth'})
  await at.pass(2)
  const {commitmentExpirationTime, creationTime} = await at.show(arn)
  const days = ((commitmentExpirationTime?.getTime() ?? 0) - (creationTime?.getTime() ?? 0)) / 86_400_000

  expect(days).toBeGreaterThanOrEqual(28)
  expect(days).toBeLessThanOrEqual(31)
  await expect(at.remove(arn)).rejects.toMatchObject({
    name: 'ConflictException',
    message: "You can't delete a Provisioned Throughput before the commitment term is over.",
  })
  await at.pass(32 * 86_400)
  expect((await at.show(arn)).status).toBe('InService')
  await at.remove(arn)
})

describe('an update', () => {
  test('gives a new name and another custom model of the same base, after a while', async () => {
    const at = await stage()
    const arn = await at.buy()
    await at.pass(2)
    await at.update({provisionedModelId: 'night', desiredProvisionedModelName: 'day', desiredModelId: 'tone-2'})

    expect(await at.show('day')).toMatchObject({
      status: 'Updating',
      modelArn: modelArn('bbbbbbbbbbb1'),
      desiredModelArn: modelArn('bbbbbbbbbbb2'),
    })
    expect((await at.talk(arn)).output?.message?.role).toBe('assistant')
    await expect(at.update({provisionedModelId: 'day', desiredModelId: 'tone'})).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await expect(at.remove('day')).rejects.toMatchObject({name: 'ConflictException'})
    await at.pass(2)
    expect(await at.show('day')).toMatchObject({status: 'InService', modelArn: modelArn('bbbbbbbbbbb2')})
  })

  test('is refused to another base, and to what serves a base model', async () => {
    const at = await stage()
    await at.buy()
    await at.buy({provisionedModelName: 'base', modelId: `${LLAMA}:128k`})
    await at.pass(2)

    await expect(at.update({provisionedModelId: 'night', desiredModelId: 'other'})).rejects.toMatchObject({
      message: expect.stringMatching(/same base/),
    })
    await expect(at.update({provisionedModelId: 'base', desiredModelId: 'tone'})).rejects.toMatchObject({
      message: expect.stringMatching(/desiredModelId/),
    })
  })

  test('that fails leaves the old model', async () => {
    const failures = [
      {of: 'provisioned-update' as const, message: 'no capacity'},
      {of: 'provisioned' as const, names: 'bad'},
    ]
    const at = await stage({failures})
    const arn = await at.buy()
    await at.buy({provisionedModelName: 'bad'})
    await at.pass(2)
    await at.update({provisionedModelId: 'night', desiredModelId: 'tone-2'})
    await at.pass(2)

    expect(await at.show(arn)).toMatchObject({
      status: 'InService',
      modelArn: modelArn('bbbbbbbbbbb1'),
      failureMessage: 'no capacity',
    })
    expect(await at.show('bad')).toMatchObject({status: 'Failed', failureMessage: expect.any(String)})
  })
})

describe('throughput is refused', () => {
  test.each([
    ['for a model without its context', LLAMA, 'ValidationException', /model identifier is invalid/],
    ['for a profile', `us.${LLAMA}`, 'ValidationException', /model identifier is invalid/],
    ['for a custom model of a base that has none', 'large', 'ValidationException', /not supported for custom models/],
    ['for a custom model that is not there', modelArn('bbbbbbbbbbb9'), 'ResourceNotFoundException', /not found/],
  ])('%s', async (_, modelId, name, message) => {
    const at = await stage()

    await expect(at.buy({modelId})).rejects.toMatchObject({name, message: expect.stringMatching(message)})
  })

  test('under a name that is taken, and made once for a token', async () => {
    const at = await stage()
    const clientRequestToken = 'abc'

    expect(await at.buy({clientRequestToken})).toBe(await at.buy({clientRequestToken}))
    await expect(at.buy()).rejects.toMatchObject({name: 'ValidationException'})
  })
})
