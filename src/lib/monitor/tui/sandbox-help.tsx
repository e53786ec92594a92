import {Box} from 'ink'
import type {Look} from '../span.js'
import {toWidth} from '../text-width.js'
import {Line} from './line.js'

const KEYS = [
  ['↑ ↓  j k', 'look at one request; PgUp and PgDn by a page'],
  ['g G', 'the oldest; the newest, and follow'],
  ['/', 'filter: any part of a line, !word for all but'],
  ['e', 'errors only, and back'],
  ['space', 'pause the list, and go on; counting never stops'],
  ['c', 'clear the list and the counts'],
  ['Esc', 'drop filter and errors only, follow the newest'],
  ['Ctrl-Z Ctrl-L', 'suspend; draw again'],
  ['q  Ctrl-C', 'quit and stop the sandbox'],
] as const

/** What the keys do; any key closes it. */
export function SandboxHelp({width, look}: {readonly width: number; readonly look: Look}) {
  return (
    <Box flexDirection="column">
      {KEYS.map(([keys, does]) => {
        const name = look.unicode ? keys : keys.replace('↑ ↓', 'up down')
        return (
          <Line
            key={keys}
            look={look}
            spans={[{text: toWidth(name, 15), tone: 'strong'}, {text: does}]}
            width={width}
          />
        )
      })}
    </Box>
  )
}
