import type {ErrorClass, RecordError} from './error-class.js'

/** One record of the input and what became of it. One object serves for all: what it says holds until the next record. */
export interface JoinedRecord {
  /** From 0, in the order of the input. */
  ordinal: number
  outcome: 'answered' | 'failed' | 'missing'
  /** The line of the input. */
  line: Buffer
  lineStart: number
  lineEnd: number
  /** Holds the JSON string of the id, and the JSON of the answer or of the error. */
  bytes: Buffer
  idStart: number
  idEnd: number
  /** Both 0 when it is missing. */
  valueStart: number
  valueEnd: number
  /** Set when there is no answer. */
  errorClass: ErrorClass | undefined
  error: RecordError | undefined
}

/** Takes the records in the order of the input. */
export interface AnswerSink {
  /** Keeps nothing of the record but copies. */
  put(record: JoinedRecord): void
  /** What waits to be written is enough for a `flush`. */
  readonly isFull: boolean
  flush(): Promise<void>
  /** After the last record. */
  finish(): Promise<void>
}
