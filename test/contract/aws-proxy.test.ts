import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, afterEach, beforeAll, expect, test, vi} from 'vitest'
import {openAwsSession} from '../../src/lib/aws/session.js'

// A proxy that refuses every tunnel: that it was asked, for whom, is what is tested; nothing leaves this machine.
const asked: string[] = []
let proxy: Server
let url: string

beforeAll(async () => {
  proxy = createServer()
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((done) => {
    proxy.listen(0, '127.0.0.1', done)
  })
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})

afterAll(() => {
  proxy.close()
})

afterEach(() => {
  vi.unstubAllEnvs()
  asked.length = 0
})

async function callAws(env: Readonly<Record<string, string>>, endpointUrl: string) {
  for (const [name, value] of Object.entries({NO_PROXY: '', no_proxy: '', AWS_MAX_ATTEMPTS: '1', ...env}))
    vi.stubEnv(name, value)
  const session = openAwsSession({
    region: 'us-east-1',
    endpointUrl,
    credentials: {accessKeyId: 'AKIATEST', secretAccessKey: 'secret'},
  })
  try {
    return await (await session.offers()).readOffer('us-east-1').catch((error: unknown) => error)
  } finally {
    session.close()
  }
}

test('the proxy of the environment is asked for a tunnel, and its refusal is told as unreachable', async () => {
  const failure = await callAws({HTTPS_PROXY: url}, 'https://bedrock.us-east-1.example.test')

  expect(new Set(asked)).toEqual(new Set(['bedrock.us-east-1.example.test:443']))
  expect(failure).toMatchObject({fault: 'service', exitCode: 5})
})

test('a host that NO_PROXY names is called directly', async () => {
  await callAws({HTTPS_PROXY: url, NO_PROXY: '127.0.0.1'}, 'https://127.0.0.1:9')

  expect(asked).not.toContain('127.0.0.1:9')
})

test('an http endpoint, such as a sandbox on this machine, is called directly', async () => {
  await callAws({HTTPS_PROXY: url}, 'http://127.0.0.1:9')

  expect(asked).not.toContain('127.0.0.1:9')
})
