import {Box} from 'ink'
import {createContext, useContext, useLayoutEffect} from 'react'
import type {Size} from '../size.js'
import type {Look, SpanLine} from '../span.js'
import {Line} from './line.js'
import {placeLine} from './paint-line.js'

/** Where whole frames go while a screen is on a terminal. */
export interface FrameSink {
  paint(frame: string): void
}

/** The terminal that the screen is shown on; without one, Ink draws the lines. */
export const FrameSinkContext = createContext<FrameSink | undefined>(undefined)

export interface FrameProps {
  readonly lines: readonly SpanLine[]
  readonly size: Size
  readonly look: Look
}

/**
 * A whole frame, line by line. On a terminal it goes there directly: Ink takes a frame apart into characters and puts
 * it together again, which for a large terminal takes longer than a key press may.
 */
export function Frame({lines, look, size}: FrameProps) {
  const sink = useContext(FrameSinkContext)
  const {columns, rows} = size
  useLayoutEffect(() => {
    sink?.paint(
      lines
        .slice(0, rows)
        .map((line) => placeLine(line, columns, look))
        .join('\n'),
    )
  }, [sink, lines, look, columns, rows])
  if (sink !== undefined) return null
  return (
    <Box flexDirection="column" height={rows} width={columns}>
      {lines.slice(0, rows).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place.
        <Line key={index} look={look} spans={line} width={columns} />
      ))}
    </Box>
  )
}
