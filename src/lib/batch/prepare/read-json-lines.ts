import {sizeWords} from '../../core/text.js'
import {KIND} from '../../jsonl/json-nodes.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import {type Line, LineCutter} from '../../jsonl/line-cutter.js'
import {MOST_LINE_BYTES} from '../../jsonl/lines.js'
import type {FaultyRow, ParsedLine, Row, RowSource} from './rows.js'

type ReadLine<Item> = (tape: JsonTape, line: Line, number: number) => Item

/** Rows of JSON Lines: each line an object, whose members are the columns. Numbers stay as they are written. */
export function readJsonLines(bytes: AsyncIterable<Buffer>): RowSource {
  return {columns: undefined, total: undefined, rows: readItems(bytes, rowOf)}
}

/** Lines of an OpenAI batch file, parsed. */
export function readOpenAiLines(bytes: AsyncIterable<Buffer>): RowSource<ParsedLine | FaultyRow> {
  return {columns: undefined, total: undefined, rows: readItems(bytes, parsedOf)}
}

/** Blank lines are no rows. */
async function* readItems<Item>(
  bytes: AsyncIterable<Buffer>,
  read: ReadLine<Item>,
): AsyncGenerator<readonly (Item | FaultyRow)[], void, undefined> {
  const tape = new JsonTape()
  let ready: (Item | FaultyRow)[] = []
  let number = 0
  const cutter = new LineCutter(
    {offset: 0, inside: false, limit: Number.POSITIVE_INFINITY, maxLineBytes: MOST_LINE_BYTES},
    (line) => {
      if (!line.isTooLong && isBlank(line)) return
      number += 1
      ready.push(faultOf(tape, line, number) ?? read(tape, line, number))
    },
  )
  for await (const chunk of bytes) {
    cutter.push(chunk)
    const items = ready
    ready = []
    if (items.length > 0) yield items
  }
  cutter.finish()
  yield ready
}

function isBlank({bytes, end, start}: Line): boolean {
  for (let index = start; index < end; index += 1) if ((bytes[index] ?? 0) > 0x20) return false
  return true
}

function faultOf(tape: JsonTape, line: Line, number: number): FaultyRow | undefined {
  if (line.isTooLong) {
    const text = `The line has more than ${sizeWords(MOST_LINE_BYTES)}, more than any request may hold: shorten it.`
    return {kind: 'faulty', number, code: 'LINE_TOO_LONG', text}
  }
  const fault = tape.scan(line.bytes, line.start, line.end)
  if (fault) return {kind: 'faulty', number, code: fault.code, text: `The line is no JSON: ${fault.what}.`}
  if (tape.isObject(tape.root)) return undefined
  return {
    kind: 'faulty',
    number,
    code: 'ROW_NOT_OBJECT',
    text: 'The line is no JSON object: write {"column": "value"}.',
  }
}

function rowOf(tape: JsonTape, line: Line, number: number): Row {
  const values = new Map<string, string>()
  const end = tape.after(tape.root)
  for (let key = tape.first(tape.root); key < end; key = tape.after(key + 1)) {
    const value = key + 1
    const kind = tape.kind(value)
    if (kind === KIND.null) values.delete(tape.text(key))
    else if (kind < KIND.array) values.set(tape.text(key), tape.text(value))
    else values.set(tape.text(key), line.bytes.toString('utf8', tape.start(value), tape.end(value)))
  }
  return {kind: 'row', number, get: (column) => values.get(column), columns: () => [...values.keys()]}
}

function parsedOf(tape: JsonTape, line: Line, number: number): ParsedLine | FaultyRow {
  if (tape.notes.some(({code}) => code === 'JSON_BIG_INTEGER')) {
    const text = 'A whole number beyond 2^53 would change on the way: write it as text.'
    return {kind: 'faulty', number, code: 'JSON_BIG_INTEGER', text}
  }
  return {kind: 'parsed', number, value: JSON.parse(line.bytes.toString('utf8', line.start, line.end))}
}
