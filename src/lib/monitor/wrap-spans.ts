import {type Span, type SpanLine, toned} from './span.js'
import {clean, widthOf} from './text-width.js'

/** A word with the blanks before it. */
interface Word {
  readonly span: Span
  readonly width: number
  /** A wide gap before it parts what it says from what stands before it. */
  readonly isApart: boolean
}

/** Lines of at most so many columns: broken at wide gaps, and at any blank where what lies between those is too long. */
export function wrapSpans(spans: SpanLine, width: number): readonly SpanLine[] {
  const lines: Span[][] = [[]]
  let used = 0
  for (const phrase of phrasesOf(spans)) {
    const isWhole = widthOfAll(phrase) <= width
    if (used > 0 && isWhole && used + widthOfAll(phrase) > width) used = newLine(lines)
    for (const {span, width: columns} of phrase) {
      if (used > 0 && used + columns > width) used = newLine(lines)
      const shown = used === 0 ? {...span, text: span.text.trimStart()} : span
      lines.at(-1)?.push(shown)
      used += widthOf(shown.text)
    }
  }
  return lines
}

function newLine(lines: Span[][]): number {
  lines.push([])
  return 0
}

function widthOfAll(words: readonly Word[]): number {
  return words.reduce((sum, {width}) => sum + width, 0)
}

/** Words between wide gaps. */
function phrasesOf(spans: SpanLine): readonly (readonly Word[])[] {
  const phrases: Word[][] = []
  for (const word of spans.flatMap(wordsOf)) {
    const last = phrases.at(-1)
    if (last === undefined || word.isApart) phrases.push([word])
    else last.push(word)
  }
  return phrases
}

function wordsOf({text, tone}: Span): readonly Word[] {
  const words = clean(text).match(/ *[^ ]+| +$/g) ?? []
  return words.map((word) => ({span: toned(word, tone), width: widthOf(word), isApart: word.startsWith('  ')}))
}
