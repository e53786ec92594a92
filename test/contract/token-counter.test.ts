import {inspect} from 'node:util'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import type {CountableInput} from '../../src/lib/cost/tokens/ports.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

const MODEL = 'anthropic.claude-sonnet-4-6'
const SECRET = 'The merger closes on Friday'

let sandbox: Sandbox
let session: AwsSession

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: 'clean'})
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

const say = (text: string): CountableInput => ({kind: 'converse', messages: [{role: 'user', content: [{text}]}]})

async function count(input: CountableInput, modelId = MODEL, region = 'us-east-1', signal?: AbortSignal) {
  return (await session.tokenCounter()).countTokens(region, modelId, input, signal)
}

test('a prompt of Converse and one of InvokeModel are counted', async () => {
  const body = {anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, messages: [{role: 'user', content: 'Hello'}]}

  expect(await count(say('Hello'))).toBe(8)
  expect(await count({kind: 'invoke', body})).toBe(8)
  expect(await count({...say('Hello'), system: [{text: 'Be brief'}]} as CountableInput)).toBe(10)
})

test('images and what tools returned go out as bytes', async () => {
  const image = {image: {format: 'png', source: {bytes: Buffer.from('picture').toString('base64')}}}
  const tool = {toolSpec: {name: 'look', inputSchema: {json: {type: 'object'}}}}

  const tokens = await count({
    kind: 'converse',
    messages: [
      {role: 'user', content: [image]},
      {role: 'assistant', content: [{toolUse: {toolUseId: 'a', name: 'look', input: {source: {bytes: 'text'}}}}]},
      {role: 'user', content: [{toolResult: {toolUseId: 'a', content: [image, {text: 'done'}]}}]},
    ],
    toolConfig: {tools: [tool]},
  })

  expect(tokens).toBeGreaterThan(2 * 1600 + 340)
})

test('a prompt over what Bedrock counts has the number of its refusal', async () => {
  expect(await count(say('a '.repeat(200_000)))).toBe(200_007)
})

test('a model that does not count says so, and no error holds the prompt', async () => {
  const refused = await count(say(SECRET), 'anthropic.claude-sonnet-5').catch((error: unknown) => error)

  expect(refused).toMatchObject({code: 'VALIDATION', action: 'bedrock:CountTokens'})
  expect(String(refused)).toContain("doesn't support counting tokens")
  expect(inspect(refused, {depth: 12})).not.toContain(SECRET)
})

test.each([
  ['denied', {kind: 'access-denied'}, 'ACCESS_DENIED'],
  ['throttled', {kind: 'error', code: 'ThrottlingException', status: 429, message: 'Too many requests'}, 'THROTTLED'],
] as const)('a call that is %s is %s', async (_what, effect, code) => {
  sandbox.faults.add({service: 'bedrock-runtime', effect})

  await expect(count(say('Hello'))).rejects.toMatchObject({code, action: 'bedrock:CountTokens'})
})

test('a call stops when it is told to', async () => {
  await expect(count(say('Hello'), MODEL, 'us-east-1', AbortSignal.abort())).rejects.toMatchObject({
    code: 'INTERRUPTED',
  })
})
