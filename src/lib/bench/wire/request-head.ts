import type {DialectId, LanePlan, Origin, Secret} from './lane.js'
import {createSigner} from './sigv4.js'

const ACCEPT: Readonly<Record<DialectId, string>> = {
  'converse-stream': 'application/vnd.amazon.eventstream',
  'invoke-anthropic': 'application/vnd.amazon.eventstream',
  'invoke-nova': 'application/vnd.amazon.eventstream',
  'invoke-llama': 'application/vnd.amazon.eventstream',
  'invoke-mistral': 'application/vnd.amazon.eventstream',
  'invoke-chat': 'application/vnd.amazon.eventstream',
  'openai-chat': 'text/event-stream',
  'openai-responses': 'text/event-stream',
  'anthropic-messages': 'text/event-stream',
  'ollama-chat': 'application/x-ndjson',
  'invoke-embedding': 'application/json',
  'openai-embedding': 'application/json',
}

/** Head of one request, with its empty line: what is written before the body. All of it is latin1. */
export type RequestHead = (secret: Secret, body: Uint8Array, nowMs: number) => string

/** Heads of all requests of a lane. Signed at the moment of sending: a signature ages, and a queue must not age it. */
export function createRequestHead(lane: LanePlan): RequestHead {
  const headers = headersOf(lane)
  const target = lane.proxy !== undefined && !lane.origin.tls ? `http://${hostOf(lane.origin)}${lane.path}` : lane.path
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const start = `POST ${target} HTTP/1.1\r\n${lines}connection: keep-alive\r\n`
  const {auth, path} = lane
  const sign =
    auth.kind === 'sigv4' ? createSigner({...auth, method: 'POST', path, headers: headers.filter(isSigned)}) : undefined
  return (secret, body, nowMs) => {
    const length = `content-length: ${body.length}\r\n`
    if (secret.kind === 'bearer') return `${start}${length}authorization: Bearer ${clean(secret.token)}\r\n\r\n`
    if (secret.kind === 'none' || sign === undefined) return `${start}${length}\r\n`
    return `${start}${length}${sign(secret, body, nowMs)}\r\n`
  }
}

/** Host header of an origin: the port only where it is not the usual one. */
export function hostOf({tls, host, port}: Origin): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return port === (tls ? 443 : 80) ? name : `${name}:${port}`
}

/** What the lane names wins over what every request has. */
function headersOf(lane: LanePlan): readonly (readonly [name: string, value: string])[] {
  const own = lane.headers.map(([name, value]) => [name.toLowerCase(), clean(value)] as const)
  const usual = [
    ['host', hostOf(lane.origin)],
    ['user-agent', 'bedrockctl-bench'],
    ['content-type', 'application/json'],
    ['accept', ACCEPT[lane.dialect]],
  ] as const
  return [...usual.filter(([name]) => !own.some(([known]) => known === name)), ...own]
}

function isSigned([name]: readonly [name: string, value: string]): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-amz')
}

/** A line break would start another header. */
function clean(value: string): string {
  return value.replace(/[\r\n\0]+/g, ' ')
}
