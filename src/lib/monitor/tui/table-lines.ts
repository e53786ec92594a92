import {columnOf} from '../board/rows.js'
import {COLUMN_GAP, type FittedColumn} from '../board/table.js'
import type {BoardRow, Cell} from '../board/view.js'
import {type Look, type Span, type SpanLine, toned} from '../span.js'
import {cutMiddle, toWidth, widthOf} from '../text-width.js'
import {lineWidth, markOf} from './paint-line.js'

/** Columns before the first cell: one for the selected row's sign, one for the sign of a marked row. */
export const SIGNS = 2

/** The titles of the columns, an arrow beside the one that the rows are sorted by. */
export function headingLine(columns: readonly FittedColumn[], sort: string, look: Look): SpanLine {
  const cells = columns.map(({column, width}) => {
    const isSorted = column.key === columnOf(sort)
    const arrow = isSorted ? arrowOf(sort, look) : ' '
    const align = column.align ?? 'left'
    const title = toWidth(column.title, width, {align, mark: ''})
    return align === 'right' ? besideRight(title, arrow) : {before: ' ', ...besideTitle(title, arrow)}
  })
  const text = cells.map(({after, before, title}) => `${before}${title}${after}`).join('')
  return [{text: ' '.repeat(SIGNS - 1) + text.trimEnd(), tone: 'strong'}]
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

/** Ids are cut in the middle, sentences at their end. */
function cellText(text: string, width: number, align: 'left' | 'right', look: Look): string {
  const mark = markOf(look)
  const isId = align === 'left' && /^[^ ]*([.:/]|-[^ ]*-)[^ ]*$/.test(text)
  return toWidth(isId ? cutMiddle(text, width, mark) : text, width, {align, mark})
}

function arrowOf(sort: string, {unicode}: Look): string {
  if (sort.startsWith('-')) return unicode ? '↓' : 'v'
  return unicode ? '↑' : '^'
}

/** Right after the words of a title where its column has room, else in the gap after it. */
function besideTitle(title: string, arrow: string): {readonly title: string; readonly after: string} {
  const words = title.trimEnd()
  if (arrow === ' ' || widthOf(words) + 1 > widthOf(title)) return {title, after: arrow}
  return {title: toWidth(`${words}${arrow}`, widthOf(title)), after: ' '}
}

/** Right before the words, else in the gap before them. */
function besideRight(
  title: string,
  arrow: string,
): {readonly before: string; readonly title: string; readonly after: string} {
  const words = title.trimStart()
  if (arrow === ' ' || widthOf(words) + 1 > widthOf(title)) return {before: arrow, title, after: ' '}
  return {before: ' ', title: toWidth(`${arrow}${words}`, widthOf(title), {align: 'right'}), after: ' '}
}
