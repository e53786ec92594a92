import {ByteWriter as ParquetBytes, ParquetWriter} from 'hyparquet-writer'
import type {ByteTarget} from '../../jsonl/byte-writer.js'
import {type AnswerRow, answerRow, type ReadAnswer} from './answer-row.js'
import type {AnswerSink} from './joined-record.js'

const GROUP_ROWS = 50_000
const GROUP_CHARACTERS = 16 * 1024 * 1024

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema']

const TEXT = {type: 'BYTE_ARRAY', converted_type: 'UTF8'} as const
const OPTIONAL = {repetition_type: 'OPTIONAL'} as const
const COLUMNS = [
  ['record_id', 'recordId', {...TEXT, repetition_type: 'REQUIRED'}],
  ['text', 'text', {...TEXT, ...OPTIONAL}],
  ['stop_reason', 'stopReason', {...TEXT, ...OPTIONAL}],
  ['input_tokens', 'inputTokens', {type: 'INT32', ...OPTIONAL}],
  ['output_tokens', 'outputTokens', {type: 'INT32', ...OPTIONAL}],
  ['error', 'error', {...TEXT, ...OPTIONAL}],
] as const
const SCHEMA: Schema = [
  {name: 'root', num_children: COLUMNS.length},
  ...COLUMNS.map(([name, , element]) => ({name, ...element})),
]

export interface ParquetOptions {
  readonly read: ReadAnswer
  readonly withFailed: boolean
}

/** Answers as Parquet, compressed with Snappy; a row group is in memory at a time. */
export function parquetSink(target: ByteTarget, {read, withFailed}: ParquetOptions): AnswerSink {
  const bytes = new ParquetBytes()
  const writer = new ParquetWriter({writer: bytes, schema: SCHEMA, createdBy: 'bedrockctl'})
  let rows: AnswerRow[] = []
  let characters = 0
  const drain = async () => {
    const filled = bytes.getBytes()
    if (filled.length > 0) await target.write(filled)
    bytes.index = 0
  }
  const writeGroup = async () => {
    if (rows.length > 0) {
      const columnData = COLUMNS.map(([name, member]) => ({name, data: rows.map((row) => row[member] ?? undefined)}))
      await writer.write({columnData, rowGroupSize: rows.length})
    }
    rows = []
    characters = 0
    await drain()
  }
  return {
    put(record) {
      if (record.outcome !== 'answered' && !withFailed) return
      const row = answerRow(record, read)
      rows.push(row)
      characters += row.text?.length ?? 0
    },
    get isFull() {
      return rows.length >= GROUP_ROWS || characters >= GROUP_CHARACTERS
    },
    flush: writeGroup,
    async finish() {
      await writeGroup()
      await writer.finish()
      await drain()
    },
  }
}
