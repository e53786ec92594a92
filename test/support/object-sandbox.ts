import {createHash, createHmac} from 'node:crypto'
import {S3Client} from '@aws-sdk/client-s3'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {type RawAnswer, rawRequest} from './raw-request.js'
import {signedHeaders} from './sign.js'

/** A sandbox with an S3 client of its login, for Ireland. */
export interface ObjectSandbox extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly s3: S3Client
}

export async function openObjectSandbox(): Promise<ObjectSandbox> {
  const sandbox = await startSandbox({checkOutput: true})
  const s3 = new S3Client(s3Settings(sandbox))
  return {
    sandbox,
    s3,
    async [Symbol.asyncDispose]() {
      s3.destroy()
      await sandbox.close()
    },
  }
}

export const REGION = 'eu-west-1'

export function s3Settings({url, world}: Sandbox) {
  const {accessKeyId, secretAccessKey} = world.login
  return {endpoint: url, region: REGION, maxAttempts: 1, credentials: {accessKeyId, secretAccessKey}}
}

export interface RawPut {
  readonly path: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** The value of x-amz-content-sha256; default: the body's own hash. */
  readonly payloadHash?: string
}

/** A signed PUT that no SDK client would send. */
export function rawPut(sandbox: Sandbox, put: RawPut): Promise<RawAnswer> {
  const {path, body = ''} = put
  const headers = {...signedPut(sandbox, put), 'content-length': String(body.length)}
  return rawRequest(sandbox.url, {method: 'PUT', path, headers, body})
}

/** The headers of a signed PUT. */
export function signedPut({url, world}: Sandbox, {path, body = '', headers = {}, payloadHash}: RawPut) {
  const hash = payloadHash ?? sha256(body)
  const {accessKeyId, secretAccessKey} = world.login
  return signedHeaders({
    url,
    method: 'PUT',
    path,
    service: 's3',
    region: REGION,
    headers: {...headers, 'x-amz-content-sha256': hash},
    payloadHash: hash,
    accessKeyId,
    secretAccessKey,
  })
}

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export interface ChunkedPut {
  readonly path: string
  readonly chunks: readonly string[]
  /** Sent behind the chunks, signed too. */
  readonly trailers?: Readonly<Record<string, string>>
  /** What to do to the body before it is sent. */
  readonly tamper?: (body: string) => string
}

/** A signed PUT of signed chunks, from the documentation of Signature Version 4 for streams. */
export function chunkedPut(sandbox: Sandbox, {path, chunks, trailers, tamper}: ChunkedPut): Promise<RawAnswer> {
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const stated = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailers ? '-TRAILER' : ''}`
  const headers = signedHeaders({
    url: sandbox.url,
    method: 'PUT',
    path,
    service: 's3',
    region: REGION,
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': stated,
      'x-amz-decoded-content-length': String(chunks.join('').length),
      ...(trailers && {'x-amz-trailer': Object.keys(trailers).join(',')}),
    },
    payloadHash: stated,
    accessKeyId,
    secretAccessKey,
  })
  const body = frame(headers, {secretAccessKey, chunks, trailers})
  return rawRequest(sandbox.url, {method: 'PUT', path, headers, body: tamper ? tamper(body) : body})
}

interface Framing extends Pick<ChunkedPut, 'chunks'> {
  readonly secretAccessKey: string
  readonly trailers: ChunkedPut['trailers'] | undefined
}

function frame(
  headers: Readonly<Record<string, string | undefined>>,
  {secretAccessKey, chunks, trailers}: Framing,
): string {
  const time = headers['x-amz-date'] ?? ''
  const scope = `${time.slice(0, 8)}/${REGION}/s3/aws4_request`
  const key = scope.split('/').reduce<Buffer | string>((derived, part) => hmac(derived, part), `AWS4${secretAccessKey}`)
  let before = /Signature=(.*)/.exec(headers['authorization'] ?? '')?.[1] ?? ''
  const seal = (kind: string, hashes: readonly string[]): string => {
    before = hmac(key, [`AWS4-HMAC-SHA256-${kind}`, time, scope, before, ...hashes].join('\n')).toString('hex')
    return before
  }
  const framed = [...chunks, ''].map((chunk) => {
    const signature = seal('PAYLOAD', [sha256(''), sha256(chunk)])
    const bytes = chunk === '' ? '' : `${chunk}\r\n`
    return `${chunk.length.toString(16)};chunk-signature=${signature}\r\n${bytes}`
  })
  if (!trailers) return `${framed.join('')}\r\n`
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}`)
  const signature = seal('TRAILER', [sha256(lines.map((line) => `${line}\n`).join(''))])
  return `${framed.join('')}${[...lines, `x-amz-trailer-signature:${signature}`].join('\r\n')}\r\n\r\n`
}
