import type {ByteWriter} from '../../jsonl/byte-writer.js'
import {csvText} from '../../output/csv.js'
import {type AnswerRow, answerRow, type ReadAnswer} from './answer-row.js'
import type {AnswerSink} from './joined-record.js'

const COLUMNS = ['record-id', 'text', 'stop-reason', 'input-tokens', 'output-tokens', 'error']

export interface CsvOptions {
  readonly read: ReadAnswer
  readonly withFailed: boolean
  /** Rows of a sandbox say so in a last column. */
  readonly simulated: boolean
}

/** Answers as CSV as every other answer has it: a header, line feeds, no cell that a spreadsheet would run. */
export function csvSink(writer: ByteWriter, {read, simulated, withFailed}: CsvOptions): AnswerSink {
  writer.put(Buffer.from(`${[...COLUMNS, ...(simulated ? ['simulated'] : [])].join(',')}\n`))
  return {
    put(record) {
      if (record.outcome !== 'answered' && !withFailed) return
      writer.put(Buffer.from(`${cellsOf(answerRow(record, read)).join(',')}${simulated ? ',true' : ''}\n`))
    },
    get isFull() {
      return writer.isFull
    },
    flush: () => writer.flush(),
    finish: () => writer.flush(),
  }
}

function cellsOf({error, inputTokens, outputTokens, recordId, stopReason, text}: AnswerRow): readonly string[] {
  return [
    csvText(recordId),
    csvText(text ?? ''),
    csvText(stopReason ?? ''),
    String(inputTokens ?? ''),
    String(outputTokens ?? ''),
    csvText(error ?? ''),
  ]
}
