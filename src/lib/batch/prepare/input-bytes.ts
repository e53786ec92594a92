import {createReadStream} from 'node:fs'
import {stat} from 'node:fs/promises'
import {usageError} from '../../core/errors.js'
import {refuseOtherHead} from '../../jsonl/other-format.js'

/** How an input is called in messages. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path
}

/** The bytes of a file, or of standard input for `-`, as UTF-8; other text is refused with the way out. */
export async function* inputBytes(
  path: string,
  signal: AbortSignal,
  stdin: AsyncIterable<Uint8Array | string> = process.stdin,
): AsyncGenerator<Buffer, void, undefined> {
  const decoder = new TextDecoder('utf-8', {fatal: true})
  const judge = (text: () => unknown): void => {
    try {
      text()
    } catch (cause) {
      throw usageError('INPUT_NOT_UTF8', `${inputName(path)} is not UTF-8 text.`, {
        hint: 'Save it as UTF-8 (in Excel: CSV UTF-8), or convert it with iconv -t UTF-8.',
        cause,
      })
    }
  }
  const chunks: AsyncIterable<Uint8Array | string> =
    path === '-' ? stdin : createReadStream(path, {highWaterMark: 1 << 20})
  let isFirst = true
  for await (const chunk of readable(path, chunks)) {
    signal.throwIfAborted()
    if (isFirst) refuseOtherHead(chunk, inputName(path))
    isFirst = false
    judge(() => decoder.decode(chunk, {stream: true}))
    yield chunk
  }
  judge(() => decoder.decode())
}

/** Refuses what is no file before anything is written. */
export async function refuseNoFile(path: string): Promise<void> {
  if (path === '-') return
  const facts = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  if (facts.isDirectory()) throw usageError('INPUT_IS_FOLDER', `${path} is a folder.`, {hint: 'Name one file.'})
}

async function* readable(path: string, chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of chunks) yield Buffer.from(chunk as Uint8Array)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): Error {
  return usageError('INPUT_UNREADABLE', `${inputName(path)} cannot be read.`, {
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Name a file, or - for standard input.',
    cause,
  })
}
