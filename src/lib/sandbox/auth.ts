import {createHash, createHmac, timingSafeEqual} from 'node:crypto'
import type {WireRequest} from './wire/protocol.js'

// Signature version 4, verified with our own code: the SDK's signer is what is under test.

/** A request's claim of who sent it. Its credential scope also says which service and Region it means. */
export interface Signed {
  readonly kind: 'sigv4' | 'sigv4-query'
  readonly accessKeyId: string
  /** `YYYYMMDD/region/service/aws4_request` */
  readonly scope: string
  readonly date: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `YYYYMMDDTHHMMSSZ`; empty when the request has no date. */
  readonly time: string
  readonly sessionToken: string | undefined
  /** How long a presigned URL holds. */
  readonly expiresInSeconds: number | undefined
}

export type Authorization =
  | Signed
  | {readonly kind: 'bearer'; readonly token: string}
  | {readonly kind: 'none'}
  | {readonly kind: 'malformed'; readonly reason: string}

type Claim = Pick<WireRequest, 'headers' | 'query'>

export function parseAuthorization({headers, query}: Claim): Authorization {
  const header = headers['authorization']
  if (header?.startsWith('Bearer ')) return {kind: 'bearer', token: header.slice('Bearer '.length).trim()}
  if (header !== undefined) return parseHeader(header, headers)
  if (query.has('X-Amz-Credential')) return parsePresigned(query)
  if (query.has('AWSAccessKeyId') && query.has('Signature')) {
    return {
      kind: 'malformed',
      reason: "The URL is signed with Signature Version 2. Presign with Version 4 (boto3: signature_version='s3v4').",
    }
  }
  return {kind: 'none'}
}

function parseHeader(header: string, headers: Claim['headers']): Authorization {
  const match = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
    header,
  )
  if (!match)
    return {kind: 'malformed', reason: 'Authorization header requires Credential, SignedHeaders and Signature.'}
  const [, credential = '', signedHeaders = '', signature = ''] = match
  return signedBy(credential, {
    kind: 'sigv4',
    signedHeaders: signedHeaders.split(';'),
    signature,
    time: headers['x-amz-date'] ?? compactTime(headers['date']),
    sessionToken: headers['x-amz-security-token'] || undefined,
    expiresInSeconds: undefined,
  })
}

function parsePresigned(query: URLSearchParams): Authorization {
  const expires = Number(query.get('X-Amz-Expires') ?? Number.NaN)
  return signedBy(query.get('X-Amz-Credential') ?? '', {
    kind: 'sigv4-query',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    time: query.get('X-Amz-Date') ?? '',
    sessionToken: query.get('X-Amz-Security-Token') || undefined,
    expiresInSeconds: Number.isFinite(expires) ? expires : 0,
  })
}

type Proof = Omit<Signed, 'accessKeyId' | 'scope' | 'date' | 'region' | 'service'>

function signedBy(credential: string, proof: Proof): Authorization {
  const parts = credential.split('/')
  const [date, region, service, terminator] = parts.slice(-4)
  const accessKeyId = parts.slice(0, -4).join('/')
  if (!(date && region && service && accessKeyId) || terminator !== 'aws4_request') {
    return {kind: 'malformed', reason: 'Credential must have the form KEY/DATE/REGION/SERVICE/aws4_request.'}
  }
  return {...proof, accessKeyId, date, region, service, scope: parts.slice(-4).join('/')}
}

function compactTime(httpDate: string | undefined): string {
  const time = Date.parse(httpDate ?? '')
  return Number.isNaN(time) ? '' : compact(time)
}

/** `20260102T030405Z`, as signatures write a moment. */
export const compact = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')

/** Milliseconds; `NaN` when the text is no such moment. */
export function parseCompact(time: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(time)
  if (!match) return Number.NaN
  const [, year, month, day, hour, minute, second] = match
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

type SignedRequest = Pick<WireRequest, 'method' | 'signedPath' | 'rawQuery' | 'headers' | 'rawBody' | 'incoming'>

/** HTTP/2 has its own name for the host. */
const HOST_HEADERS: ReadonlySet<string> = new Set(['host', ':authority'])

/**
 * True when the request is what the holder of `secretAccessKey` signed, body included, unless that is still to come.
 */
export function signatureHolds(signed: Signed, secretAccessKey: string, request: SignedRequest): boolean {
  if (signed.time.slice(0, 8) !== signed.date || !signed.signedHeaders.some((name) => HOST_HEADERS.has(name)))
    return false
  const payloadHash = statedPayloadHash(signed, request)
  const text = [
    'AWS4-HMAC-SHA256',
    signed.time,
    signed.scope,
    sha256(canonicalRequest(signed, request, payloadHash)),
  ].join('\n')
  const expected = hmac(signingKey(secretAccessKey, signed), text)
  const given = Buffer.from(signed.signature, 'hex')
  const equal = given.length === expected.length && timingSafeEqual(given, expected)
  return equal && (request.incoming !== undefined || payloadHolds(payloadHash, request.rawBody))
}

function statedPayloadHash(signed: Signed, {headers, rawBody}: SignedRequest): string {
  const stated = headers['x-amz-content-sha256']
  if (stated !== undefined) return stated
  return signed.kind === 'sigv4-query' && signed.service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256(rawBody)
}

function payloadHolds(stated: string, body: Buffer): boolean {
  return stated.startsWith('STREAMING-') || stated === 'UNSIGNED-PAYLOAD' || stated === sha256(body)
}

function canonicalRequest(signed: Signed, request: SignedRequest, payloadHash: string): string {
  // S3 signs the path as sent; every other service encodes each segment once more.
  const path = signed.service === 's3' ? request.signedPath : request.signedPath.split('/').map(encode).join('/')
  const headers = signed.signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name])}\n`).join('')
  return [
    request.method,
    path,
    canonicalQuery(request.rawQuery),
    headers,
    signed.signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

const canonicalValue = (value = ''): string => value.trim().replace(/ +/g, ' ')

function canonicalQuery(rawQuery: string): string {
  return [...new URLSearchParams(rawQuery)]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compareText(a, b) || compareText(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** The signature of one chunk of a body, or of its trailer, after the signature before it. */
export function chunkSignature(
  signed: Signed,
  secretAccessKey: string,
  {kind, before, hashes}: {readonly kind: 'PAYLOAD' | 'TRAILER'; readonly before: string; readonly hashes: string[]},
): string {
  const text = [`AWS4-HMAC-SHA256-${kind}`, signed.time, signed.scope, before, ...hashes].join('\n')
  return hmac(signingKey(secretAccessKey, signed), text).toString('hex')
}

const MAX_KEYS = 500
const keys = new Map<string, Buffer>()

/** Derived keys are kept: deriving one costs as much as the rest of the check. */
function signingKey(secretAccessKey: string, {scope, date, region, service}: Signed): Buffer {
  const id = `${secretAccessKey}\n${scope}`
  const known = keys.get(id)
  if (known) return known
  const key = [region, service, 'aws4_request'].reduce(
    (derived, part) => hmac(derived, part),
    hmac(`AWS4${secretAccessKey}`, date),
  )
  if (keys.size >= MAX_KEYS) keys.clear()
  keys.set(id, key)
  return key
}
