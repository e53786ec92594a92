import {expect, test} from 'vitest'
import {openAwsSession} from '../../src/lib/aws/session.js'
import {type Reply, startScriptedServer} from '../support/scripted-server.js'

const BODY = '{ "messages":[{"role":"user","content":[{"text":"9007199254740993"}]}], "n":1.0 }'
const SAID = '{"output":{"message":{"role":"assistant","content":[{"text":"\\u0061"}]}}, "n":9007199254740993,"x":1.0}'
const QUESTION = {region: 'us-east-1', modelId: 'amazon.nova-lite-v1:0', body: Buffer.from(BODY)} as const

async function ask(api: 'InvokeModel' | 'Converse', reply: Reply) {
  const server = await startScriptedServer(() => reply)
  const credentials = {accessKeyId: 'AKIATEST', secretAccessKey: 'secret'}
  const session = openAwsSession({endpointUrl: server.url, credentials, region: 'us-east-1'})
  try {
    const answerer = await session.recordAnswerer()
    const answer = await answerer.answer({...QUESTION, api}).catch((failure: unknown) => failure)
    return {answer, seen: server.seen}
  } finally {
    session.close()
  }
}

test.each([
  ['InvokeModel', 'invoke'],
  ['Converse', 'converse'],
] as const)('%s sends the bytes of the record, and gives back those of the answer', async (api, path) => {
  const {answer, seen} = await ask(api, {body: SAID})

  expect(seen.map(({body}) => body)).toEqual([BODY])
  expect(seen[0]?.path).toBe(`/model/amazon.nova-lite-v1%3A0/${path}`)
  expect(seen[0]?.headers['content-length']).toBe(String(BODY.length))
  expect(answer).toEqual({output: Buffer.from(SAID)})
})

test('what the service has against one record is its answer', async () => {
  const refused = {status: 400, headers: {'x-amzn-errortype': 'ValidationException'}, body: {message: 'no messages'}}

  expect((await ask('Converse', refused)).answer).toEqual({error: {errorCode: 400, errorMessage: 'no messages'}})
})

test('a denial is of no record', async () => {
  const denied = {status: 403, headers: {'x-amzn-errortype': 'AccessDeniedException'}, body: {message: 'no'}}

  expect((await ask('InvokeModel', denied)).answer).toMatchObject({code: 'ACCESS_DENIED'})
})
