import type {Look, Span, SpanLine, Tone} from '../span.js'
import {clean, cut, isPlain, widthOf} from '../text-width.js'

const ESC = '\u001B['

/** Meaning → the terminal's own colours and weights, in one place; the words beside them say the same. */
const CODES: Readonly<Record<Tone, string>> = {
  good: '32',
  bad: '31',
  warn: '33',
  strong: '1',
  faint: '2',
  id: '36',
  chosen: '7',
}

/** The line as a terminal takes it: one line, no control character of the text itself, at most `width` columns. */
export function paintLine(spans: SpanLine, width: number, look: Look): string {
  return takeColumns(spans, width, look)
    .map(({text, tone}) => inTone(text, tone, look))
    .join('')
}

/**
 * As `paintLine`, for a terminal at hand: after a text whose width terminals do not agree on, the next one is put where
 * it belongs, so that columns stay aligned on all of them.
 */
export function placeLine(spans: SpanLine, width: number, look: Look): string {
  let column = 1
  let line = ''
  for (const {text, tone} of takeColumns(spans, width, look)) {
    column += widthOf(text)
    line += inTone(text, tone, look)
    if (!isPlain(text) && column <= width) line += `${ESC}${column}G`
  }
  // What is blank is erased, not written.
  return line.trimEnd()
}

/** What stands for text that is cut off. */
export function markOf({unicode}: Pick<Look, 'unicode'>): string {
  return unicode ? '…' : '~'
}

/** Columns of the whole line. */
export function lineWidth(spans: SpanLine): number {
  return spans.reduce((sum, {text}) => sum + widthOf(text), 0)
}

function inTone(text: string, tone: Tone | undefined, {color}: Look): string {
  return text === '' || tone === undefined || !color ? text : `${ESC}${CODES[tone]}m${text}${ESC}0m`
}

/** At most so many columns of a line, a mark at the end where it is cut; no control character of the text itself. */
export function takeColumns(spans: SpanLine, width: number, look: Look): readonly Span[] {
  const mark = markOf(look)
  const whole = spans.map((span) => ({...span, text: look.unicode ? clean(span.text) : inAscii(clean(span.text))}))
  if (lineWidth(whole) <= width) return whole
  const room = width - widthOf(mark)
  const taken: Span[] = []
  let from = 0
  for (const span of whole) {
    if (from >= room) break
    const text = cut(span.text, room - from, '')
    taken.push({...span, text})
    from += widthOf(text)
    if (text !== span.text) break
  }
  return [...taken, {text: cut(mark, width, '')}]
}

/** Signs that texts have of their own, each with one of ASCII that is as wide; names stay what they are. */
const ASCII: Readonly<Record<string, string>> = {
  ...{'…': '~', '–': '-', '—': '-', '−': '-', '·': '.', '×': 'x', '°': 'o', '±': '+', '“': '"', '”': '"', '’': "'"},
  ...{'→': '>', '←': '<', '↑': '^', '↓': 'v', '›': '>', '‹': '<', '≤': '<', '≥': '>', '≈': '~', '▏': '|'},
}

function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, (sign) => ASCII[sign] ?? sign)
}
