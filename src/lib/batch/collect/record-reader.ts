import {JsonTape} from '../../jsonl/json-tape.js'

/** How most records begin; spaces may stand between these. */
const OPENING = ['{', '"recordId"', ':', '"'].map((token) => Buffer.from(token))
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Reads lines of inputs, one after the other: what a line says stands in the fields until the next one is read. */
export class RecordReader {
  readonly #tape = new JsonTape()
  /** The JSON string of the id, quotation marks included. */
  idStart = 0
  idEnd = 0
  isIdEscaped: boolean = false

  /** False when the line has no id: the service makes one up. */
  readId(bytes: Buffer, start: number, end: number): boolean {
    return this.#readFirstMember(bytes, start, end) || this.#readAnywhere(bytes, start, end)
  }

  /** The JSON of `modelInput` as it is written; empty where there is none. */
  readInput(bytes: Buffer, start: number, end: number): readonly [start: number, end: number] {
    const tape = this.#tape
    if (tape.scan(bytes, start, end)) return [end, end]
    const input = tape.member(tape.root, 'modelInput')
    return input < 0 ? [end, end] : [tape.start(input), tape.end(input)]
  }

  /** Records as most write them: the id first and without escape sequences; the rest of the line is not looked at. */
  #readFirstMember(bytes: Buffer, start: number, end: number): boolean {
    const opened = afterOpening(bytes, start)
    if (opened < 0) return false
    let position = opened
    for (; position < end; position += 1) {
      const byte = bytes[position] ?? 0
      if (byte === QUOTE) break
      if (byte === BACKSLASH || byte < SPACE) return false
    }
    if (position >= end) return false
    this.idStart = opened - 1
    this.idEnd = position + 1
    this.isIdEscaped = false
    return true
  }

  #readAnywhere(bytes: Buffer, start: number, end: number): boolean {
    const tape = this.#tape
    if (tape.scan(bytes, start, end)) return false
    const id = tape.member(tape.root, 'recordId')
    if (id < 0 || !tape.isString(id)) return false
    this.idStart = tape.start(id)
    this.idEnd = tape.end(id)
    this.isIdEscaped = tape.isEscaped(id)
    return true
  }
}

/** Where the characters of the id start, or -1 when the line does not begin so. */
function afterOpening(bytes: Buffer, start: number): number {
  let position = start
  for (const token of OPENING) {
    while (bytes[position] === SPACE) position += 1
    for (const byte of token) {
      if (bytes[position] !== byte) return -1
      position += 1
    }
  }
  return position
}
