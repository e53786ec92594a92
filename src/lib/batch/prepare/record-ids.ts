import {IdIndex} from '../../jsonl/id-index.js'

const DIGITS = 9
const LONGEST = 256

/** The id of a row: `r000000001` by its place. */
export function idOfRow(number: number): string {
  return `r${String(number).padStart(DIGITS, '0')}`
}

export type RecordId =
  | {readonly kind: 'id'; readonly id: string; readonly changed: boolean}
  | {readonly kind: 'fault'; readonly code: string; readonly text: string}

/** Ids that rows bring along: made of safe characters, each once. */
export class RecordIds {
  readonly #index = new IdIndex()
  #taken = 0

  take(text: string | undefined): RecordId {
    const trimmed = (text ?? '').trim()
    if (trimmed === '') return fault('ID_MISSING', 'The row has no id: give it one, or leave --id-column out.')
    if (trimmed.length > LONGEST) return fault('ID_TOO_LONG', `The id has more than ${LONGEST} characters: shorten it.`)
    const id = trimmed.replace(/[^A-Za-z0-9_-]/g, '_')
    const bytes = Buffer.from(id)
    this.#taken += 1
    if (this.#index.add(bytes, 0, bytes.length, this.#taken) >= 0) {
      return fault('ID_REPEATED', 'Another row has the same id: answers are joined by it, so make each unique.')
    }
    return {kind: 'id', id, changed: id !== trimmed}
  }
}

function fault(code: string, text: string): RecordId {
  return {kind: 'fault', code, text}
}
