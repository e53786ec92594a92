import {createHash, createHmac} from 'node:crypto'
import {KEY} from './plain-world.js'

// Signature version 4 written a second time, from its documentation, for requests that no SDK client sends.

export interface SignableRequest {
  readonly url: string
  readonly method?: string
  readonly path: string
  readonly service: string
  readonly region?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  /** What the payload's hash is said to be; default: that of the body. */
  readonly payloadHash?: string
  /** The moment it was signed at. */
  readonly at?: Date
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

interface Canonical {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly payloadHash: string
}

function sign(canonical: Canonical, time: string, scope: string, secret: string): string {
  const {method, path, query, headers, payloadHash} = canonical
  const names = Object.keys(headers).sort()
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
  const request = [method, path, query, lines, names.join(';'), payloadHash].join('\n')
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')
  const key = scope.split('/').reduce<Buffer | string>((derived, part) => hmac(derived, part), `AWS4${secret}`)
  return hmac(key, text).toString('hex')
}

/** The headers of a signed request; the path must need no further encoding. */
export function signedHeaders(request: SignableRequest): Record<string, string> {
  const {url, method = 'POST', path, service, region = 'eu-central-1', body = '', at = new Date()} = request
  const time = stamp(at)
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`
  const [bare = '', query = ''] = path.split('?')
  const headers = {...request.headers, host: new URL(url).host, 'x-amz-date': time}
  const canonical = {method, path: bare, query, headers, payloadHash: request.payloadHash ?? sha256(body)}
  const signature = sign(canonical, time, scope, request.secretAccessKey ?? KEY.secretAccessKey)
  const names = Object.keys(headers).sort().join(';')
  const credential = `Credential=${request.accessKeyId ?? KEY.accessKeyId}/${scope}`
  return {...headers, authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`}
}

/** The path of a presigned GET, signature included. `path` may have a query. */
export function presignedPath(request: SignableRequest & {readonly expiresInSeconds: number}): string {
  const {url, path, service, region = 'eu-central-1', at = new Date(), expiresInSeconds} = request
  const time = stamp(at)
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`
  const [bare = '', own = ''] = path.split('?')
  const parameters = new URLSearchParams(own)
  parameters.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256')
  parameters.set('X-Amz-Credential', `${request.accessKeyId ?? KEY.accessKeyId}/${scope}`)
  parameters.set('X-Amz-Date', time)
  parameters.set('X-Amz-Expires', String(expiresInSeconds))
  parameters.set('X-Amz-SignedHeaders', 'host')
  parameters.sort()
  const query = parameters.toString().replaceAll('+', '%20')
  const payloadHash = service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256('')
  const canonical = {method: 'GET', path: bare, query, headers: {host: new URL(url).host}, payloadHash}
  return `${bare}?${query}&X-Amz-Signature=${sign(canonical, time, scope, request.secretAccessKey ?? KEY.secretAccessKey)}`
}
