import {createHash} from 'node:crypto'
import {crc32Base64} from '../core/crc32.js'
import {persist} from './persist.js'
import type {UploadedPart} from './ports.js'
import type {UploadFrame, UploadTask} from './upload-object.js'

/** An upload in parts that S3 knows. */
export interface StartedUpload {
  readonly uploadId: string
  readonly partBytes: number
  /** Those that S3 has, when the upload was looked at. */
  readonly parts?: readonly UploadedPart[] | undefined
}

const MIB = 1024 * 1024
const MOST_PARTS = 10_000
const PARTS_AT_ONCE = 4

/** Objects from this size on go in parts. */
export const MULTIPART_FROM = 16 * MIB

/** Bytes of each part but the last: no more parts than S3 takes, and none so small that its request weighs. */
export function partBytesFor(bytes: number): number {
  return Math.max(8 * MIB, Math.ceil(bytes / MOST_PARTS / MIB) * MIB)
}

/**
 * Sends the parts that S3 has not, several at once, and digests all of them on the way. Memory holds one part more than
 * are under way.
 */
export async function sendParts(
  task: UploadTask,
  {uploadId, partBytes, parts: known = []}: StartedUpload,
  frame: UploadFrame,
): Promise<{readonly parts: readonly UploadedPart[]; readonly sha256: string}> {
  const failed = new AbortController()
  const signal = frame.signal ? AbortSignal.any([frame.signal, failed.signal]) : failed.signal
  const digest = createHash('sha256')
  const buffers: Buffer[] = []
  const parts: UploadedPart[] = []
  const underWay = new Set<Promise<void>>()
  const there = new Map(known.map((part) => [part.number, part]))
  const place = {...task.place, uploadId}

  const send = async (number: number, body: Buffer): Promise<void> => {
    const same = there.get(number)
    const kept = same !== undefined && same.bytes === body.length && same.crc32 === crc32Base64(body)
    const part = kept
      ? same
      : await persist(() => frame.store.putPart(place, {number, body}, task.owner, signal), {...frame, signal})
    frame.onSent(body.length)
    parts.push(part)
  }
  try {
    let number = 0
    for await (const body of cut(task.read(signal), partBytes, () => buffers.pop() ?? Buffer.allocUnsafe(partBytes))) {
      digest.update(body)
      number += 1
      const sending = send(number, body).finally(() => {
        underWay.delete(sending)
        buffers.push(Buffer.from(body.buffer, body.byteOffset, partBytes))
      })
      sending.catch(() => undefined)
      underWay.add(sending)
      while (underWay.size >= PARTS_AT_ONCE) await Promise.race(underWay)
    }
    await Promise.all(underWay)
  } catch (failure) {
    failed.abort()
    await Promise.allSettled(underWay)
    throw failure
  }
  return {parts: parts.toSorted((a, b) => a.number - b.number), sha256: digest.digest('hex')}
}

/** Chunks put together into pieces of one size, the last one shorter; each in memory that `take` gives. */
async function* cut(chunks: AsyncIterable<Uint8Array>, pieceBytes: number, take: () => Buffer): AsyncGenerator<Buffer> {
  let piece = take()
  let filled = 0
  for await (const chunk of chunks) {
    let at = 0
    while (at < chunk.length) {
      const some = Math.min(pieceBytes - filled, chunk.length - at)
      piece.set(chunk.subarray(at, at + some), filled)
      filled += some
      at += some
      if (filled < pieceBytes) continue
      yield piece
      piece = take()
      filled = 0
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}
