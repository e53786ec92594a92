import type {Answer} from '../bodies/answer.js'
import type {JoinedRecord} from './joined-record.js'

/** One record as tables have it. */
export interface AnswerRow {
  readonly recordId: string
  /** What the model wrote; where that is no text, such as an embedding, its answer as JSON. */
  readonly text: string | null
  readonly stopReason: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** Class of the error, and what the service said. */
  readonly error: string | null
}

/** How the answers of a model are read. */
export type ReadAnswer = (modelOutput: unknown) => Answer

const NOTHING = {text: null, stopReason: null, inputTokens: null, outputTokens: null}

export function answerRow(record: JoinedRecord, read: ReadAnswer): AnswerRow {
  const {bytes, idEnd, idStart, valueEnd, valueStart} = record
  const recordId = String(JSON.parse(bytes.toString('utf8', idStart, idEnd)))
  if (record.outcome !== 'answered') return {recordId, ...NOTHING, error: errorWords(record)}
  const json = bytes.toString('utf8', valueStart, valueEnd)
  const {text, stopReason, inputTokens, outputTokens} = read(JSON.parse(json))
  return {
    recordId,
    text: text ?? json,
    stopReason: stopReason ?? null,
    inputTokens: inputTokens ?? null,
    outputTokens: outputTokens ?? null,
    error: null,
  }
}

function errorWords({error, errorClass}: JoinedRecord): string {
  return [errorClass, error?.code, error?.message].filter((word) => word !== undefined && word !== null).join(': ')
}
