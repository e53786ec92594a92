import {createHash} from 'node:crypto'
import type {Signer} from './access.js'
import {chunkSignature} from './auth.js'
import {WireError} from './handler.js'
import {isAwsChunked} from './wire/aws-chunked.js'
import {BrokenFraming, readFrames} from './wire/aws-chunked-stream.js'
import {commonError} from './wire/common-errors.js'
import type {Payload, RequestHeaders, WireRequest} from './wire/protocol.js'

// What an upload's signature says of its body, checked while the body is read.

const UNSIGNED = 'UNSIGNED-PAYLOAD'
const STREAMING = [
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
]
const EMPTY_HASH = createHash('sha256').digest('hex')
/** Of one PutObject or UploadPart: 5 GiB. */
const MAX_BYTES = 5 * 1024 ** 3
/** Of every chunk but the last. */
const MIN_CHUNK = 8192

/** Throws what S3 says of headers that announce a body it does not take. */
export function openPayload(request: WireRequest, incoming: AsyncIterable<Uint8Array>, signer: Signer): Payload {
  const stated = statedHash(request.headers, signer)
  const trailers = new Map<string, string>()
  const bytes = announcedBytes(request.headers)
  if (bytes > MAX_BYTES) throw tooLarge(bytes)
  const chunks = isAwsChunked(request.headers)
    ? decoded(incoming, {headers: request.headers, stated, signer, trailers, bytes})
    : hashed(incoming, stated)
  return {bytes, trailers, [Symbol.asyncIterator]: () => chunks[Symbol.asyncIterator]()}
}

function statedHash(headers: RequestHeaders, {signed}: Signer): string {
  const stated = headers['x-amz-content-sha256'] ?? (signed.kind === 'sigv4-query' ? UNSIGNED : undefined)
  if (stated === undefined) {
    throw new WireError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  }
  if (stated === UNSIGNED || STREAMING.includes(stated) || /^[0-9a-f]{64}$/.test(stated)) return stated
  const names = [UNSIGNED, ...STREAMING].join(', ')
  const message = `x-amz-content-sha256 must be ${names} or a valid sha256 value.`
  throw new WireError('InvalidArgument', message, 400, {
    ArgumentName: 'x-amz-content-sha256',
    ArgumentValue: stated,
  })
}

function announcedBytes(headers: RequestHeaders): number {
  const name = isAwsChunked(headers) ? 'x-amz-decoded-content-length' : 'content-length'
  const text = headers[name]
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text)
  throw new WireError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411)
}

function tooLarge(bytes: number): WireError {
  return new WireError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    ProposedSize: bytes,
    MaxSizeAllowed: MAX_BYTES,
  })
}

async function* hashed(incoming: AsyncIterable<Uint8Array>, stated: string): AsyncGenerator<Uint8Array> {
  if (stated === UNSIGNED) return yield* incoming
  const hash = createHash('sha256')
  for await (const chunk of incoming) {
    hash.update(chunk)
    yield chunk
  }
  const computed = hash.digest('hex')
  if (computed === stated) return undefined
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed."
  throw new WireError('XAmzContentSHA256Mismatch', message, 400, {
    ClientComputedContentSHA256: stated,
    S3ComputedContentSHA256: computed,
  })
}

interface Decoding {
  readonly headers: RequestHeaders
  readonly stated: string
  readonly signer: Signer
  /** Filled on the way. */
  readonly trailers: Map<string, string>
  readonly bytes: number
}

async function* decoded(incoming: AsyncIterable<Uint8Array>, decoding: Decoding): AsyncGenerator<Uint8Array> {
  const {headers, trailers} = decoding
  const seal = new Seal(decoding)
  const size = new SizeCheck(decoding.bytes)
  try {
    for await (const frame of readFrames(incoming)) {
      if (frame.kind === 'bytes') {
        seal.update(frame.bytes)
        size.add(frame.bytes.length)
        yield frame.bytes
      } else if (frame.kind === 'chunk') {
        seal.close(frame.signature)
        size.endChunk(frame.size)
      } else trailers.set(frame.name, frame.value)
    }
  } catch (error) {
    if (!(error instanceof BrokenFraming)) throw error
    throw new WireError('IncompleteBody', 'The request body terminated unexpectedly', 400)
  }
  size.end()
  checkTrailers(headers, trailers)
  seal.closeTrailers(trailers)
}

class SizeCheck {
  readonly #announced: number
  #bytes = 0
  #small = false

  constructor(announced: number) {
    this.#announced = announced
  }

  add(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#announced) throw incomplete()
  }

  endChunk(size: number): void {
    if (size > 0 && this.#small) {
      const message = 'Only the last chunk is allowed to have a size less than 8192 bytes'
      throw new WireError('InvalidChunkSizeError', message, 403)
    }
    this.#small = size < MIN_CHUNK
  }

  end(): void {
    if (this.#bytes !== this.#announced) throw incomplete()
  }
}

const incomplete = (): WireError =>
  new WireError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    400,
  )

/** Each chunk's signature covers its bytes and the signature before it; the first follows the request's own. */
class Seal {
  readonly #signer: Signer
  readonly #signsChunks: boolean
  readonly #signsTrailer: boolean
  #before: string
  #hash = createHash('sha256')

  constructor({stated, signer}: Decoding) {
    this.#signer = signer
    this.#signsChunks = stated.startsWith('STREAMING-AWS4-')
    this.#signsTrailer = this.#signsChunks && stated.endsWith('-TRAILER')
    this.#before = signer.signed.signature
  }

  update(bytes: Uint8Array): void {
    if (this.#signsChunks) this.#hash.update(bytes)
  }

  close(signature: string | undefined): void {
    if (!this.#signsChunks) return
    this.#check('PAYLOAD', [EMPTY_HASH, this.#hash.digest('hex')], signature)
    this.#hash = createHash('sha256')
  }

  closeTrailers(trailers: Map<string, string>): void {
    if (!this.#signsTrailer) return
    const signature = trailers.get(TRAILER_SIGNATURE)
    trailers.delete(TRAILER_SIGNATURE)
    const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('')
    this.#check('TRAILER', [createHash('sha256').update(text).digest('hex')], signature)
  }

  #check(kind: 'PAYLOAD' | 'TRAILER', hashes: string[], signature: string | undefined): void {
    const {signed, secretAccessKey} = this.#signer
    const expected = chunkSignature(signed, secretAccessKey, {kind, before: this.#before, hashes})
    if (signature !== expected) throw commonError('bad-signature', 'restXml')
    this.#before = expected
  }
}

const TRAILER_SIGNATURE = 'x-amz-trailer-signature'

/** What is announced must come, and nothing else. */
function checkTrailers(headers: RequestHeaders, trailers: ReadonlyMap<string, string>): void {
  const announced = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase())
  const wanted = announced.filter((name) => name !== '')
  const came = [...trailers.keys()].filter((name) => name !== TRAILER_SIGNATURE)
  if (wanted.length === came.length && came.every((name) => wanted.includes(name))) return
  const message =
    'The request contained trailing data that was not well-formed or did not conform to our published schema.'
  throw new WireError('MalformedTrailerError', message)
}
