import type {TypedLine} from '../board/ui/typed-line.js'
import type {Look, Span, SpanLine} from '../span.js'
import {cut, cutStart, widthOf} from '../text-width.js'
import {lineWidth, markOf, takeColumns} from './paint-line.js'

/** One on the left and one at the right edge; where both do not fit, the right one goes. */
export function bothSides(left: SpanLine, right: SpanLine, width: number): SpanLine {
  const space = width - lineWidth(left) - lineWidth(right)
  return space < 2 ? left : [...left, {text: ' '.repeat(space)}, ...right]
}

/** A key and what it does. */
export type Hint = readonly [key: string, does: string]

/** As many hints as fit, the first ones first: `? help  q quit`. */
export function hintSpans(hints: readonly Hint[], width = Number.POSITIVE_INFINITY): SpanLine {
  let room = width
  const spans: Span[] = []
  for (const [key, does] of hints) {
    const lead = spans.length === 0 ? '' : '  '
    room -= widthOf(lead) + widthOf(key) + 1 + widthOf(does)
    if (room < 0) break
    spans.push({text: `${lead}${key}`, tone: 'strong'}, {text: ` ${does}`, tone: 'faint'})
  }
  return spans
}

/** As many of the words as fit, and how many there are besides: `eu-central-1 us-east-1 +2`. */
export function fittedWords(words: readonly string[], width: number): string {
  for (let count = words.length; count > 1; count -= 1) {
    const text = withRest(words, count)
    if (widthOf(text) <= width) return text
  }
  return withRest(words, 1)
}

function withRest(words: readonly string[], count: number): string {
  const shown = words.slice(0, count).join(' ')
  return count < words.length ? `${shown} +${words.length - count}` : shown
}

/** As much of what is typed as there is room for, with the cursor in it: a sign, or the letter that it is on in inverse. */
export function typedSpans({cursor, text}: TypedLine, width: number, look: Look): SpanLine {
  const mark = markOf(look)
  const sign: Span = {text: look.unicode ? '▏' : '|'}
  const room = width - widthOf(sign.text)
  const rest = text.slice(cursor)
  const before = cutStart(text.slice(0, cursor), Math.max(room - widthOf(rest), Math.floor((room * 2) / 3)), mark)
  const after = cut(rest, room - widthOf(before), mark)
  if (after === '' || !look.color) return [{text: before}, sign, {text: after}]
  const [{segment: letter} = {segment: ''}] = segmenter.segment(after)
  return [{text: before}, {text: letter, tone: 'chosen'}, {text: after.slice(letter.length)}]
}

const segmenter = new Intl.Segmenter()

/** A frame of exactly so many lines, the last ones at the bottom edge. */
export function filled(lines: readonly SpanLine[], bottom: readonly SpanLine[], rows: number): readonly SpanLine[] {
  const room = Math.max(0, rows - bottom.length)
  const blank = Array.from({length: Math.max(0, room - lines.length)}, (): SpanLine => [])
  return [...lines.slice(0, room), ...blank, ...bottom].slice(0, rows)
}

/** Two blocks of lines, the second from a column on; what is longer of the first is cut. */
export function sideBySide(
  left: readonly SpanLine[],
  right: readonly SpanLine[],
  column: number,
  look: Look,
): readonly SpanLine[] {
  return Array.from({length: Math.max(left.length, right.length)}, (_, at): SpanLine => {
    const spans = takeColumns(left[at] ?? [], column, look)
    return [...spans, {text: ' '.repeat(column - lineWidth(spans))}, ...(right[at] ?? [])]
  })
}
