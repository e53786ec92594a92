import type {RequestHeaders} from './protocol.js'

const LINE_END = '\r\n'

/**
 * The bytes inside an `aws-chunked` body (`<hex size>[;chunk-signature=…]` lines). Trailers are left out; a body that
 * breaks off gives what there is. Chunk signatures are not checked, only the request's own.
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const chunks: Buffer[] = []
  let offset = 0
  for (;;) {
    const lineEnd = body.indexOf(LINE_END, offset)
    if (lineEnd < 0) break
    const size = Number.parseInt(body.toString('latin1', offset, lineEnd), 16)
    if (!(size > 0)) break
    const start = lineEnd + LINE_END.length
    chunks.push(body.subarray(start, start + size))
    offset = start + size + LINE_END.length
  }
  return Buffer.concat(chunks)
}

export function isAwsChunked(headers: RequestHeaders): boolean {
  return (
    (headers['content-encoding']?.includes('aws-chunked') ?? false) ||
    (headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false)
  )
}
