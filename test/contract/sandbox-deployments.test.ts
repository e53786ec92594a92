import {
  CreateCustomModelDeploymentCommand,
  type CreateCustomModelDeploymentCommandInput,
  DeleteCustomModelCommand,
  DeleteCustomModelDeploymentCommand,
  GetCustomModelDeploymentCommand,
  ListCustomModelDeploymentsCommand,
  UpdateCustomModelDeploymentCommand,
} from '@aws-sdk/client-bedrock'
import {BedrockRuntimeClient, ConverseCommand, InvokeModelCommand} from '@aws-sdk/client-bedrock-runtime'
import {CloudWatchClient, GetMetricStatisticsCommand} from '@aws-sdk/client-cloudwatch'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {describe, expect, test} from 'vitest'
import {clientSettings} from '../support/sandbox-clients.js'
import type {Region} from '../support/tuning-scenario.js'
import {type TuningStage, tuningStage} from '../support/tuning-stage.js'

const customModels: Region['customModels'] = [
  {id: 'aaaaaaaaaaa1', name: 'tone', ...tuned('amazon.nova-lite-v1:0', '2026-06-18')},
  {id: 'aaaaaaaaaaa2', name: 'tone-2', ...tuned('amazon.nova-lite-v1:0', '2026-07-18')},
  {id: 'aaaaaaaaaaa3', name: 'micro', ...tuned('amazon.nova-micro-v1:0', '2026-07-18')},
  {id: 'aaaaaaaaaaa4', name: 'early', ...tuned('amazon.nova-lite-v1:0', '2025-07-15')},
  {id: 'aaaaaaaaaaa5', name: 'titan', ...tuned('amazon.titan-embed-image-v1', '2026-07-18')},
]

function tuned(baseModel: string, createdOn: string) {
  return {baseModel, customizationType: 'FINE_TUNING' as const, createdOn}
}

const arnOf = (name: string): string => {
  const {id = '', baseModel = ''} = customModels.find((one) => one.name === name) ?? {}
  return `arn:aws:bedrock:us-east-1:111122223333:custom-model/${baseModel}/${id}`
}

async function stage(serving: Region['serving'] = {}, quotas: Record<string, number> = {}) {
  const at = await tuningStage({customModels, serving}, {quotas})
  const runtime = new BedrockRuntimeClient({
    ...clientSettings(at.sandbox, 'us-east-1'),
    requestHandler: new NodeHttpHandler(),
  })
  return {
    ...at,
    async deploy(over: Partial<CreateCustomModelDeploymentCommandInput> = {}) {
      const input = {modelDeploymentName: 'live', modelArn: arnOf('tone'), ...over}
      const answer = await at.bedrock.send(new CreateCustomModelDeploymentCommand(input))
      return answer.customModelDeploymentArn ?? ''
    },
    show: (identifier: string) =>
      at.bedrock.send(new GetCustomModelDeploymentCommand({customModelDeploymentIdentifier: identifier})),
    remove: (identifier: string) =>
      at.bedrock.send(new DeleteCustomModelDeploymentCommand({customModelDeploymentIdentifier: identifier})),
    update: (identifier: string, modelArn: string) =>
      at.bedrock.send(new UpdateCustomModelDeploymentCommand({customModelDeploymentIdentifier: identifier, modelArn})),
    talk: (modelId: string) =>
      runtime.send(new ConverseCommand({modelId, messages: [{role: 'user', content: [{text: 'Hello'}]}]})),
    invoke: (modelId: string) =>
      runtime.send(
        new InvokeModelCommand({
          modelId,
          body: JSON.stringify({messages: [{role: 'user', content: [{text: 'Hello'}]}]}),
        }),
      ),
  }
}

const listed = async (at: TuningStage, input: object = {}) => {
  const {modelDeploymentSummaries = []} = await at.bedrock.send(new ListCustomModelDeploymentsCommand(input))
  return modelDeploymentSummaries.map(({customModelDeploymentName}) => customModelDeploymentName)
}

test('a deployment is Creating, then Active and listed, and answers as its base does', async () => {
  const at = await stage()
  const arn = await at.deploy({description: 'for the desk'})

  expect(arn).toMatch(/:custom-model-deployment\/[a-z0-9]{12}$/)
  expect(await at.show('live')).toMatchObject({
    status: 'Creating',
    modelArn: arnOf('tone'),
    description: 'for the desk',
  })
  await expect(at.talk(arn)).rejects.toMatchObject({name: 'ModelNotReadyException'})
  expect(await listed(at)).toEqual([])
  await at.pass(2)
  expect(await at.show(arn)).toMatchObject({status: 'Active', modelDeploymentName: 'live'})
  expect(await listed(at, {statusEquals: 'Active', modelArnEquals: arnOf('tone')})).toEqual(['live'])
  expect((await at.talk(arn)).output?.message?.role).toBe('assistant')
  expect(JSON.parse((await at.invoke(arn)).body.transformToString())).toMatchObject({
    output: {message: {role: 'assistant'}},
  })
})

test('a custom model by itself answers nothing', async () => {
  const at = await stage()

  await expect(at.talk(arnOf('tone'))).rejects.toMatchObject({name: 'ValidationException'})
})

test('an update leaves the old model serving until it is done', async () => {
  const at = await stage()
  const arn = await at.deploy()
  await at.pass(2)
  await at.update('live', arnOf('tone-2'))

  expect(await at.show(arn)).toMatchObject({
    status: 'Active',
    modelArn: arnOf('tone'),
    updateDetails: {modelArn: arnOf('tone-2'), updateStatus: 'Updating'},
  })
  await expect(at.update('live', arnOf('tone'))).rejects.toMatchObject({name: 'ValidationException'})
  await expect(at.remove('live')).rejects.toMatchObject({name: 'ConflictException'})
  await at.pass(2)
  expect(await at.show(arn)).toMatchObject({
    modelArn: arnOf('tone-2'),
    updateDetails: {updateStatus: 'UpdateCompleted'},
  })
  await expect(at.update('live', arnOf('micro'))).rejects.toMatchObject({message: expect.stringMatching(/same base/)})
})

test('deployments and their updates fail as a scenario says', async () => {
  const failures = [
    {of: 'deployment' as const, names: 'bad-*', message: 'no capacity'},
    {of: 'deployment-update' as const},
  ]
  const at = await stage({failures})
  const bad = await at.deploy({modelDeploymentName: 'bad-1'})
  await at.deploy()
  await at.pass(2)
  await at.update('live', arnOf('tone-2'))
  await at.pass(2)

  expect(await at.show(bad)).toMatchObject({status: 'Failed', failureMessage: 'no capacity'})
  await expect(at.talk(bad)).rejects.toMatchObject({name: 'ValidationException'})
  expect(await at.show('live')).toMatchObject({
    status: 'Active',
    modelArn: arnOf('tone'),
    updateDetails: {updateStatus: 'UpdateFailed'},
    failureMessage: expect.any(String),
  })
})

describe('a deployment is refused', () => {
  test.each([
    ['of a model that is not there', `${arnOf('tone')}0`.replace(/.0$/, '9'), 'ResourceNotFoundException', /not found/],
    ['of a model that was made too early', arnOf('early'), 'ValidationException', /customized before 2025-07-16/],
    [
      'of a base that is not served on demand',
      arnOf('titan'),
      'ValidationException',
      /not supported for custom models/,
    ],
  ])('%s', async (_, modelArn, name, message) => {
    const at = await stage()

    await expect(at.deploy({modelArn})).rejects.toMatchObject({name, message: expect.stringMatching(message)})
  })

  test('under a name that is taken', async () => {
    const at = await stage()
    await at.deploy()

    await expect(at.deploy()).rejects.toMatchObject({name: 'ValidationException'})
  })

  test('while two are on their way, and beyond the quota of all', async () => {
    const at = await stage({}, {'L-1EF80F3E': 3})
    for (const name of ['one', 'two']) await at.deploy({modelDeploymentName: name})
    await expect(at.deploy({modelDeploymentName: 'three'})).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      message: expect.stringMatching(/in-progress/),
    })
    await at.pass(2)
    await at.deploy({modelDeploymentName: 'three'})
    await at.pass(2)
    await expect(at.deploy({modelDeploymentName: 'four'})).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
    })
  })
})

test('a custom model is deleted once nothing serves it any more', async () => {
  const at = await stage()
  const remove = () => at.bedrock.send(new DeleteCustomModelCommand({modelIdentifier: 'tone'}))
  await at.deploy()
  await expect(at.remove('live')).rejects.toMatchObject({name: 'ConflictException'})
  await at.pass(2)
  await expect(remove()).rejects.toMatchObject({name: 'ConflictException'})
  await at.remove('live')

  await remove()
  await expect(remove()).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  await expect(at.show('live')).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  expect((await at.get('train-tone')).status).toBe('Completed')
})

test('CloudWatch counts the calls of a deployment under its ARN', async () => {
  const at = await stage()
  const arn = await at.deploy()
  await at.pass(2)
  for (const _ of [1, 2]) await at.talk(arn)
  await at.pass(60)
  const cloudwatch = new CloudWatchClient(clientSettings(at.sandbox, 'us-east-1'))
  const {Datapoints = []} = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Bedrock',
      MetricName: 'Invocations',
      Dimensions: [{Name: 'ModelId', Value: arn}],
      StartTime: new Date(at.sandbox.clock.now() - 600_000),
      EndTime: new Date(at.sandbox.clock.now()),
      Period: 600,
      Statistics: ['Sum'],
    }),
  )

  expect(Datapoints.reduce((sum, {Sum = 0}) => sum + Sum, 0)).toBe(2)
})
