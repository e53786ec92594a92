import type {ByteRange} from './byte-source.js'

/** Parts in which an input is read: long enough to be worth a start, short enough for all that is told of one. */
const BLOCK_BYTES = 4 * 1024 * 1024

/** The parts of so many bytes, in order. */
export function blocksOf(bytes: number, blockBytes = BLOCK_BYTES): readonly ByteRange[] {
  return Array.from({length: Math.ceil(bytes / blockBytes)}, (_, index) => ({
    start: index * blockBytes,
    end: Math.min((index + 1) * blockBytes, bytes),
  }))
}
