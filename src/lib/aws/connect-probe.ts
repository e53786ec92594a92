import {lookup} from 'node:dns/promises'
import {connect as connectTcp, isIP, type Socket} from 'node:net'
import {connect as connectTls} from 'node:tls'
import {networkFailure} from './network-failure.js'
import type {SdkError} from './sdk-error.js'

export interface ConnectProbe {
  readonly addresses: readonly string[]
  readonly ms: number | null
  readonly failure: string | null
}

const PATIENCE_MS = 5000

/** Looks the host up and connects, with TLS for https; sends nothing. Failures are part of the answer, an abort is not. */
export async function probeConnection(url: string, signal: AbortSignal | undefined): Promise<ConnectProbe> {
  const {hostname, port, protocol} = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'https:'
  const startedAt = performance.now()
  let addresses: readonly string[] = []
  try {
    addresses = (await lookup(host, {all: true})).map(({address}) => address)
    signal?.throwIfAborted()
    await open({host, port: Number(port) || (secure ? 443 : 80), secure}, signal)
    return {addresses, ms: performance.now() - startedAt, failure: null}
  } catch (error) {
    signal?.throwIfAborted()
    const failure = networkFailure(error as SdkError, host)
    const why = failure?.why === undefined ? '' : ` (${failure.why})`
    return {addresses, ms: null, failure: failure === undefined ? String(error) : `${failure.message}${why}`}
  }
}

interface Target {
  readonly host: string
  readonly port: number
  readonly secure: boolean
}

function open({host, port, secure}: Target, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = secure
      ? connectTls({host, port, ...(isIP(host) === 0 ? {servername: host} : {})})
      : connectTcp({host, port})
    const stop = () => socket.destroy(new Error('aborted'))
    signal?.addEventListener('abort', stop, {once: true})
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(Object.assign(new Error('timeout'), {code: 'ETIMEDOUT'})))
    socket.once('error', reject)
    socket.once('close', () => signal?.removeEventListener('abort', stop))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.destroy()
      resolve()
    })
  })
}
