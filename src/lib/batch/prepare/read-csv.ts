import {CsvError, type Info, parse} from 'csv-parse'
import {usageError} from '../../core/errors.js'
import {plural} from '../../core/text.js'
import type {FaultyRow, Row, RowSource} from './rows.js'

/** A quotation mark that is never closed would take the rest of the file for one value. */
const MOST_RECORD_BYTES = 32 * 1024 * 1024

/** Rows of CSV (RFC 4180) or TSV; the first line names the columns. */
export async function readCsv(bytes: AsyncIterable<Buffer>, name: string, delimiter: ',' | '\t'): Promise<RowSource> {
  const records = readRecords(bytes, name, delimiter)
  const first = await records.next()
  if (first.done === true) throw usageError('INPUT_EMPTY', `${name} holds nothing.`, {hint: 'Name a file with rows.'})
  const columns = first.value.map((column) => column.trim())
  const repeated = columns.filter((column, index) => column !== '' && columns.indexOf(column) < index)
  if (repeated.length > 0) {
    throw usageError('COLUMNS_REPEAT', `${name} has columns of the same name: ${[...new Set(repeated)].join(', ')}.`, {
      hint: 'Give each column a name of its own in the first line.',
    })
  }
  return {columns, total: undefined, rows: rowsOf(records, columns)}
}

async function* rowsOf(
  records: AsyncGenerator<readonly string[], void, undefined>,
  columns: readonly string[],
): AsyncGenerator<Row | FaultyRow, void, undefined> {
  const places = new Map(columns.map((column, index) => [column, index]))
  let number = 0
  for await (const values of records) {
    number += 1
    if (values.length === columns.length) {
      yield {kind: 'row', number, get: (column) => values[places.get(column) ?? -1], columns: () => columns}
      continue
    }
    const text = `The row has ${plural(values.length, 'value')} for ${plural(columns.length, 'column')}: quote values that hold the delimiter.`
    yield {kind: 'faulty', number, code: 'ROW_COLUMNS', text}
  }
}

async function* readRecords(
  bytes: AsyncIterable<Buffer>,
  name: string,
  delimiter: string,
): AsyncGenerator<readonly string[], void, undefined> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD_BYTES,
    // Tabs part values that are not quoted as a rule: a quotation mark is then a character like others.
    ...(delimiter === '\t' && {relax_quotes: true}),
  })
  const feed = pump(bytes, parser)
  try {
    for await (const record of parser) yield record as readonly string[]
    await feed
  } catch (cause) {
    throw cause instanceof CsvError ? notCsv(cause, name, parser.info) : cause
  } finally {
    parser.destroy()
    await feed.catch(() => undefined)
  }
}

type Parser = ReturnType<typeof parse>

/** Waits for the parser where it is slower than the file. */
async function pump(bytes: AsyncIterable<Buffer>, parser: Parser): Promise<void> {
  try {
    for await (const chunk of bytes) {
      if (parser.destroyed) return
      if (!parser.write(chunk)) await drained(parser)
    }
    parser.end()
  } catch (error) {
    parser.destroy(error as Error)
    throw error
  }
}

function drained(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      parser.off('drain', done)
      parser.off('close', done)
      resolve()
    }
    parser.on('drain', done)
    parser.on('close', done)
  })
}

function notCsv(cause: CsvError, name: string, {lines}: Info): Error {
  return usageError('INPUT_NOT_CSV', `${name} is no CSV at line ${lines}.`, {
    why: cause.code === 'CSV_QUOTE_NOT_CLOSED' ? 'A quotation mark is opened and not closed.' : cause.code,
    hint: 'Double the quotation marks inside quoted values, or name the format with --format.',
    cause,
  })
}
