import {expect, test} from 'vitest'
import {openAwsSession} from '../../src/lib/aws/session.js'
import {type Reply, startScriptedServer} from '../support/scripted-server.js'

const BODY = '{ "prompt":"9007199254740993", "max_tokens":1.0 }'
const SAID = '{"choices":[{"text":"\\u0061"}], "n":9007199254740993}'
const MODEL = 'arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdefghijkl'
const NOT_READY = {
  status: 429,
  headers: {'x-amzn-errortype': 'ModelNotReadyException'},
  body: {message: 'Model is not ready for inference. Wait and try your request again.'},
}

async function call(api: 'InvokeModel' | 'Converse', reply: Reply) {
  const server = await startScriptedServer(() => reply)
  const credentials = {accessKeyId: 'AKIATEST', secretAccessKey: 'secret'}
  const session = openAwsSession({endpointUrl: server.url, credentials, region: 'us-east-1'})
  try {
    const caller = await session.modelCaller()
    const question = {region: 'us-east-1', modelId: MODEL, api, body: Buffer.from(BODY)}
    const reply = await caller.call(question).catch((failure: unknown) => failure)
    return {reply, seen: server.seen}
  } finally {
    session.close()
  }
}

test.each([
  ['InvokeModel', 'invoke'],
  ['Converse', 'converse'],
] as const)('%s sends the bytes of the body, and gives back those of the answer', async (api, path) => {
  const {reply, seen} = await call(api, {body: SAID})

  expect(seen.map(({body}) => body)).toEqual([BODY])
  expect(seen[0]?.path).toBe(`/model/${encodeURIComponent(MODEL)}/${path}`)
  expect(reply).toEqual({kind: 'answered', output: Buffer.from(SAID), elapsedMs: expect.any(Number)})
})

test('a model that is not ready is told after one request, with what the service says of the wait', async () => {
  const {reply, seen} = await call('InvokeModel', {...NOT_READY, headers: {...NOT_READY.headers, 'retry-after': '7'}})

  expect(seen).toHaveLength(1)
  expect(reply).toEqual({kind: 'not-ready', said: NOT_READY.body.message, retryAfterMs: 7000})
})

test('where the service says nothing of the wait, nothing is made up', async () => {
  expect((await call('Converse', NOT_READY)).reply).toMatchObject({kind: 'not-ready', retryAfterMs: null})
})

test.each([
  [429, 'ThrottlingException', 'THROTTLED'],
  [503, 'ServiceUnavailableException', 'SERVICE_ERROR'],
  [403, 'AccessDeniedException', 'ACCESS_DENIED'],
])('%d %s is a failure after one request', async (status, name, code) => {
  const {reply, seen} = await call('InvokeModel', {status, headers: {'x-amzn-errortype': name}, body: {message: 'no'}})

  expect(seen).toHaveLength(1)
  expect(reply).toMatchObject({code})
})
