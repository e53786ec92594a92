import {Text, Transform} from 'ink'
import type {Look, SpanLine} from '../span.js'
import {paintLine} from './paint-line.js'

export interface LineProps {
  readonly spans: SpanLine
  /** Columns; what goes beyond is cut. */
  readonly width: number
  readonly look: Look
}

/**
 * One line of the screen: never wrapped, never wider than `width`. Ink lays out a single blank and is handed the line
 * when it draws: it would measure the text itself, and never forgets a text that it has measured.
 */
export function Line({spans, width, look}: LineProps) {
  const text = paintLine(spans, width, look)
  return (
    <Transform transform={() => text}>
      <Text> </Text>
    </Transform>
  )
}
