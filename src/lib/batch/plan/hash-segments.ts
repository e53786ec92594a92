import {createHash} from 'node:crypto'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {readSegments, type Segments} from './read-segments.js'

/** SHA-256, in hex, of byte ranges of a source put together. */
export async function hashSegments(
  source: ByteSource,
  segments: Segments,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of readSegments(source, segments, signal)) hash.update(piece)
  return hash.digest('hex')
}
