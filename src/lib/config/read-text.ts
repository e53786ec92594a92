import {isUtf8} from 'node:buffer'
import {createReadStream} from 'node:fs'
import {usageError} from '../core/errors.js'

/** What a file is for, and the words for it when it cannot be used. */
export interface FileKind {
  /** With its article: `a project file`. */
  readonly what: string
  /** Errors are `<code>_UNREADABLE` and `<code>_INVALID`. */
  readonly code: string
  readonly largestBytes: number
  /** The next step when the file cannot be read. */
  readonly elsewhere: string
}

/** How a file is called in messages; `-` is what comes on standard input. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file
}

/** Why a text cannot be used although it could be read. */
export interface Refusal {
  readonly refused: string
}

/**
 * Reads a file, pipe or standard input (`-`) to its end, or no further than what is allowed. UTF-8, or UTF-16 with its
 * byte order mark, as Windows PowerShell redirects it.
 */
export async function readText(
  file: string,
  {code, largestBytes, elsewhere, what}: FileKind,
  stdin: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<string | Refusal> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of file === '-' ? stdin : (createReadStream(file) as AsyncIterable<Buffer>)) {
      chunks.push(Buffer.from(chunk))
      size += chunk.length
      if (size > largestBytes) {
        return {refused: `more than ${largestBytes} bytes: more than ${what} can need`}
      }
    }
  } catch (cause) {
    throw usageError(`${code}_UNREADABLE`, `${nameOf(file)} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: elsewhere,
      cause,
    })
  }
  return decode(Buffer.concat(chunks))
}

function decode(bytes: Buffer): string | Refusal {
  const mark = bytes.subarray(0, 2).toString('latin1')
  if (mark === '\u00FF\u00FE') return new TextDecoder('utf-16le').decode(bytes)
  if (mark === '\u00FE\u00FF') return new TextDecoder('utf-16be').decode(bytes)
  const text = new TextDecoder().decode(bytes)
  if (isUtf8(bytes)) return text
  const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length
  return {refused: `line ${line}: not UTF-8 text`}
}
