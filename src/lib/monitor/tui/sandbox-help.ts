import type {Look, SpanLine} from '../span.js'
import {toWidth} from '../text-width.js'

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
export function sandboxHelp({unicode}: Pick<Look, 'unicode'>): readonly SpanLine[] {
  return KEYS.map(([keys, does]) => {
    const name = unicode ? keys : keys.replace('↑ ↓', 'up down')
    return [{text: toWidth(name, 15), tone: 'strong'}, {text: does}]
  })
}
