import {sanitise} from '../core/text.js'

// The sequences that `paint` writes (style.ts): bold, dim, four colours and their ends. Nothing else survives in a cell.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this finds.
export const PAINT = /\u001B\[(0|1|2|22|31|32|33|36|39)m/g
const RESET = '\u001B[0m'
const PLAIN = /^[\x20-\x7E]*$/

/** True for text of which every character is one column wide and prints as it is. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

/** One line of text safe for a cell: our own colours stay where there is colour, everything else is sanitised. */
export function cleanCell(text: string, keepPaint: boolean): string {
  if (isPlain(text)) return text
  const line = text.replace(/\s*[\r\n\t\u2028\u2029]+\s*/g, ' ')
  if (!keepPaint || !line.includes('\u001B')) return sanitise(line)
  let clean = ''
  let from = 0
  for (const match of line.matchAll(PAINT)) {
    clean += sanitise(line.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return clean + sanitise(line.slice(from))
}

/** A grapheme with the sequences that colour it. */
export interface Piece {
  readonly text: string
  readonly style: string
}

const segmenter = new Intl.Segmenter()

/** Splits painted text into graphemes, each with its own colour, so that it can be cut anywhere. */
export function toPieces(text: string): Piece[] {
  if (isPlain(text)) return [...text].map((character) => ({text: character, style: ''}))
  const pieces: Piece[] = []
  let weight = ''
  let color = ''
  const add = (part: string) => {
    for (const {segment} of segmenter.segment(part)) pieces.push({text: segment, style: weight + color})
  }
  let from = 0
  for (const match of text.matchAll(PAINT)) {
    add(text.slice(from, match.index))
    from = match.index + match[0].length
    const code = match[1] ?? ''
    if (code === '1' || code === '2') weight = match[0]
    else if (code === '22') weight = ''
    else if (code === '39') color = ''
    else if (code === '0') weight = color = ''
    else color = match[0]
  }
  add(text.slice(from))
  return pieces
}

/** The pieces as text again; every colour that is opened is closed. */
export function fromPieces(pieces: readonly Piece[]): string {
  let text = ''
  let current = ''
  for (const piece of pieces) {
    if (piece.style !== current) {
      text += (current === '' ? '' : RESET) + piece.style
      current = piece.style
    }
    text += piece.text
  }
  return current === '' ? text : text + RESET
}
