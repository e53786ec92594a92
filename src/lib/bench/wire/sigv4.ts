import {createHash, createHmac} from 'node:crypto'
import type {Secret} from './lane.js'

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
// All that is the same for every request of a target is put together once; the signing key is kept for its day.

const ALGORITHM = 'AWS4-HMAC-SHA256'

export type Keys = Extract<Secret, {kind: 'keys'}>

/** What is signed of every request of a target. */
export interface SignedParts {
  readonly method: string
  /** As sent: percent-encoded, with the query. */
  readonly path: string
  /** Lower-case names, `host` among them; without x-amz-date and x-amz-security-token. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly service: string
  readonly region: string
}

/** Makes the header lines of a signature, each ended by CR LF: date, token where there is one, authorization. */
export type Signer = (keys: Keys, body: Uint8Array, nowMs: number) => string

export function createSigner(parts: SignedParts): Signer {
  const plain = canonicalRequest(parts, undefined)
  let withToken = plain
  let token: string | undefined
  let key: SigningKey | undefined
  let second = Number.NaN
  let date = ''
  return (keys, body, nowMs) => {
    if (Math.floor(nowMs / 1000) !== second) {
      second = Math.floor(nowMs / 1000)
      date = amzDate(nowMs)
    }
    if (keys.sessionToken !== undefined && keys.sessionToken !== token) {
      token = keys.sessionToken
      withToken = canonicalRequest(parts, token)
    }
    const request = keys.sessionToken === undefined ? plain : withToken
    if (key === undefined || key.secret !== keys.secretAccessKey || !date.startsWith(key.day))
      key = signingKey(keys, date, parts)
    const hash = sha256(`${request.beforeDate}${date}${request.afterDate}${sha256(body)}`)
    const signature = createHmac('sha256', key.bytes)
      .update(`${ALGORITHM}\n${date}\n${key.scope}\n${hash}`)
      .digest('hex')
    const credential = `Credential=${keys.accessKeyId}/${key.scope}`
    return `x-amz-date: ${date}\r\n${request.tokenLine}authorization: ${ALGORITHM} ${credential}, SignedHeaders=${request.signed}, Signature=${signature}\r\n`
  }
}

interface CanonicalRequest {
  readonly beforeDate: string
  /** Up to the hash of the body. */
  readonly afterDate: string
  readonly signed: string
  readonly tokenLine: string
}

function canonicalRequest(parts: SignedParts, token: string | undefined): CanonicalRequest {
  const [path = '/', query = ''] = splitOnce(parts.path, '?')
  const headers = [...parts.headers.map(([name, value]) => [name.toLowerCase(), canonicalValue(value)] as const)]
  if (token !== undefined) headers.push(['x-amz-security-token', token])
  const names = [...headers.map(([name]) => name), 'x-amz-date'].sort(byBytes)
  const lines = (from: number, to: number): string =>
    names
      .slice(from, to)
      .map((name) => `${name}:${headers.find(([known]) => known === name)?.[1] ?? ''}\n`)
      .join('')
  const date = names.indexOf('x-amz-date')
  const signed = names.join(';')
  return {
    beforeDate: `${parts.method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${lines(0, date)}x-amz-date:`,
    afterDate: `\n${lines(date + 1, names.length)}\n${signed}\n`,
    signed,
    tokenLine: token === undefined ? '' : `x-amz-security-token: ${token}\r\n`,
  }
}

interface SigningKey {
  readonly secret: string
  readonly day: string
  readonly scope: string
  readonly bytes: Buffer
}

function signingKey(keys: Keys, date: string, {region, service}: SignedParts): SigningKey {
  const day = date.slice(0, 8)
  const bytes = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${keys.secretAccessKey}`,
  )
  return {
    secret: keys.secretAccessKey,
    day,
    scope: `${day}/${region}/${service}/aws4_request`,
    bytes: Buffer.from(bytes),
  }
}

/** All services but S3 encode the path, which is encoded already, once more. */
function canonicalPath(path: string): string {
  return path.split('/').map(encode).join('/')
}

function canonicalQuery(query: string): string {
  if (query === '') return ''
  const pairs = query.split('&').map((pair) => (pair.includes('=') ? pair : `${pair}=`))
  return pairs.sort(byBytes).join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function canonicalValue(value: string): string {
  return value.trim().replace(/ +/g, ' ')
}

function splitOnce(text: string, sign: string): readonly string[] {
  const at = text.indexOf(sign)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function byBytes(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** 20150830T123600Z */
function amzDate(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}
