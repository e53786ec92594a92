import type {AddressInfo} from 'node:net'
import {createServer} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {probeConnection} from '../../../src/lib/aws/connect-probe.js'
import {startScriptedServer} from '../../support/scripted-server.js'

/** Accepts connections and never says a word. */
async function silentPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test('a server that listens is reached, and nothing is sent', async () => {
  const server = await startScriptedServer(() => ({}))

  const probe = await probeConnection(server.url, undefined)

  expect(probe).toMatchObject({addresses: ['127.0.0.1'], failure: null})
  expect(probe.ms).toBeGreaterThan(0)
  expect(server.seen).toEqual([])
})

test('a port on which nothing listens is a failure with its words', async () => {
  expect(await probeConnection('http://127.0.0.1:9', undefined)).toEqual({
    addresses: ['127.0.0.1'],
    ms: null,
    failure: '127.0.0.1 refuses the connection. (ECONNREFUSED)',
  })
})

test('a server that does not speak TLS fails an https endpoint', async () => {
  const server = await startScriptedServer(() => ({}))

  const probe = await probeConnection(server.url.replace('http:', 'https:'), undefined)

  expect(probe.ms).toBeNull()
  expect(probe.failure).toContain('TLS connection to 127.0.0.1 failed')
})

test('an abort ends the probe', async () => {
  const stop = new AbortController()
  const probing = probeConnection(`https://127.0.0.1:${await silentPort()}`, stop.signal)

  stop.abort()

  await expect(probing).rejects.toMatchObject({name: 'AbortError'})
})
