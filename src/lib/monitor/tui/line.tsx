import {Text, type TextProps} from 'ink'
import type {Look, Span, Tone} from '../span.js'
import {clean, cut, widthOf} from '../text-width.js'

/** Meaning → the terminal's own colours, in one place; the words beside them say the same. */
const TONES = {
  good: {color: 'green'},
  bad: {color: 'red'},
  warn: {color: 'yellow'},
  strong: {bold: true},
  faint: {dimColor: true},
  id: {color: 'cyan'},
  chosen: {inverse: true},
} as const satisfies Record<Tone, TextProps>

export interface LineProps {
  readonly spans: readonly Span[]
  /** Columns; what goes beyond is cut. */
  readonly width: number
  readonly look: Look
  /** Laid over the whole line, over the tones of its spans. */
  readonly tone?: Tone | undefined
}

/** One line of the screen: never wrapped, never wider than `width`. */
export function Line({spans, width, look, tone}: LineProps) {
  const shown = takeColumns(spans, width, markOf(look))
  return (
    <Text wrap="truncate" {...(look.color && tone ? TONES[tone] : {})}>
      {shown.length === 0
        ? ' '
        : shown.map(({text, tone: own, from}) => (
            <Text key={from} {...(look.color && own && !tone ? TONES[own] : {})}>
              {text}
            </Text>
          ))}
    </Text>
  )
}

/** What stands for text that is cut off. */
export function markOf({unicode}: Look): string {
  return unicode ? '…' : '~'
}

/** The spans within `width`, each with the column it begins in. */
function takeColumns(spans: readonly Span[], width: number, mark: string): readonly (Span & {from: number})[] {
  const whole = spans.map((span) => ({...span, text: clean(span.text)})).filter(({text}) => text !== '')
  const isCut = whole.reduce((sum, {text}) => sum + widthOf(text), 0) > width
  const room = isCut ? width - widthOf(mark) : width
  const taken: (Span & {from: number})[] = []
  let from = 0
  for (const span of whole) {
    if (from >= room) break
    const text = cut(span.text, room - from, '')
    taken.push({...span, text, from})
    from += widthOf(text)
  }
  return isCut ? [...taken, {text: mark, from}] : taken
}
