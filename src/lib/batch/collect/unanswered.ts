import type {Unread} from '../../core/answer.schema.js'
import {classifyError, ERROR_CLASSES, type ErrorClass, readRecordError} from './error-class.js'
import {type Pile, readRecords} from './pile.js'
import {type AnswerReading, readAnswers} from './read-answers.js'
import {indexRecords} from './record-index.js'

/** A record without an answer, as the line it is in the input. */
export interface UnansweredRecord {
  /** From 0, in the order of the input. */
  readonly ordinal: number
  /** Byte range [start, end) of its line in its source, with what ends it. */
  readonly start: number
  readonly end: number
  readonly errorClass: ErrorClass
}

export interface UnansweredTally {
  readonly records: number
  readonly answered: number
  /** Records without an answer by what became of them, each class that there is. */
  readonly unanswered: ReadonlyMap<ErrorClass, number>
  /** Records without an id: whether they were answered nobody can tell, and they are not handed over. */
  readonly withoutId: number
  /** Records whose id an earlier one has: they are not handed over. */
  readonly repeated: number
  /** Outputs that could not be read: what seems to be missing may lie in them. */
  readonly unread: readonly Unread[]
}

const ANSWERED = ERROR_CLASSES.length

/**
 * Hands over the records that no round has answered, in the order of the input, with the class of the error of the last
 * round that has one. Ids are compared by hashes: that an answer is taken for another record's is as likely as 3 in a
 * million for ten million records.
 */
export async function findUnanswered(
  {inputs, outputs}: Pile,
  reading: AnswerReading,
  onRecord: (record: UnansweredRecord) => void,
): Promise<UnansweredTally> {
  const index = await indexRecords(inputs, reading)
  const states = new Uint8Array(index.records)
  const {unread} = await readAnswers(outputs, index, reading, ({answer, bytes, ordinal}) => {
    if (answer.succeeded) states[ordinal] = ANSWERED
    else if (states[ordinal] !== ANSWERED) states[ordinal] = stateOf(bytes, answer.valueStart, answer.valueEnd)
  })
  const unanswered = new Map<ErrorClass, number>()
  await readRecords(inputs, reading, ({length, offset}, ordinal) => {
    const errorClass = ERROR_CLASSES[states[ordinal] ?? 0]
    if (errorClass === undefined || !index.isOwn(ordinal)) return
    unanswered.set(errorClass, (unanswered.get(errorClass) ?? 0) + 1)
    onRecord({ordinal, start: offset, end: offset + length, errorClass})
  })
  const failed = [...unanswered.values()].reduce((sum, count) => sum + count, 0)
  const {records, repeated, withoutId} = index
  return {records, answered: records - failed - withoutId - repeated, unanswered, withoutId, repeated, unread}
}

function stateOf(bytes: Buffer, start: number, end: number): number {
  return ERROR_CLASSES.indexOf(classifyError(readRecordError(bytes.toString('utf8', start, end))))
}
