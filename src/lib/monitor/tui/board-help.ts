import type {BoardView} from '../board/view.js'
import type {Look, SpanLine} from '../span.js'
import {toWidth, widthOf} from '../text-width.js'
import {type Hint, hintSpans} from './lay-spans.js'
import {markOf} from './paint-line.js'

type Entry = readonly [keys: string, does: string]

const KEYS: readonly Entry[] = [
  ['↑↓ j k', 'a row or line'],
  ['PgUp PgDn', 'a page; ^B ^F'],
  ['g G', 'the first, the last'],
  ['Enter →', 'open the row'],
  ['Esc ← h', 'one step back'],
  [':', 'go to a view; Tab ends it'],
  ['1 to 0', 'the first ten views'],
  ['/', 'filter; !word leaves out'],
  ['/ n N', 'on a page: search, go on'],
  ['s S', 'sort by the next; reverse'],
  ['d', 'describe; marked: diff'],
  ['m', 'mark, two rows at most'],
  ['l', 'events of the row'],
  ['y', 'copy id or ARN'],
  ['r', 'look now'],
  ['+ -', 'look less, more often'],
  ['p R', 'choose profile, Regions'],
  ['^L ^Z', 'draw again, suspend'],
  ['q ^C', 'quit'],
]

const ACT: Entry = ['x', 'stop, collect or delete']

/** Two columns from so many columns of the terminal on. */
const TWO_COLUMNS = 76
/** What each view shows is told from so many columns on. */
const TOLD_COLUMNS = 150

const SIGNS: readonly Entry[] = [
  ['-', 'none'],
  ['?', 'not known'],
  ['n/a', 'has no metric'],
  ['>1', 'at least'],
  ['<1', 'at most'],
  ['~1', 'about'],
  ['*', 'marked'],
]

/** Every key, then every view, in two columns where there is room for two; then what signs in the tables mean. */
export function helpLines(
  views: readonly BoardView[],
  {allowActions, columns, look}: {readonly allowActions: boolean; readonly columns: number; readonly look: Look},
): readonly SpanLine[] {
  const keys = allowActions ? [...KEYS.slice(0, -2), ACT, ...KEYS.slice(-2)] : KEYS
  return [
    [{text: 'Keys', tone: 'strong'}],
    ...inColumns(keys, columns, look),
    [{text: 'Views', tone: 'strong'}],
    ...(columns < TOLD_COLUMNS ? inNames(views, columns) : inColumns(views.map(viewEntry), columns, look)),
    [{text: 'Signs', tone: 'strong'}],
    ...hintLines(SIGNS, columns),
  ]
}

/** As many hints a line as fit. */
function hintLines(hints: readonly Hint[], columns: number): readonly SpanLine[] {
  const line = hintSpans(hints, columns)
  // A hint is a key and what it does.
  const rest = hints.slice(Math.max(1, line.length / 2))
  return rest.length === 0 ? [line] : [line, ...hintLines(rest, columns)]
}

/** Names and their short forms alone, where there is no room for what each shows. */
function inNames(views: readonly BoardView[], columns: number): readonly SpanLine[] {
  const names = views.map(({aliases, name}) => [`:${name}`, ...aliases.slice(0, 1)].join(' '))
  const width = Math.max(0, ...names.map(widthOf)) + 3
  const perLine = Math.max(1, Math.floor(columns / width))
  return Array.from(
    {length: Math.ceil(names.length / perLine)},
    (_, row): SpanLine =>
      names.slice(row * perLine, (row + 1) * perLine).map((name) => ({text: toWidth(name, width), tone: 'id'})),
  )
}

function viewEntry({about, aliases, name}: BoardView): Entry {
  return [[`:${name}`, ...aliases.slice(0, 1)].join(' '), about]
}

/** Down the first column, then down the second. */
function inColumns(entries: readonly Entry[], columns: number, look: Look): readonly SpanLine[] {
  const count = columns >= TWO_COLUMNS ? 2 : 1
  const width = Math.floor(columns / count)
  const height = Math.ceil(entries.length / count)
  const plain = entries.map(([keys, does]): Entry => (look.unicode ? [keys, does] : [inWords(keys), inWords(does)]))
  const keyWidth = Math.max(0, ...plain.map(([keys]) => widthOf(keys)))
  const mark = markOf(look)
  return Array.from({length: height}, (_, row) =>
    Array.from({length: count}, (_unused, column) => plain[row + column * height]).flatMap((entry): SpanLine => {
      if (entry === undefined) return []
      const [keys, does] = entry
      const room = width - keyWidth - 3
      return [{text: `${toWidth(keys, keyWidth)}  `, tone: 'id'}, {text: `${toWidth(does, room, {mark})} `}]
    }),
  )
}

function inWords(text: string): string {
  return text.replace('↑↓', 'arrows').replace('Enter →', 'Enter').replace('Esc ←', 'Esc').replace('↑', 'up')
}
