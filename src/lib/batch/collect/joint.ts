import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {Line} from '../../jsonl/line-cutter.js'
import {classifyError, readRecordError} from './error-class.js'
import {type FailureGroup, FailureTally} from './failure-tally.js'
import {isSameId} from './id-text.js'
import type {AnswerSink, JoinedRecord} from './joined-record.js'
import type {RecordIndex} from './record-index.js'
import {RecordReader} from './record-reader.js'
import type {Spill, SpillLeaf} from './spill.js'
import {endAt, HEAD_BYTES, hasSucceededAt, valueStartAt} from './spilled-entry.js'

/** What became of the records. */
export interface RecordTally {
  readonly records: number
  readonly answered: number
  readonly failures: readonly FailureGroup[]
  readonly missing: number
  /** Ids of the first missing records. */
  readonly firstMissing: readonly string[]
  readonly withoutId: number
  readonly repeatedIds: number
  /** Lines of outputs of a round that say of a record what another line has said. */
  readonly repeatedLines: number
  /** Answers that were taken for another record's, and so are not in the result: ids with one hash. */
  readonly confused: number
}

const TOLD = 10

/** Goes along the input beside what was put aside, and hands over each record once. */
export class Joint {
  readonly #index: RecordIndex
  readonly #leaves: Generator<SpillLeaf>
  readonly #sink: AnswerSink
  readonly #reader = new RecordReader()
  readonly #failures = new FailureTally()
  readonly #firstMissing: string[] = []
  readonly #record: JoinedRecord = emptyRecord()
  #leaf: SpillLeaf | undefined
  #answered = 0
  #missing = 0
  #repeatedLines = 0
  #confused = 0

  constructor(index: RecordIndex, spill: Spill, sink: AnswerSink) {
    this.#index = index
    this.#leaves = spill.leaves()
    this.#sink = sink
  }

  take({bytes, end, start}: Line, ordinal: number): void {
    const leaf = this.#leafOf(ordinal)
    if (!this.#index.isOwn(ordinal)) return
    if (!this.#reader.readId(bytes, start, end)) throw inputChanged()
    const record = this.#record
    record.ordinal = ordinal
    record.line = bytes
    record.lineStart = start
    record.lineEnd = end
    const offset = leaf.best[ordinal - leaf.first] ?? -1
    if (offset < 0) this.#miss(bytes)
    else this.#judge(leaf.bytes, offset)
    this.#sink.put(record)
  }

  tally(): RecordTally {
    // What is left are leaves without records of their own.
    for (const {repeated} of this.#leaves) this.#repeatedLines += repeated
    const {records, repeated, withoutId} = this.#index
    return {
      records,
      answered: this.#answered,
      failures: this.#failures.groups,
      missing: this.#missing,
      firstMissing: this.#firstMissing,
      withoutId,
      repeatedIds: repeated,
      repeatedLines: this.#repeatedLines,
      confused: this.#confused,
    }
  }

  #leafOf(ordinal: number): SpillLeaf {
    while (this.#leaf === undefined || ordinal >= this.#leaf.end) {
      const {done, value} = this.#leaves.next()
      if (done === true) throw inputChanged()
      this.#leaf = value
      this.#repeatedLines += value.repeated
    }
    return this.#leaf
  }

  #miss(line: Buffer): void {
    const record = this.#record
    record.outcome = 'missing'
    record.bytes = line
    record.idStart = this.#reader.idStart
    record.idEnd = this.#reader.idEnd
    record.valueStart = 0
    record.valueEnd = 0
    record.errorClass = 'missing'
    record.error = undefined
    this.#missing += 1
    if (this.#firstMissing.length >= TOLD) return
    this.#firstMissing.push(String(JSON.parse(line.toString('utf8', record.idStart, record.idEnd))))
  }

  #judge(bytes: Buffer, offset: number): void {
    const record = this.#record
    const {idEnd, idStart} = this.#reader
    const valueStart = valueStartAt(bytes, offset)
    if (!isSameId(bytes, offset + HEAD_BYTES, valueStart, record.line, idStart, idEnd)) {
      this.#confused += 1
      this.#miss(record.line)
      return
    }
    record.bytes = bytes
    record.idStart = offset + HEAD_BYTES
    record.idEnd = valueStart
    record.valueStart = valueStart
    record.valueEnd = endAt(bytes, offset)
    if (hasSucceededAt(bytes, offset)) this.#answer()
    else this.#fail()
  }

  #answer(): void {
    this.#record.outcome = 'answered'
    this.#record.errorClass = undefined
    this.#record.error = undefined
    this.#answered += 1
  }

  #fail(): void {
    const record = this.#record
    const error = readRecordError(record.bytes.toString('utf8', record.valueStart, record.valueEnd))
    const errorClass = classifyError(error)
    record.outcome = 'failed'
    record.error = error
    record.errorClass = errorClass
    this.#failures.add(errorClass, error)
  }
}

function emptyRecord(): JoinedRecord {
  const nothing = Buffer.alloc(0)
  return {
    ordinal: 0,
    outcome: 'missing',
    line: nothing,
    lineStart: 0,
    lineEnd: 0,
    bytes: nothing,
    idStart: 0,
    idEnd: 0,
    valueStart: 0,
    valueEnd: 0,
    errorClass: undefined,
    error: undefined,
  }
}

/** The input has other records than when it was read before. */
export function inputChanged(): BedrockctlError {
  return usageError('INPUT_CHANGED', 'The input was changed while it was read.', {
    hint: 'Leave it as it is and run the same command again.',
  })
}
