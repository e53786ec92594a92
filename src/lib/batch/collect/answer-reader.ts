import {KIND} from '../../jsonl/json-nodes.js'
import {JsonTape} from '../../jsonl/json-tape.js'

/** Reads lines of outputs, one after the other: what a line says stands in the fields until the next one is read. */
export class AnswerReader {
  readonly #tape = new JsonTape()
  /** The JSON string of the id, quotation marks included. */
  idStart = 0
  idEnd = 0
  isIdEscaped: boolean = false
  /** The JSON of `modelOutput`, or of `error`; either may hold an error. */
  valueStart = 0
  valueEnd = 0
  succeeded: boolean = false

  /** Says why a line is none that an answer can be taken from; undefined when it is one. */
  read(bytes: Buffer, start: number, end: number): string | undefined {
    const tape = this.#tape
    const fault = tape.scan(bytes, start, end)
    if (fault) return fault.what
    if (!tape.isObject(tape.root)) return 'it is no JSON object'
    const id = tape.member(tape.root, 'recordId')
    if (id < 0 || !tape.isString(id)) return 'it has no recordId'
    const error = tape.member(tape.root, 'error')
    const failed = error >= 0 && tape.kind(error) !== KIND.null
    const value = failed ? error : tape.member(tape.root, 'modelOutput')
    if (value < 0) return 'it has neither modelOutput nor error'
    this.idStart = tape.start(id)
    this.idEnd = tape.end(id)
    this.isIdEscaped = tape.isEscaped(id)
    this.valueStart = tape.start(value)
    this.valueEnd = tape.end(value)
    // A model that gave nothing has not answered.
    this.succeeded = !failed && tape.kind(value) !== KIND.null && !this.#isError(value)
    return undefined
  }

  /** The service has been seen to put the error of a record where its answer would be. */
  #isError(value: number): boolean {
    const tape = this.#tape
    return tape.member(value, 'errorCode') >= 0 && tape.member(value, 'errorMessage') >= 0
  }
}
