import stringWidth from 'string-width'
import {fromPieces, isPlain, PAINT, type Piece, toPieces} from './paint-codes.js'

/** Columns that the text takes on a terminal: wide characters count two, combining marks and colours nothing. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length
  const bare = text.replace(PAINT, '')
  return isPlain(bare) ? bare.length : stringWidth(bare)
}

/** Columns of the longest stretch without a space. */
export function longestWord(text: string): number {
  if (!text.includes(' ')) return widthOf(text)
  return Math.max(...text.split(' ').map(widthOf))
}

/** What becomes of a word that is wider than the line: cut into several lines, or shortened in its middle. */
export type LongWords = {readonly kind: 'break'} | {readonly kind: 'shorten'; readonly ellipsis: string}

/** Lines of at most `width` columns, broken at spaces where possible; at least one line. */
export function wrapText(text: string, width: number, longWords: LongWords = {kind: 'break'}): string[] {
  if (widthOf(text) <= width) return [text]
  const lines: Piece[][] = []
  let used = width
  for (const {pieces, glued} of partsOf(text, width, longWords)) {
    const partWidth = measure(pieces)
    const line = lines.at(-1)
    if (line === undefined || glued || used + 1 + partWidth > width) {
      lines.push([...pieces])
      used = partWidth
    } else {
      line.push({text: ' ', style: ''}, ...pieces)
      used += 1 + partWidth
    }
  }
  return lines.length === 0 ? [''] : lines.map(fromPieces)
}

interface Part {
  readonly pieces: readonly Piece[]
  /** Continues the word before it, on a line of its own. */
  readonly glued: boolean
}

/** The words, the long ones already cut or shortened. */
function partsOf(text: string, width: number, longWords: LongWords): Part[] {
  return wordsOf(toPieces(text)).flatMap((word) => {
    const parts = measure(word) <= width ? [word] : cutWord(word, width, longWords)
    return parts.map((pieces, index) => ({pieces, glued: index > 0}))
  })
}

/** The text within `width` columns; what does not fit is taken out of the middle, where ids differ least. */
export function shorten(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text
  return fromPieces(shortenPieces(toPieces(text), width, ellipsis))
}

function measure(pieces: readonly Piece[]): number {
  return widthOf(pieces.map((piece) => piece.text).join(''))
}

function wordsOf(pieces: readonly Piece[]): Piece[][] {
  const words: Piece[][] = []
  let word: Piece[] = []
  for (const piece of pieces) {
    if (piece.text !== ' ') word.push(piece)
    else if (word.length > 0) {
      words.push(word)
      word = []
    }
  }
  if (word.length > 0) words.push(word)
  return words
}

function cutWord(word: readonly Piece[], width: number, longWords: LongWords): Piece[][] {
  if (longWords.kind === 'shorten') return [shortenPieces(word, width, longWords.ellipsis)]
  const parts: Piece[][] = []
  let rest = word
  while (rest.length > 0) {
    const head = takeFromStart(rest, width)
    // A single grapheme wider than the line still has to go somewhere.
    const part = head.length === 0 ? rest.slice(0, 1) : head
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return parts
}

function shortenPieces(pieces: readonly Piece[], width: number, ellipsis: string): Piece[] {
  const room = width - widthOf(ellipsis)
  if (room < 2) return takeFromStart(pieces, width)
  const head = takeFromStart(pieces, Math.ceil(room * 0.6))
  const tail = takeFromStart(pieces.toReversed(), room - measure(head)).reverse()
  return [...head, {text: ellipsis, style: ''}, ...tail]
}

function takeFromStart(pieces: readonly Piece[], width: number): Piece[] {
  const taken: Piece[] = []
  let used = 0
  for (const piece of pieces) {
    used += widthOf(piece.text)
    if (used > width) break
    taken.push(piece)
  }
  return taken
}
