import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {describe, expect, test} from 'vitest'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'

const CLAUDE = 'us.anthropic.claude-sonnet-4-6'

async function runtime(scenario = 'demo', region = 'us-east-1'): Promise<BedrockRuntimeClient> {
  const settings = clientSettings(await openSandbox(scenario), region)
  return new BedrockRuntimeClient({...settings, requestHandler: new NodeHttpHandler()})
}

async function invoke(modelId: string, body: unknown, client?: BedrockRuntimeClient): Promise<unknown> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await (client ?? (await runtime())).send(new InvokeModelCommand({modelId, body: text}))
  return JSON.parse(answer.body.transformToString())
}

async function talk(input: Partial<ConverseCommandInput>): Promise<unknown> {
  const messages: ConverseCommandInput['messages'] = [{role: 'user', content: [{text: 'Hello there'}]}]
  return (await runtime()).send(new ConverseCommand({modelId: CLAUDE, messages, ...input}))
}

const claude = {anthropic_version: 'bedrock-2023-05-31', max_tokens: 4, messages: [{role: 'user', content: 'Hello'}]}

describe('InvokeModel', () => {
  test('answers in the shape of the model', async () => {
    expect(await invoke(CLAUDE, claude)).toMatchObject({
      type: 'message',
      stop_reason: 'max_tokens',
      usage: {input_tokens: 8, output_tokens: 4},
    })
    expect(
      await invoke('amazon.nova-lite-v1:0', {messages: [{role: 'user', content: [{text: 'Hello'}]}]}),
    ).toMatchObject({
      output: {message: {role: 'assistant'}},
    })
  })

  test.each([
    ['a body that is no JSON', CLAUDE, '{', 'ValidationException', /Malformed input request/],
    ['a body of another family', CLAUDE, {prompt: 'x'}, 'ValidationException', /anthropic_version: Field required/],
    [
      'a model that needs a profile',
      'anthropic.claude-opus-4-6-v1',
      claude,
      'ValidationException',
      /inference profile/,
    ],
    ['a model that nobody has', 'amazon.none-v1:0', claude, 'ValidationException', /identifier is invalid/],
  ])('refuses %s', async (_, modelId, body, name, message) => {
    await expect(invoke(modelId, body)).rejects.toMatchObject({name, message: expect.stringMatching(message)})
  })

  test('refuses Claude to an account that filled in no form', async () => {
    await expect(invoke(CLAUDE, claude, await runtime('fresh-account'))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('use case details'),
    })
  })
})

describe('Converse', () => {
  test('answers alike for every model', async () => {
    expect(await talk({inferenceConfig: {maxTokens: 3}})).toMatchObject({
      output: {message: {role: 'assistant', content: [{text: 'This is a'}]}},
      stopReason: 'max_tokens',
      usage: {inputTokens: 9, outputTokens: 3, totalTokens: 12},
    })
    expect(await talk({modelId: 'amazon.nova-lite-v1:0'})).toMatchObject({stopReason: 'end_turn'})
  })

  test.each([
    ['a model that does not talk', {modelId: 'amazon.titan-embed-text-v2:0'}, /supported text or chat model/],
    [
      'a conversation that the assistant begins',
      {messages: [{role: 'assistant' as const, content: [{text: 'x'}]}]},
      /start with a user/,
    ],
    ['a limit of no tokens', {inferenceConfig: {maxTokens: 0}}, /'inferenceConfig.maxTokens' failed to satisfy/],
    ['a temperature beyond its range', {inferenceConfig: {temperature: 1.5}}, /less than or equal to 1$/],
    ['a share of what is likely below none', {inferenceConfig: {topP: -0.1}}, /'inferenceConfig.topP'/],
    ['an empty stop sequence', {inferenceConfig: {stopSequences: ['']}}, /'inferenceConfig.stopSequences'/],
    ['a tier that there is not', {serviceTier: {type: 'gold' as never}}, /enum value set: \[priority, default, /],
    ['metadata with signs of its own', {requestMetadata: {'a|b': 'c'}}, /'requestMetadata' failed to satisfy/],
    [
      'a guardrail of no known form',
      {guardrailConfig: {guardrailIdentifier: 'NO_GUARDRAIL', guardrailVersion: '1'}},
      /'guardrailConfig.guardrailIdentifier' failed to satisfy/,
    ],
  ])('refuses %s', async (_, input, message) => {
    await expect(talk(input)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    })
  })
})
