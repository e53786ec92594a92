import {ROW_SIGNS} from '../board/table.js'
import type {Look, Span, SpanLine} from '../span.js'

/** Which lines of a page hold a text; case does not count. */
export function foundLines(lines: readonly SpanLine[], text: string): readonly number[] {
  if (text === '') return []
  return lines.flatMap((line, at) => (placesOf(textOf(line), text).length > 0 ? [at] : []))
}

/** The line with a sign before it where it holds the text, another where it is looked at, and the text itself in inverse. */
export function withFound(
  line: SpanLine,
  text: string,
  {isIn, look}: {readonly isIn: boolean; readonly look: Look},
): SpanLine {
  const places = placesOf(textOf(line), text)
  if (places.length === 0) return [{text: ' '.repeat(ROW_SIGNS)}, ...line]
  const sign = isIn ? (look.unicode ? '›' : '>') : '*'
  return [{text: sign.padEnd(ROW_SIGNS), tone: 'strong'}, ...inverted(line, places, text.length)]
}

function textOf(line: SpanLine): string {
  return line.map(({text}) => text).join('')
}

/** Where it begins, from left to right, none within another. */
function placesOf(line: string, text: string): readonly number[] {
  const lower = line.toLowerCase()
  // A few letters are longer in lower case: then their case counts.
  const [within, part] = lower.length === line.length ? [lower, text.toLowerCase()] : [line, text]
  const places: number[] = []
  for (let at = within.indexOf(part); at !== -1; at = within.indexOf(part, at + part.length)) places.push(at)
  return places
}

/** The same text, what begins at these places chosen. */
function inverted(line: SpanLine, places: readonly number[], length: number): SpanLine {
  let from = 0
  return line.flatMap((span): readonly Span[] => {
    const start = from
    from += span.text.length
    const cuts = places.flatMap((place) => [place - start, place + length - start])
    const inside = [0, ...cuts.filter((at) => at > 0 && at < span.text.length), span.text.length]
    return inside.slice(0, -1).map((at, index): Span => {
      const text = span.text.slice(at, inside[index + 1])
      const isFound = places.some((place) => place <= start + at && start + at < place + length)
      return isFound ? {text, tone: 'chosen'} : {...span, text}
    })
  })
}
