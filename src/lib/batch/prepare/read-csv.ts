import {CsvError, type Info, parse} from 'csv-parse'
import {usageError} from '../../core/errors.js'
import {firstLines, plural} from '../../core/text.js'
import type {FaultyRow, Row, RowSource} from './rows.js'

/** A quotation mark that is never closed would take the rest of the file for one value. */
const MOST_RECORD_BYTES = 32 * 1024 * 1024

/** The names of columns are looked at in so many bytes. */
const MOST_NAMES = 64 * 1024

/** Rows of CSV (RFC 4180) or TSV; the first line names the columns, which `accept` may refuse. */
export async function readCsv(
  bytes: AsyncIterable<Buffer>,
  name: string,
  delimiter: ',' | '\t',
  accept: (columns: readonly string[]) => void = () => undefined,
): Promise<RowSource> {
  const records = readRecords(bytes, name, delimiter)
  try {
    const first = await records.next()
    const [header = [], ...more] = first.done === true ? [] : first.value
    const columns = columnsOf(header, name)
    accept(columns)
    return {columns, total: undefined, rows: rowsOf(more, records, columns)}
  } catch (error) {
    await records.return()
    throw error
  }
}

function columnsOf(header: Values, name: string): readonly string[] {
  if (header.length === 0) throw usageError('INPUT_EMPTY', `${name} holds nothing.`, {hint: 'Name a file with rows.'})
  const columns = header.map((column) => column.trim())
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const column of columns) {
    if (column !== '' && seen.has(column)) repeated.add(column)
    seen.add(column)
  }
  if (repeated.size > 0) {
    const names = firstLines([...repeated], 20).replaceAll('\n', ', ')
    throw usageError('COLUMNS_REPEAT', `${name} has columns of the same name: ${names}.`, {
      hint: 'Give each column a name of its own in the first line.',
    })
  }
  return columns
}

async function* rowsOf(
  first: readonly Values[],
  records: AsyncGenerator<readonly Values[], void, undefined>,
  columns: readonly string[],
): AsyncGenerator<readonly (Row | FaultyRow)[], void, undefined> {
  const places = new Map(columns.map((column, index) => [column, index]))
  let number = 0
  const rowOf = (values: Values): Row | FaultyRow => {
    number += 1
    if (values.length !== columns.length) return wrongCount(number, values.length, columns.length)
    return {kind: 'row', number, get: (column) => values[places.get(column) ?? -1], columns: () => columns}
  }
  try {
    yield first.map(rowOf)
    for await (const some of records) yield some.map(rowOf)
  } finally {
    await records.return()
  }
}

function wrongCount(number: number, values: number, columns: number): FaultyRow {
  const counts = `${plural(values, 'value')} for ${plural(columns, 'column')}`
  return {
    kind: 'faulty',
    number,
    code: 'ROW_COLUMNS',
    text: `The row has ${counts}: quote values that hold the delimiter.`,
  }
}

type Values = readonly string[]

/** The records of each chunk. Read in steps, not as a stream of its own: that would cost more than the parsing. */
async function* readRecords(
  bytes: AsyncIterable<Buffer>,
  name: string,
  delimiter: string,
): AsyncGenerator<readonly Values[], void, undefined> {
  const pieces = bytes[Symbol.asyncIterator]()
  let piece = await pieces.next()
  const parser = parse({
    bom: true,
    delimiter: delimiter === ',' && piece.done !== true && isPartedBySemicolons(piece.value) ? ';' : delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD_BYTES,
    // Tabs part values that are not quoted as a rule: a quotation mark is then a character like others.
    ...(delimiter === '\t' && {relax_quotes: true}),
  })
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure = error
  })
  try {
    for (; piece.done !== true; piece = await pieces.next()) {
      // It parses at once; its call back waits for the records to be read.
      parser.write(piece.value)
      if (failure) throw failure
      const records = parsed(parser)
      if (records.length > 0) yield records
    }
    parser.end()
    const last: Values[] = []
    for await (const record of parser) last.push(record as Values)
    if (last.length > 0) yield last
  } catch (cause) {
    throw cause instanceof CsvError ? notCsv(cause, name, parser.info) : cause
  } finally {
    parser.destroy()
    await pieces.return?.()
  }
}

/** Where numbers have a decimal comma, spreadsheets write CSV with semicolons: told by the line of names. */
function isPartedBySemicolons(start: Buffer): boolean {
  const [names = ''] = start.toString('utf8', 0, MOST_NAMES).split('\n', 1)
  return names.includes(';') && !names.includes(',')
}

function parsed(parser: ReturnType<typeof parse>): readonly Values[] {
  const records: Values[] = []
  for (let record: unknown = parser.read(); record !== null; record = parser.read()) records.push(record as Values)
  return records
}

function notCsv(cause: CsvError, name: string, {lines}: Info): Error {
  return usageError('INPUT_NOT_CSV', `${name} is no CSV at line ${lines}.`, {
    why: cause.code === 'CSV_QUOTE_NOT_CLOSED' ? 'A quotation mark is opened and not closed.' : cause.code,
    hint: 'Double the quotation marks inside quoted values, or name the format with --format.',
    cause,
  })
}
