import {createHash} from 'node:crypto'
import {WireError} from '../handler.js'
import type {Payload, RequestHeaders} from '../wire/protocol.js'
import {
  CHECKSUM_PREFIX,
  checksumOf,
  checksumOfHeader,
  isBase64,
  isChecksumText,
  type KnownChecksum,
  knownChecksum,
  runningChecksum,
} from './checksums.js'

// What the headers of a request to S3 say of its body: an MD5, and one checksum as a header or as a trailer.

export interface DeclaredDigests {
  /** Base64. */
  readonly md5: string | undefined
  readonly algorithm: KnownChecksum | undefined
  /** Absent where it comes as a trailer. */
  readonly checksum: string | undefined
}

/** Throws what S3 answers to digests that are none, or more than it takes. */
export function declaredDigests(headers: RequestHeaders): DeclaredDigests {
  const md5 = headers['content-md5']
  if (md5 !== undefined && !isBase64(md5, 16)) {
    throw new WireError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, {'Content-MD5': md5})
  }
  const inHeaders = Object.keys(headers).flatMap((name) => checksumOfHeader(name) ?? [])
  const inTrailers = (headers['x-amz-trailer'] ?? '').split(',').flatMap((name) => {
    return checksumOfHeader(name.trim().toLowerCase()) ?? []
  })
  if (inHeaders.length + inTrailers.length > 1) {
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  }
  const [algorithm = undefined] = [...inHeaders, ...inTrailers]
  checkNamed(headers['x-amz-sdk-checksum-algorithm'], algorithm)
  const checksum = inHeaders.length > 0 && algorithm ? headers[headerOf(algorithm)] : undefined
  if (algorithm && checksum !== undefined) checkText(algorithm, checksum)
  return {md5, algorithm, checksum}
}

const invalid = (message: string): WireError => new WireError('InvalidRequest', message)
const headerOf = (algorithm: KnownChecksum): string => `${CHECKSUM_PREFIX}${algorithm.toLowerCase()}`

function checkNamed(named: string | undefined, algorithm: KnownChecksum | undefined): void {
  if (named === undefined) return
  if (knownChecksum(named) === undefined) throw unsupportedChecksum()
  if (algorithm === undefined) {
    throw invalid(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    )
  }
  if (knownChecksum(named) !== algorithm) throw invalid('Value for x-amz-sdk-checksum-algorithm header is invalid.')
}

export function unsupportedChecksum(): WireError {
  const valid = '[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]'
  return invalid(`Checksum algorithm provided is unsupported. Please try again with any of the valid types: ${valid}`)
}

function checkText(algorithm: KnownChecksum, text: string): void {
  if (!isChecksumText(algorithm, text)) throw invalid(`Value for ${headerOf(algorithm)} header is invalid.`)
}

/** Checks a body that is there as a whole. */
export function checkDigests(headers: RequestHeaders, body: Buffer): void {
  const {md5, algorithm, checksum} = declaredDigests(headers)
  if (md5 !== undefined) compareMd5(md5, createHash('md5').update(body).digest('base64'))
  if (algorithm && checksum !== undefined) compareChecksum(algorithm, checksum, checksumOf(algorithm, body))
}

/** The bytes of an upload on their way, and what they came to once they are all read. */
export interface CheckedBody extends AsyncIterable<Uint8Array> {
  /** Base64, of the algorithms asked for. */
  checksum(algorithm: KnownChecksum): string
}

const NO_BODY: Payload = {bytes: 0, trailers: new Map(), async *[Symbol.asyncIterator]() {}}

/** Reading rejects where the bytes are not the declared ones. `further`: what to compute besides. */
export function checkedBody(
  given: Payload | undefined,
  declared: DeclaredDigests,
  further: readonly KnownChecksum[],
): CheckedBody {
  const body = given ?? NO_BODY
  const {md5, algorithm, checksum} = declared
  const wanted = new Set([...(algorithm ? [algorithm] : []), ...further])
  const running = [...wanted].map((name) => [name, runningChecksum(name)] as const)
  const hash = md5 === undefined ? undefined : createHash('md5')
  const results = new Map<KnownChecksum, string>()
  async function* read(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      for (const [, one] of running) one.update(chunk)
      hash?.update(chunk)
      yield chunk
    }
    for (const [name, one] of running) results.set(name, one.digest().toString('base64'))
    if (md5 !== undefined && hash) compareMd5(md5, hash.digest('base64'))
    if (algorithm) compareChecksum(algorithm, checksum ?? trailerOf(body, algorithm), results.get(algorithm) ?? '')
  }
  return {[Symbol.asyncIterator]: read, checksum: (name) => results.get(name) ?? ''}
}

function trailerOf({trailers}: Payload, algorithm: KnownChecksum): string {
  const text = trailers.get(headerOf(algorithm)) ?? ''
  checkText(algorithm, text)
  return text
}

function compareMd5(declared: string, computed: string): void {
  if (declared === computed) return
  const message = 'The Content-MD5 you specified did not match what we received.'
  const [ExpectedDigest, CalculatedDigest] = [declared, computed]
  throw new WireError('BadDigest', message, 400, {ExpectedDigest, CalculatedDigest})
}

function compareChecksum(algorithm: KnownChecksum, declared: string, computed: string): void {
  if (declared === computed) return
  throw new WireError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
}
