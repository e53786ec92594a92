import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'

test('an abort ends a read whose answer has begun and goes no further', async () => {
  const server = createServer((_, answer) => {
    answer.writeHead(200, {'content-length': '1000', etag: '"one"'})
    answer.write('0123456789')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const session = openAwsSession({
    endpointUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'},
  })
  onTestFinished(() => {
    session.close()
    server.closeAllConnections()
    server.close()
  })
  const stop = new AbortController()
  const store = await session.objectStore()
  const bytes = store.read({bucket: 'a-bucket', key: 'key'}, undefined, {region: 'eu-west-1'}, stop.signal)
  const read = bytes[Symbol.asyncIterator]()

  expect(Buffer.from((await read.next()).value ?? []).toString()).toBe('0123456789')
  const next = read.next()
  stop.abort()

  await expect(next).rejects.toMatchObject({name: 'AbortError'})
})
