import {once} from 'node:events'
import {createWriteStream} from 'node:fs'

/** Writes lines, numbered from 0, until there are so many bytes. */
export async function writeLines(file: string, bytes: number, lineOf: (number: number) => string): Promise<void> {
  const stream = createWriteStream(file)
  let written = 0
  let piece = ''
  for (let number = 0; written < bytes; number += 1) {
    const line = lineOf(number)
    written += Buffer.byteLength(line)
    piece += line
    if (piece.length < 1_000_000) continue
    if (!stream.write(piece)) await once(stream, 'drain')
    piece = ''
  }
  stream.end(piece)
  await once(stream, 'finish')
}

/** What a text is made of: its words, and how many characters it has at least, and at most beyond that. */
export interface Wording {
  readonly words: readonly string[]
  readonly least: number
  readonly beyond: number
}

/** A text with line feeds in it, the same for the same number. */
export function textOf(number: number, {beyond, least, words}: Wording): string {
  let state = number * 2_654_435_761 + 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  const length = least + next(beyond)
  let text = ''
  while (text.length < length) text += `${words[next(words.length)]}${next(30) === 0 ? '\n' : ' '}`
  return text
}
