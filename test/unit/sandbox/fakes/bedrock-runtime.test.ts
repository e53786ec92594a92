import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {countText} from '../../../../src/lib/sandbox/fakes/bedrock-runtime/count-text.js'
import runtime from '../../../../src/lib/sandbox/fakes/bedrock-runtime.js'
import {createWorld} from '../../../../src/lib/sandbox/world/load-world.js'
import {anAccount, ask, aWorld} from '../../../support/sandbox-world.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const UNCOUNTED = "The provided model doesn't support counting tokens."
const UNKNOWN = 'The provided model identifier is invalid.'

const {context, world: small} = aWorld()
const catalog = await openCatalog({now: new Date('2026-11-21')})

function place(region = 'us-east-1', account: Parameters<typeof anAccount>[0] = {}) {
  const scenario = {description: 'test', accounts: [anAccount(account)]}
  const world = createWorld({name: 'test', scenario, seed: 1, catalog, now: small.now})
  return context({region, world, service: 'bedrock-runtime'})
}

type Input = Parameters<NonNullable<typeof runtime.CountTokens>>[0]['input']
const say = (text: string): NonNullable<Input> => ({converse: {messages: [{role: 'user', content: [{text}]}]}})
const body = (request: unknown): NonNullable<Input> => ({
  invokeModel: {body: Buffer.from(typeof request === 'string' ? request : JSON.stringify(request))},
})
const count = (modelId: string, input: Input, at = place()) => ask(runtime, 'CountTokens', {modelId, input}, at)

describe('the model', () => {
  test.each([SONNET, `arn:aws:bedrock:us-east-1::foundation-model/${SONNET}`])('%s counts', async (modelId) => {
    expect(await count(modelId, say('Hello'))).toEqual({inputTokens: 8})
  })

  test.each([
    ['a profile of a model that counts', `us.${SONNET}`, 'us-east-1', UNCOUNTED],
    [
      'the ARN of a profile',
      `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${SONNET}`,
      'us-east-1',
      UNCOUNTED,
    ],
    ['a newer model', 'anthropic.claude-sonnet-5', 'us-east-1', UNCOUNTED],
    ["Amazon's own", 'amazon.nova-lite-v1:0', 'us-east-1', UNCOUNTED],
    ['a Region that does not count', SONNET, 'eu-west-3', UNCOUNTED],
    ['an id that nobody has', 'anthropic.claude-none', 'us-east-1', UNKNOWN],
    ['an ARN of another Region', `arn:aws:bedrock:eu-west-1::foundation-model/${SONNET}`, 'us-east-1', UNKNOWN],
    ['a profile of another geography', `eu.${SONNET}`, 'us-east-1', UNKNOWN],
  ])('%s is refused', async (_what, modelId, region, message) => {
    await expect(count(modelId, say('Hello'), place(region))).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    })
  })

  test('a model past its end is not found', async () => {
    await expect(count('anthropic.claude-sonnet-4-20250514-v1:0', say('Hello'))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('a model withheld from the account is denied', async () => {
    const withheld = place('us-east-1', {access: {withheld: [SONNET]}})

    await expect(count(SONNET, say('Hello'), withheld)).rejects.toMatchObject({name: 'AccessDeniedException'})
  })
})

describe('the input', () => {
  test('Converse and InvokeModel count the same words alike', async () => {
    const messages = [{role: 'user', content: 'Hello'}]
    const asBody = await count(SONNET, body({anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, messages}))

    expect(asBody).toEqual(await count(SONNET, say('Hello')))
  })

  test('system text, tools, results, images and documents add to it', async () => {
    const {inputTokens = 0} = await count(SONNET, {
      converse: {
        system: [{text: 'You are terse.'}],
        messages: [
          {
            role: 'user',
            content: [
              {image: {format: 'png', source: {bytes: Buffer.from('x')}}},
              {document: {format: 'txt', name: 'notes', source: {bytes: Buffer.alloc(60)}}},
            ],
          },
          {role: 'assistant', content: [{toolUse: {toolUseId: 'a', name: 'look', input: {city: 'Bern'}}}]},
          {role: 'user', content: [{toolResult: {toolUseId: 'a', content: [{text: 'Sunny'}, {json: {c: 21}}]}}]},
        ],
        toolConfig: {tools: [{toolSpec: {name: 'look', inputSchema: {json: {type: 'object'}}}}]},
      },
    })

    expect(inputTokens).toBeGreaterThan(1600 + 340)
    expect(inputTokens).toBeLessThan(2100)
  })

  test.each<[string, Input, string]>([
    ['no message', {converse: {}}, 'A conversation must start with a user message.'],
    ['blank text', say(' \n'), 'messages.0.content.0 is blank'],
    ['what is not JSON', body('hello'), 'Malformed input request'],
    ['a list', body([]), 'Malformed input request'],
    ['no version', body({messages: []}), 'anthropic_version: Field required'],
    ['no limit', body({anthropic_version: 'x', messages: []}), 'max_tokens: Field required'],
    ['no messages', body({anthropic_version: 'x', max_tokens: 1}), 'messages: Field required'],
    ['an empty list', body({anthropic_version: 'x', max_tokens: 1, messages: []}), 'at least one message'],
    ['messages of text', body({anthropic_version: 'x', max_tokens: 1, messages: ['a']}), 'messages.0: Input should be'],
    [
      'an unknown role',
      body({anthropic_version: 'x', max_tokens: 1, messages: [{role: 'system', content: 'a'}]}),
      'messages.0.role',
    ],
    [
      'content without a type',
      body({anthropic_version: 'x', max_tokens: 1, messages: [{role: 'user', content: [{text: 'a'}]}]}),
      'messages.0.content.0.type: Field required',
    ],
    ['more than AWS counts', say('a '.repeat(200_000)), 'prompt is too long: 200007 tokens > 200000 maximum'],
  ])('%s is refused', async (_what, input, message) => {
    const refused = count(SONNET, input)

    await expect(refused).rejects.toMatchObject({name: 'ValidationException'})
    await expect(refused).rejects.toThrow(message)
  })
})

describe('the count of a text', () => {
  test.each([
    ['', 0],
    ['Hello', 1],
    ['Hello world', 2],
    ['internationalisation', 4],
    ['1234567', 3],
    ['a, b.', 4],
    ['a\n\n  b', 3],
    ['你好世界', 4],
    ['naïve café', 2],
    ['👋🏽', 2],
  ])('%j is %i', (text, tokens) => {
    expect(countText(text)).toBe(tokens)
  })

  test('it never falls when text is added, at either end', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), fc.string({unit: 'grapheme'}), (text, more) => {
        expect(countText(text + more)).toBeGreaterThanOrEqual(countText(text))
        expect(countText(more + text)).toBeGreaterThanOrEqual(countText(text))
      }),
    )
  })
})
