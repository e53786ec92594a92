import type {IncomingMessage} from 'node:http'
import type {Http2ServerRequest} from 'node:http2'
import {decodeAwsChunked, isAwsChunked} from './wire/aws-chunked.js'
import type {RequestHeaders, WireRequest} from './wire/protocol.js'

export type Incoming = IncomingMessage | Http2ServerRequest

/** The caller sent more than the sandbox takes. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/** Everything of a request but its body. */
export interface RequestHead {
  readonly method: string
  readonly signedPath: string
  readonly path: string
  readonly rawQuery: string
  readonly query: URLSearchParams
  readonly headers: RequestHeaders
  /** Region that the path names, for credentials that carry none: `/_region/eu-west-1/foundation-models`. */
  readonly pathRegion: string | undefined
}

export function readHead(incoming: Incoming): RequestHead {
  const url = incoming.url ?? '/'
  const mark = url.indexOf('?')
  const signedPath = mark < 0 ? url : url.slice(0, mark)
  const rawQuery = mark < 0 ? '' : url.slice(mark + 1)
  const prefixed = /^\/_region\/([a-z0-9-]+)(\/.*)?$/.exec(signedPath)
  return {
    method: incoming.method ?? 'GET',
    signedPath,
    path: prefixed ? (prefixed[2] ?? '/') : signedPath,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: readHeaders(incoming),
    pathRegion: prefixed?.[1],
  }
}

/** HTTP/2's host; clients sign it under this name. */
const AUTHORITY = ':authority'

function readHeaders(incoming: Incoming): RequestHeaders {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || (name.startsWith(':') && name !== AUTHORITY)) continue
    headers[name] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  headers['host'] ??= headers[AUTHORITY]
  return headers
}

export async function readRequest(incoming: Incoming, head: RequestHead, limit: number): Promise<WireRequest> {
  const {pathRegion: _, ...rest} = head
  const rawBody = await readBody(incoming, head, limit)
  return {...rest, rawBody, body: isAwsChunked(head.headers) ? decodeAwsChunked(rawBody) : rawBody}
}

/** A request whose body is read as it is used, whatever its length. */
export function openRequest(incoming: Incoming, head: RequestHead): WireRequest {
  const {pathRegion: _, ...rest} = head
  const nothing = Buffer.alloc(0)
  // A reader that gives up must not cut the connection: the answer is still to come.
  return {...rest, rawBody: nothing, body: nothing, incoming: incoming.iterator({destroyOnReturn: false})}
}

async function readBody(incoming: Incoming, {headers}: RequestHead, limit: number): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > limit) throw new BodyTooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > limit) throw new BodyTooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, size)
}
