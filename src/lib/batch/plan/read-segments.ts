import {usageError} from '../../core/errors.js'
import type {ByteSource} from '../../jsonl/byte-source.js'

export type Segments = readonly (readonly [number, number])[]

/** Up to so much that nobody wants is read along: opening anew costs more. */
const WIDEST_GAP = 4 * 1024 * 1024

/** Byte ranges [start, end) of a source, in order, put together. A piece is only good until the next one is asked for. */
export async function* readSegments(
  source: ByteSource,
  segments: Segments,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (const reading of readings(segments)) yield* piecesOf(source, reading, signal)
}

/** The bytes of segments, out of one reading from the first to the last of them. */
async function* piecesOf(
  source: ByteSource,
  segments: Segments,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let position = segments[0]?.[0] ?? 0
  const end = segments.at(-1)?.[1] ?? position
  let at = 0
  for await (const chunk of source.read({start: position, end}, signal)) {
    signal?.throwIfAborted()
    const next = position + chunk.length
    for (let [from, to] = segments[at] ?? [end, end]; from < next; [from, to] = segments[at] ?? [end, end]) {
      yield chunk.subarray(Math.max(0, from - position), Math.min(chunk.length, to - position))
      if (to > next) break
      at += 1
    }
    position = next
  }
  if (position < end) {
    throw usageError('INPUT_CHANGED', `${source.name} ended at byte ${position} of ${end} while it was read.`, {
      hint: 'Leave the input as it is while it is read; make a new plan if it was meant to change.',
    })
  }
}

/** Segments that are read in one go. */
function readings(segments: Segments): readonly Segments[] {
  const groups: (readonly [number, number])[][] = []
  for (const segment of segments) {
    const last = groups.at(-1)
    if (last && segment[0] - (last.at(-1)?.[1] ?? 0) <= WIDEST_GAP) last.push(segment)
    else groups.push([segment])
  }
  return groups
}
