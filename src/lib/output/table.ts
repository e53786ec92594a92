import {personText} from './cells.js'
import {type ColumnMeasure, type Fit, fitColumns} from './fit-columns.js'
import {cleanCell} from './paint-codes.js'
import {paint} from './style.js'
import type {Terminal} from './terminal.js'
import type {Column} from './view.js'
import {type LongWords, longestWord, widthOf, wrapText} from './wrap.js'

const GAP = 2
/** cli-table3 compares each cell with all before it: small tables in a row keep the time linear. */
const ROWS_AT_ONCE = 16
const STAND_IN = 'x'

type Cells = readonly string[]

/**
 * A calm table: bold headings, two spaces between columns, no boxes. On a terminal no line is wider than it; what had
 * to be left out or shortened for that is said on the last line.
 */
export async function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  terminal: Terminal,
): Promise<string> {
  if (rows.length === 0 || columns.length === 0) return 'Nothing matches.'
  const body = rows.map((row) => columns.map((column) => cleanCell(personText(column, row, terminal), terminal.color)))
  const titles = columns.map((column) => cleanCell(column.title, false))
  const fit = fitColumns(measureColumns([titles, ...body], columns), terminal.width, GAP)
  if (fit.kind === 'records') return formatRecords(titles, body, terminal)
  const longWords: LongWords = {kind: 'shorten', ellipsis: terminal.unicode ? '…' : '..'}
  const wrappers = fit.widths.map((width) => remembering((text) => wrapText(text, width, longWords)))
  const layOut = (cells: Cells) => fit.columns.map((column, at) => wrappers[at]?.(cells[column] ?? '') ?? [])
  const head = layOut(titles).map((lines) => lines.map((line) => paint('strong', line, terminal)))
  const right = fit.columns.map((column) => isRightAligned(columns[column], rows))
  const compose = terminal.interactive ? composeGrid : composeLines
  const text = await compose([head, ...body.map(layOut)], fit.widths, right)
  return [text, ...explainFit(fit, body, columns, terminal)].join('\n')
}

/** The columns of large tables repeat few values; each is wrapped once. */
function remembering(wrap: (text: string) => string[]): (text: string) => string[] {
  const known = new Map<string, string[]>()
  return (text) => {
    const lines = known.get(text) ?? wrap(text)
    known.set(text, lines)
    return lines
  }
}

function measureColumns<Row>(lines: readonly Cells[], columns: readonly Column<Row>[]): ColumnMeasure[] {
  return columns.map((column, index) => {
    let natural = 0
    let word = 0
    for (const cells of lines) {
      const cell = cells[index] ?? ''
      const width = widthOf(cell)
      natural = Math.max(natural, width)
      if (width > word) word = Math.max(word, longestWord(cell))
    }
    return {natural, word, weight: column.weight ?? (index === 0 ? 0 : 1)}
  })
}

function isRightAligned<Row>(column: Column<Row> | undefined, rows: readonly Row[]): boolean {
  if (column === undefined) return false
  if (column.align) return column.align === 'right'
  const values = rows.map((row) => column.value(row))
  return values.some((value) => typeof value === 'number') && values.every((value) => typeof value !== 'string')
}

/**
 * Lets cli-table3 compose the grid. Each line of each cell goes in as one stand-in and comes out as the padded text,
 * in the same order: cli-table3 measures wide characters by older rules than terminals do today.
 */
async function composeGrid(
  rows: readonly (readonly Cells[])[],
  widths: readonly number[],
  right: readonly boolean[],
): Promise<string> {
  const {default: CliTable} = await import('cli-table3')
  const options = {chars: BORDERLESS, style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0}}
  const parts: string[] = []
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const table = new CliTable({...options, colWidths: widths.map(() => 1)})
    const padded: string[] = []
    for (const cells of rows.slice(from, from + ROWS_AT_ONCE)) {
      const height = Math.max(...cells.map((lines) => lines.length))
      for (let at = 0; at < height; at++) {
        padded.push(...cells.map((lines, index) => pad(lines[at] ?? '', widths[index] ?? 0, right[index] === true)))
      }
      table.push(cells.map(() => Array<string>(height).fill(STAND_IN).join('\n')))
    }
    let next = 0
    parts.push(table.toString().replaceAll(STAND_IN, () => padded[next++] ?? ''))
  }
  return parts.join('\n').replace(/ +$/gm, '')
}

/** The same text for pipes, where nothing is fitted: loading and running cli-table3 would take half the command's time. */
function composeLines(
  rows: readonly (readonly Cells[])[],
  widths: readonly number[],
  right: readonly boolean[],
): string {
  const lines = rows.flatMap((cells) =>
    Array.from({length: Math.max(...cells.map(({length}) => length))}, (_, at) =>
      cells
        .map((texts, index) => pad(texts[at] ?? '', widths[index] ?? 0, right[index] === true))
        .join(' '.repeat(GAP)),
    ),
  )
  return lines.join('\n').replace(/ +$/gm, '')
}

function pad(text: string, width: number, right: boolean): string {
  const blank = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blank + text : text + blank
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
}

function explainFit<Row>(
  fit: Fit & {kind: 'table'},
  body: readonly Cells[],
  columns: readonly Column<Row>[],
  terminal: Terminal,
): string[] {
  const dropped = columns.filter((_, index) => !fit.columns.includes(index)).map(({key}) => key)
  const shortened = fit.columns.some((column, at) => {
    const width = fit.widths[at] ?? 0
    return body.some((cells) => longestWord(cells[column] ?? '') > width)
  })
  const notes = [
    ...(dropped.length > 0 ? [`Left out to fit: ${dropped.join(', ')}.`] : []),
    ...(shortened ? ['Long words are shortened.'] : []),
  ]
  if (notes.length === 0) return []
  const note = `${notes.join(' ')} Shown in full by -o csv or -o json.`
  return wrapText(cleanCell(note, false), terminal.width).map((line) => paint('faint', line, terminal))
}

/** One paragraph a row: for terminals too narrow for any table. */
function formatRecords(titles: Cells, body: readonly Cells[], terminal: Terminal): string {
  return body
    .map((cells) =>
      titles.flatMap((title, index) => wrapText(`${title}: ${cells[index] ?? ''}`, terminal.width)).join('\n'),
    )
    .join('\n\n')
}
