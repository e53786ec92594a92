import {columnOf} from '../board/rows.js'
import {COLUMN_GAP, type FittedColumn, ROW_SIGNS} from '../board/table.js'
import type {BoardRow, Cell} from '../board/view.js'
import {type Look, type Span, type SpanLine, toned} from '../span.js'
import {cutId, toWidth, widthOf} from '../text-width.js'
import {lineWidth, markOf} from './paint-line.js'

/** The titles of the columns, an arrow after the one that the rows are sorted by; before it where the line is full. */
export function headingLine(
  columns: readonly FittedColumn[],
  sort: string,
  {look, width: room}: {readonly look: Look; readonly width: number},
): SpanLine {
  const cells = columns.map(({column, width}) => {
    const isSorted = column.key === columnOf(sort)
    const arrow = isSorted ? arrowOf(sort, look) : ' '
    return besideTitle(toWidth(column.title.toUpperCase(), width, {align: column.align ?? 'left', mark: ''}), arrow)
  })
  const text = `${' '.repeat(ROW_SIGNS - 1)}${cells.map((cell) => ` ${cell}`).join('')}`.trimEnd()
  return [{text: widthOf(text) <= room ? text : text.replace(/ (\S+)(.)$/, '$2$1'), tone: 'strong'}]
}

export interface RowState {
  readonly isSelected: boolean
  readonly isMarked: boolean
}

/** One row: what is selected is told by a sign and by inverse colours. */
export function rowLine(
  row: BoardRow,
  columns: readonly FittedColumn[],
  {isMarked, isSelected}: RowState,
  {look, width}: {readonly look: Look; readonly width: number},
): SpanLine {
  const signs = `${isSelected ? (look.unicode ? '›' : '>') : ' '}${isMarked ? '*' : ' '}`
  const cells = columns.flatMap(({column, width: room}, at): readonly Span[] => {
    const cell = row.cells[column.key]
    const gap = at === 0 ? '' : ' '.repeat(COLUMN_GAP)
    if (cell?.share !== undefined && room >= LEAST_BAR + PERCENT) {
      return [{text: gap}, ...barCell({...cell, share: cell.share}, room, look)]
    }
    return [toned(gap + cellText(cell?.text ?? '', room, column.align ?? 'left', look), cell?.tone)]
  })
  const spans = [toned(signs, isMarked ? 'warn' : undefined), ...cells]
  if (!isSelected) return spans
  const rest = ' '.repeat(Math.max(0, width - lineWidth(spans)))
  return [...spans, {text: rest}].map(({text}) => ({text, tone: 'chosen'}))
}

const LEAST_BAR = 4
/** ` 100 %`. */
const PERCENT = 6

/** A bar of the share, and its text behind it. */
function barCell({share, text, tone}: Cell & {readonly share: number}, width: number, look: Look): readonly Span[] {
  const room = width - PERCENT
  const full = Math.floor(Math.min(1, Math.max(0, share)) * room)
  const [on, off] = look.unicode ? ['█', '░'] : ['#', '.']
  return [
    toned(on.repeat(full), tone ?? 'good'),
    {text: off.repeat(room - full), tone: 'faint'},
    {text: toWidth(text, PERCENT, {align: 'right', mark: markOf(look)})},
  ]
}

/** Ids are cut where they tell least, sentences at their end. */
function cellText(text: string, width: number, align: 'left' | 'right', look: Look): string {
  const mark = markOf(look)
  const isId = align === 'left' && /^[^ ]*([.:/]|-[^ ]*-|-[0-9a-f]{8})[^ ]*$/.test(text)
  return toWidth(isId ? cutId(text, width, mark) : text, width, {align, mark})
}

function arrowOf(sort: string, {unicode}: Look): string {
  if (sort.startsWith('-')) return unicode ? '↓' : 'v'
  return unicode ? '↑' : '^'
}

/** Right after the words of a title, in its column where that has room, else in the gap after it. */
function besideTitle(title: string, arrow: string): string {
  const words = title.trimEnd()
  return words === title || arrow === ' ' ? title + arrow : `${toWidth(`${words}${arrow}`, widthOf(title))} `
}
