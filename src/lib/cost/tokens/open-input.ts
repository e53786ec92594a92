import {createReadStream} from 'node:fs'
import {usageError} from '../../core/errors.js'

/** The bytes of a file, or of standard input for `-`; a file that cannot be read is a wrong argument. */
export async function* openInput(
  path: string,
  stdin: AsyncIterable<Uint8Array | string> = process.stdin,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const chunks: AsyncIterable<Uint8Array | string> = path === '-' ? stdin : createReadStream(path)
    for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  } catch (cause) {
    throw usageError('SAMPLE_UNREADABLE', `${path === '-' ? 'standard input' : path} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name a file, or - for standard input.',
      cause,
    })
  }
}
