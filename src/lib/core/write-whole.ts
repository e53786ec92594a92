import {open, realpath, rename, rm} from 'node:fs/promises'

/** So much text is collected before it is written: many small pieces would cost a call each. */
const PIECE = 64 * 1024

/**
 * Writes beside the file and renames: a reader sees the old text or the new one, never half of one. Follows a link to
 * the file it names. Text in parts is written as it comes, so that a long one is never held as a whole.
 */
export async function writeWhole(
  file: string,
  text: string | Iterable<string> | AsyncIterable<string>,
  {mode}: {readonly mode?: number} = {},
): Promise<void> {
  const target = await realpath(file).catch(() => file)
  const draft = `${target}.${process.pid}.tmp`
  try {
    const handle = await open(draft, 'w', mode)
    try {
      let piece = ''
      for await (const part of typeof text === 'string' ? [text] : text) {
        piece += part
        if (piece.length < PIECE) continue
        await handle.writeFile(piece)
        piece = ''
      }
      await handle.writeFile(piece)
    } finally {
      await handle.close()
    }
    await rename(draft, target)
  } catch (cause) {
    await rm(draft, {force: true})
    throw cause
  }
}
