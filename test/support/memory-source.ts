import type {ByteSource} from '../../src/lib/jsonl/byte-source.js'

/** A source of bytes from memory, in chunks of a size whose memory is reused as that of files is. */
export function memorySource(content: string | Buffer, {name = 'memory', chunkBytes = 7} = {}): ByteSource {
  const bytes = Buffer.from(content)
  return {
    name,
    bytes: bytes.length,
    revision: '1',
    async *read({start, end}) {
      const chunk = Buffer.alloc(chunkBytes)
      for (let position = start; position < Math.min(end, bytes.length); position += chunkBytes) {
        const size = bytes.copy(chunk, 0, position, Math.min(end, position + chunkBytes))
        yield chunk.subarray(0, size)
      }
    },
  }
}
