import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'

/** Bytes in memory, read in chunks. */
export function bytesSource(bytes: Buffer, chunkBytes = 1000): ByteSource {
  return {
    name: 'memory',
    bytes: bytes.length,
    revision: '1',
    async *read({start, end}) {
      for (let at = start; at < end; at += chunkBytes) yield bytes.subarray(at, Math.min(at + chunkBytes, end))
    },
  }
}
