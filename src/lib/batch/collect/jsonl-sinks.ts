import type {ByteWriter} from '../../jsonl/byte-writer.js'
import type {AnswerSink, JoinedRecord} from './joined-record.js'
import {RecordReader} from './record-reader.js'

const ID = Buffer.from('{"recordId":')
const INPUT = Buffer.from(',"modelInput":')
const OUTPUT = Buffer.from(',"modelOutput":')
const ERROR = Buffer.from(',"error":')
const MISSING = Buffer.from(',"missing":true')
const CLASS = Buffer.from(',"class":"')
const QUOTE = Buffer.from('"')
const NULL = Buffer.from('null')
const END = Buffer.from('}\n')

export interface AnswerChoice {
  /** Each answer with the input as it was given. */
  readonly withInput: boolean
  /** Records that failed or are missing too, with their error. */
  readonly withFailed: boolean
}

/** Answers as JSON Lines: the bytes of id and answer as the service wrote them, no number read and written anew. */
export function jsonlSink(writer: ByteWriter, {withFailed, withInput}: AnswerChoice): AnswerSink {
  const reader = new RecordReader()
  const putInput = ({line, lineEnd, lineStart}: JoinedRecord) => {
    const [start, end] = reader.readInput(line, lineStart, lineEnd)
    if (start === end) return
    writer.put(INPUT)
    writer.put(line, start, end)
  }
  return writingTo(writer, (record) => {
    const {bytes, idEnd, idStart, outcome, valueEnd, valueStart} = record
    if (outcome !== 'answered' && !withFailed) return
    writer.put(ID)
    writer.put(bytes, idStart, idEnd)
    if (withInput) putInput(record)
    if (outcome === 'missing') {
      writer.put(MISSING)
    } else {
      writer.put(outcome === 'answered' ? OUTPUT : ERROR)
      writer.put(bytes, valueStart, valueEnd)
    }
    writer.put(END)
  })
}

/** Ids of records without an answer as JSON Lines, with the class of the error and the error as the service wrote it. */
export function failedSink(writer: ByteWriter): AnswerSink {
  return writingTo(writer, ({bytes, errorClass, idEnd, idStart, outcome, valueEnd, valueStart}) => {
    if (outcome === 'answered') return
    writer.put(ID)
    writer.put(bytes, idStart, idEnd)
    writer.put(CLASS)
    writer.put(Buffer.from(errorClass ?? 'other'))
    writer.put(QUOTE)
    writer.put(ERROR)
    if (outcome === 'failed') writer.put(bytes, valueStart, valueEnd)
    else writer.put(NULL)
    writer.put(END)
  })
}

/** Several sinks as one. */
export function teeSink(sinks: readonly AnswerSink[]): AnswerSink {
  return {
    put(record) {
      for (const sink of sinks) sink.put(record)
    },
    get isFull() {
      return sinks.some((sink) => sink.isFull)
    },
    async flush() {
      for (const sink of sinks) if (sink.isFull) await sink.flush()
    },
    async finish() {
      for (const sink of sinks) await sink.finish()
    },
  }
}

function writingTo(writer: ByteWriter, put: AnswerSink['put']): AnswerSink {
  return {
    put,
    get isFull() {
      return writer.isFull
    },
    flush: () => writer.flush(),
    finish: () => writer.flush(),
  }
}
