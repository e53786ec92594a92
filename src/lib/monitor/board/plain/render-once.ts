import {selectColumns, sortRows} from '../../../output/columns.js'
import {toJson} from '../../../output/json.js'
import {paint} from '../../../output/style.js'
import {renderTable} from '../../../output/table.js'
import type {Terminal} from '../../../output/terminal.js'
import type {Column, View} from '../../../output/view.js'
import type {SpanLine} from '../../span.js'
import {clean, cut, widthOf} from '../../text-width.js'
import {rowsOf} from '../rows.js'
import type {BoardState} from '../state.js'
import type {BoardRow, BoardView, Room} from '../view.js'
import type {MonitorSample} from './sample.schema.js'

/** What of the board is printed. */
export interface Printed {
  readonly state: BoardState
  readonly view: BoardView
  readonly filter: string
  /** As the flags have them; undefined: as the view says. */
  readonly columns: string | undefined
  readonly sort: string | undefined
}

/** Off a terminal nothing is cut; heads that fill a width are drawn for this one. */
const WIDTH = 100
const HEAD_ROWS = 40

/** One frame of a view as an answer of the program: its lines and table as text, its table as CSV, the sample as JSON. */
export function onceView({columns: chosen, filter, sort, state, view}: Printed): View<MonitorSample, BoardRow> {
  const table = view.table(state)
  const all = table.columns.map(({align, drop, key, title: words}): Column<BoardRow> => {
    const text = (row: BoardRow) => clean(row.cells[key]?.text ?? '')
    const title = words.toUpperCase()
    return {key, title, weight: drop, value: text, text, ...(align === undefined ? {} : {align})}
  })
  // Refuses a column that is not there; the order is that of the board, which knows more than texts.
  sortRows([], all, sort)
  const columns = selectColumns(all, chosen?.split(','))
  const rows = rowsOf(table, {filter, sort})
  return {
    rows: () => rows,
    columns: () => columns,
    empty: table.empty,
    extra: {ndjson: (sample) => `${toJson(sample)}\n`},
    async text(sample, terminal) {
      const head = headLines(view, state, terminal)
      const body =
        rows.length === 0 ? emptyWords(sample, view, table.empty) : await renderTable(rows, columns, terminal)
      return [titleOf(sample, view, terminal), ...head, ...(head.length > 0 ? [''] : []), body].join('\n')
    },
  }
}

/** Without rows of what was read there is nothing; of what was not, that is not known. */
function emptyWords(sample: MonitorSample, {topics}: BoardView, empty: string): string {
  const unread = sample.feeds.filter(
    ({status, topic}) => topics.includes(topic) && !['live', 'absent'].includes(status),
  )
  if (unread.length === 0) return empty
  return `Not known: ${[...new Set(unread.map(({status, topic}) => `${topic} ${status === 'waiting' ? 'unread' : status}`))].join(', ')}.`
}

function titleOf({account, at, regions, replayed}: MonitorSample, {title}: BoardView, terminal: Terminal): string {
  const facts = [
    ...(account === null ? [] : [`account ${account}`]),
    `${at.slice(0, 19).replace('T', ' ')} UTC`,
    ...(replayed ? ['from a recording'] : []),
    // Last: of all this they may be cut.
    regions.join(' '),
  ]
  const line: SpanLine = [
    {text: title, tone: 'strong'},
    {text: `  ${facts.filter(Boolean).join('  ')}`, tone: 'faint'},
  ]
  return lineText(line, terminal.width, terminal)
}

function headLines(view: BoardView, state: BoardState, terminal: Terminal): readonly string[] {
  const columns = Number.isFinite(terminal.width) ? terminal.width : WIDTH
  const room: Room = {columns, rows: HEAD_ROWS, color: terminal.color, unicode: terminal.unicode}
  return (view.head?.(state, room) ?? []).map((line) => lineText(line, terminal.width, terminal))
}

function lineText(line: SpanLine, columns: number, terminal: Terminal): string {
  let room = columns
  let text = ''
  for (const span of line) {
    const shown = cut(clean(span.text), room, terminal.unicode ? '…' : '~')
    room -= widthOf(shown)
    text += span.tone === undefined || span.tone === 'chosen' ? shown : paint(span.tone, shown, terminal)
    if (room <= 0) break
  }
  return text.trimEnd()
}
