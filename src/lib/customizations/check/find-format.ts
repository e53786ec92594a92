import type {ByteSource} from '../../jsonl/byte-source.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import {readLines} from '../../jsonl/lines.js'
import type {RowFormatId} from '../datasets/dataset-rules.js'
import {lookOf, type RowLook} from '../datasets/formats/look-of.js'

/** So many first bytes tell what rows are. */
const HEAD = 64 * 1024

const FORMATS: Partial<Readonly<Record<RowLook, RowFormatId>>> = {
  'prompt-completion': 'prompt-completion',
  converse: 'converse',
  chat: 'claude',
  image: 'image',
  text: 'text',
}

/** The format of the first rows, where no base says what it must be. */
export async function findFormat(source: ByteSource, signal?: AbortSignal): Promise<RowFormatId | undefined> {
  const tape = new JsonTape()
  let found: RowFormatId | undefined
  await readLines(source, {range: {start: 0, end: HEAD}, signal}, ({bytes, end, isTooLong, isUtf8, start}) => {
    if (found !== undefined || isTooLong || !isUtf8 || tape.scan(bytes, start, end)) return
    const look = lookOf(tape)
    found = look && FORMATS[look]
  })
  return found
}
