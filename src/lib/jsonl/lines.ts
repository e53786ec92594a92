import {type BedrockctlError, usageError} from '../core/errors.js'
import type {ByteRange, ByteSource} from './byte-source.js'
import {type Line, LineCutter} from './line-cutter.js'

export interface LineReading {
  /** Reads the lines that start in it, each to its own end; everything by default. */
  readonly range?: ByteRange | undefined
  /** A longer line is skipped and told as too long: memory stays bounded by this. */
  readonly maxLineBytes?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface LinesRead {
  readonly lines: number
  /** Of those lines, with what ends them. */
  readonly bytes: number
}

/** Above what any request to a model may hold: its body has 25,000,000 bytes at most. */
export const MOST_LINE_BYTES = 32 * 1024 * 1024
/** A line that goes on beyond the range is followed in steps from the first to the second. */
const FIRST_STEP = 64 * 1024
const LAST_STEP = 8 * 1024 * 1024

/** Hands over each line of a source, in order. The line is only good during the call: its memory is reused. */
export async function readLines(
  source: ByteSource,
  {range = {start: 0, end: source.bytes}, maxLineBytes = MOST_LINE_BYTES, signal}: LineReading,
  onLine: (line: Line) => void,
): Promise<LinesRead> {
  const end = Math.min(range.end, source.bytes)
  // The byte before tells whether a line starts where the range does.
  const start = Math.max(0, range.start - 1)
  const cutter = new LineCutter({offset: start, inside: range.start > 0, limit: end, maxLineBytes}, onLine)
  let position = start
  // What the last line most likely needs beyond the range is read along with it.
  let stop = Math.min(end + FIRST_STEP, source.bytes)
  for (let step = FIRST_STEP; position < stop; step = Math.min(step * 4, LAST_STEP)) {
    for await (const chunk of source.read({start: position, end: stop}, signal)) {
      signal?.throwIfAborted()
      cutter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      position += chunk.length
      if (position >= end && !cutter.isOpen) break
    }
    if (position >= end && !cutter.isOpen) break
    if (position < stop) throw cutShort(source.name, position, stop)
    stop = Math.min(position + step, source.bytes)
  }
  cutter.finish()
  return {lines: cutter.lines, bytes: cutter.bytes}
}

function cutShort(name: string, position: number, end: number): BedrockctlError {
  return usageError('INPUT_CHANGED', `${name} ended at byte ${position} of ${end} while it was read.`, {
    hint: 'Wait until nobody writes to it, and run it again.',
  })
}
