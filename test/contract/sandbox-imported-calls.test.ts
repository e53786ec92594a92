import {GetImportedModelCommand} from '@aws-sdk/client-bedrock'
import {
  ConverseCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import {CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand} from '@aws-sdk/client-cloudwatch'
import {describe, expect, test} from 'vitest'
import {type ImportStage, importStage} from '../support/import-stage.js'
import {clientSettings} from '../support/sandbox-clients.js'

const NOT_READY = {
  name: 'ModelNotReadyException',
  message: 'Model is not ready for inference. Wait and try your request again.',
  $metadata: {httpStatusCode: 429},
}
const OLD = {
  id: 'abcdefghijkl',
  name: 'old',
  s3Uri: 's3://test-models/old/',
  instructSupported: false,
  customModelUnits: 2,
  createdOn: '2025-06-01',
} as const
const oldArn = 'arn:aws:bedrock:us-east-1:111122223333:imported-model/abcdefghijkl'

async function invoke(at: ImportStage, modelId: string, body: object): Promise<Record<string, unknown>> {
  const answer = await at.runtime.send(new InvokeModelCommand({modelId, body: JSON.stringify(body)}))
  return JSON.parse(answer.body.transformToString()) as Record<string, unknown>
}

async function streamed(at: ImportStage, modelId: string, body: object): Promise<readonly unknown[]> {
  at.sandbox.pacer.add({ttftMs: 0, tokensPerSecond: 1e9})
  const command = new InvokeModelWithResponseStreamCommand({modelId, body: JSON.stringify(body)})
  const events: unknown[] = []
  for await (const {chunk} of (await at.runtime.send(command)).body ?? []) {
    events.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()))
  }
  return events
}

const converse = (at: ImportStage, modelId: string, over: object = {}) =>
  at.runtime.send(new ConverseCommand({modelId, messages: [{role: 'user', content: [{text: 'Hello'}]}], ...over}))

/** A model that is loaded. */
async function warm(options?: Parameters<ImportStage['put']>[0]) {
  const at = await importStage({imports: {loadSeconds: 0}})
  const modelId = await at.imported(options)
  return {at, modelId}
}

describe('an imported model', () => {
  test('is loaded by its first call, answers, and is unloaded when nobody calls it', async () => {
    const at = await importStage()
    const modelId = await at.imported()
    const call = () => invoke(at, modelId, {prompt: 'Hello'})
    await expect(call()).rejects.toMatchObject(NOT_READY)
    await at.pass(29)
    await expect(call()).rejects.toMatchObject(NOT_READY)
    await at.pass(2)
    await call()
    await at.pass(299)
    await call()
    await at.pass(301)
    await expect(converse(at, modelId)).rejects.toMatchObject(NOT_READY)
  })

  test('takes longer to load the larger it is, unless the scenario says how long', async () => {
    const at = await importStage({imports: {loadSeconds: 90, idleMinutes: 1}})
    const modelId = await at.imported()
    const call = () => invoke(at, modelId, {prompt: 'Hello'})
    await expect(call()).rejects.toMatchObject(NOT_READY)
    await at.pass(91)
    await call()
    await at.pass(61)
    await expect(call()).rejects.toMatchObject(NOT_READY)
  })

  test('answers a prompt in Bedrock’s format', async () => {
    const {at, modelId} = await warm()
    const answer = await invoke(at, modelId, {prompt: 'Hello', max_gen_len: 5, return_logprobs: true, unknown: 1})
    expect(answer).toMatchObject({generation_token_count: 5, stop_reason: 'length', prompt_token_count: 1})
    expect(answer['logprobs']).toHaveLength(5)
    expect(answer['generation']).toEqual(expect.any(String))
  })

  test('answers a prompt with max_tokens as OpenAI completes text', async () => {
    const {at, modelId} = await warm()
    expect(await invoke(at, modelId, {prompt: 'Hello', max_tokens: 100})).toMatchObject({
      object: 'text_completion',
      choices: [{index: 0, text: expect.any(String), finish_reason: 'stop'}],
      usage: {prompt_tokens: 1, completion_tokens: expect.any(Number)},
    })
  })

  test('answers messages as OpenAI completes chats', async () => {
    const {at, modelId} = await warm()
    const [id] = modelId.split('/').slice(-1)
    expect(await invoke(at, modelId, {messages: [{role: 'user', content: 'Hello'}]})).toMatchObject({
      object: 'chat.completion',
      model: `111122223333-${id}`,
      choices: [{index: 0, message: {role: 'assistant', content: expect.any(String), tool_calls: []}}],
    })
  })

  test('streams each of the three formats once it is loaded', async () => {
    const at = await importStage()
    const modelId = await at.imported()
    const prompt = {prompt: 'Hello', max_gen_len: 2}
    await expect(streamed(at, modelId, prompt)).rejects.toMatchObject(NOT_READY)
    await at.pass(60)

    expect(await streamed(at, modelId, prompt)).toMatchObject([
      {generation: 'This', prompt_token_count: 1, generation_token_count: 1, stop_reason: null},
      {generation: ' is', prompt_token_count: null, generation_token_count: 2, stop_reason: null},
      {stop_reason: 'length', 'amazon-bedrock-invocationMetrics': {outputTokenCount: 2}},
    ])
    expect(await streamed(at, modelId, {prompt: 'Hello', max_tokens: 1})).toMatchObject([
      {object: 'text_completion', choices: [{text: 'This', finish_reason: null}]},
      {choices: [{text: '', finish_reason: 'length'}]},
    ])
    const messages = [{role: 'user', content: 'Hello'}]
    expect(await streamed(at, modelId, {messages, max_tokens: 1})).toMatchObject([
      {object: 'chat.completion.chunk', choices: [{delta: {role: 'assistant', content: ''}}]},
      {choices: [{delta: {content: 'This'}}]},
      {choices: [{delta: {}, finish_reason: 'length'}]},
    ])
  })

  test('answers Converse when it came with a chat template, and not otherwise', async () => {
    const {at, modelId} = await warm()
    expect(await converse(at, modelId)).toMatchObject({
      output: {message: {role: 'assistant'}},
      stopReason: 'end_turn',
      usage: {inputTokens: expect.any(Number)},
    })
    const bare = await warm({tokenizerConfig: {chat_template: undefined}})
    const model = await bare.at.bedrock.send(new GetImportedModelCommand({modelIdentifier: bare.modelId}))
    expect(model.instructSupported).toBe(false)
    await expect(converse(bare.at, bare.modelId)).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "This action doesn't support the model that you provided. Try again with a supported text or chat model.",
    })
    const messages = [{role: 'user', content: 'Hello'}]
    await expect(invoke(bare.at, bare.modelId, {messages})).rejects.toMatchObject({name: 'ValidationException'})
  })

  test.each([
    ['neither a prompt nor messages', {max_gen_len: 3}, /required key \[prompt\]/],
    ['no messages', {messages: []}, /minimum item count/],
    ['an image', {messages: [{role: 'user', content: [{type: 'image_url', image_url: {url: 'x'}}]}]}, /images/],
    ['a prompt that is no text', {prompt: 1}, /expected type: String/],
  ])('refuses %s', async (_, body, message) => {
    const {at, modelId} = await warm()
    const refusal = {name: 'ValidationException', message: expect.stringMatching(message)}
    await expect(invoke(at, modelId, body)).rejects.toMatchObject(refusal)
  })

  test('refuses tools, and images it has no eyes for', async () => {
    const {at, modelId} = await warm()
    const tool = {toolSpec: {name: 'a', inputSchema: {json: {}}}}
    await expect(converse(at, modelId, {toolConfig: {tools: [tool]}})).rejects.toMatchObject({
      message: "This model doesn't support tool use.",
    })
    const image = {format: 'png', source: {bytes: new Uint8Array(1)}}
    const messages = [{role: 'user', content: [{image}]}]
    await expect(converse(at, modelId, {messages})).rejects.toMatchObject({name: 'ValidationException'})
  })

  test('keeps to the format of its family when it was imported before there were three', async () => {
    const declared = (architecture: string) =>
      importStage({imports: {loadSeconds: 0}, importedModels: [{...OLD, architecture}]})
    const mistral = await invoke(await declared('mistral'), oldArn, {prompt: 'Hello', max_tokens: 9})
    const llama = await invoke(await declared('llama'), oldArn, {prompt: 'Hello', max_gen_len: 9})
    expect(mistral).toEqual({outputs: [{text: expect.any(String), stop_reason: 'length'}]})
    expect(llama).toMatchObject({generation: expect.any(String), generation_token_count: 9})
  })

  test('takes no prompt without max_tokens when it is GPT-OSS', async () => {
    const model = {...OLD, architecture: 'gpt_oss', createdOn: '2026-06-01'}
    const at = await importStage({imports: {loadSeconds: 0}, importedModels: [model]})
    await expect(invoke(at, oldArn, {prompt: 'Hello'})).rejects.toMatchObject({name: 'ValidationException'})
    expect(await invoke(at, oldArn, {prompt: 'Hello', max_tokens: 9})).toHaveProperty('choices')
    const {customModelUnits} = await at.bedrock.send(new GetImportedModelCommand({modelIdentifier: 'old'}))
    expect(customModelUnits?.customModelUnitsVersion).toBe('v2.0')
  })

  test('is called by its ARN in its Region, and counts no tokens', async () => {
    const {at, modelId} = await warm()
    const invalid = {name: 'ValidationException', message: 'The provided model identifier is invalid.'}
    await expect(invoke(at, 'tiny', {prompt: 'Hello'})).rejects.toMatchObject(invalid)
    await expect(invoke(at, modelId.replace('us-east-1', 'us-west-2'), {prompt: 'a'})).rejects.toMatchObject(invalid)
    const input = {converse: {messages: [{role: 'user' as const, content: [{text: 'Hello'}]}]}}
    await expect(at.runtime.send(new CountTokensCommand({modelId, input}))).rejects.toMatchObject(invalid)
  })

  test.each(['bedrock:InvokeModel', 'bedrock:GetImportedModel'])('is not called without %s', async (action) => {
    const at = await importStage({importedModels: [{...OLD, architecture: 'llama'}]}, {deny: [{action}]})
    const denied = {name: 'AccessDeniedException', message: expect.stringContaining(action)}
    await expect(invoke(at, oldArn, {prompt: 'Hello'})).rejects.toMatchObject(denied)
    await expect(converse(at, oldArn)).rejects.toMatchObject(denied)
  })

  test('is not streamed without the right to it', async () => {
    const action = 'bedrock:InvokeModelWithResponseStream'
    const at = await importStage({importedModels: [{...OLD, architecture: 'llama'}]}, {deny: [{action}]})
    const denied = {name: 'AccessDeniedException', message: expect.stringContaining(action)}
    await expect(streamed(at, oldArn, {prompt: 'Hello'})).rejects.toMatchObject(denied)
  })

  test('is counted by CloudWatch: its calls, and the copy that answers', async () => {
    const at = await importStage()
    const modelId = await at.imported()
    const started = at.sandbox.clock.now()
    const cloudWatch = new CloudWatchClient(clientSettings(at.sandbox, 'us-east-1'))
    await expect(invoke(at, modelId, {prompt: 'Hello'})).rejects.toMatchObject(NOT_READY)
    await at.pass(60)
    await invoke(at, modelId, {prompt: 'Hello', max_gen_len: 5})
    await streamed(at, modelId, {prompt: 'Hello', max_gen_len: 5})
    await at.pass(1200)
    const {Metrics = []} = await cloudWatch.send(
      new ListMetricsCommand({Namespace: 'AWS/Bedrock', Dimensions: [{Name: 'ModelId', Value: modelId}]}),
    )
    const sum = async (MetricName: string, statistic: 'Sum' | 'Maximum') => {
      const {Datapoints = []} = await cloudWatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Bedrock',
          MetricName,
          Dimensions: [{Name: 'ModelId', Value: modelId}],
          StartTime: new Date(started - 60_000),
          EndTime: new Date(at.sandbox.clock.now()),
          Period: 1800,
          Statistics: [statistic],
        }),
      )
      return Datapoints.map((point) => point[statistic])
    }
    expect(Metrics.map(({MetricName}) => MetricName)).toEqual([
      'Invocations',
      'InvocationClientErrors',
      'InputTokenCount',
      'OutputTokenCount',
      'InvocationLatency',
      'TimeToFirstToken',
      'ModelCopy',
    ])
    expect(await sum('Invocations', 'Sum')).toEqual([2])
    expect(await sum('OutputTokenCount', 'Sum')).toEqual([10])
    expect(await sum('ModelCopy', 'Maximum')).toEqual([1])
    const [copyMinutes] = await sum('ModelCopy', 'Sum')
    expect(copyMinutes).toBeGreaterThanOrEqual(5)
    expect(copyMinutes).toBeLessThanOrEqual(7)
  })

  test('has a copy at work while the scenario has it called', async () => {
    const usage = [{model: oldArn, perHour: 60, inputTokens: 10, outputTokens: 10}]
    const at = await importStage({importedModels: [{...OLD, architecture: 'llama'}], usage})
    const cloudWatch = new CloudWatchClient(clientSettings(at.sandbox, 'us-east-1'))
    const now = at.sandbox.clock.now()
    const {Datapoints = []} = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Bedrock',
        MetricName: 'ModelCopy',
        Dimensions: [{Name: 'ModelId', Value: oldArn}],
        StartTime: new Date(now - 86_400_000),
        EndTime: new Date(now),
        Period: 86_400,
        Statistics: ['Maximum'],
      }),
    )
    expect(Datapoints.map(({Maximum}) => Maximum)).toEqual([1])
  })
})
