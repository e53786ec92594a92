import type {JsonFault, JsonNote} from './json-fault.js'
import {BEYOND_LATIN, ESCAPED, INTEGER, JsonNodes, KIND, NON_ASCII, SIZE_SHIFT, STRIDE} from './json-nodes.js'
import {endOfNumber, isBeyondDouble, unitAt} from './json-number.js'
import {repeatedKeys} from './repeated-keys.js'
import {SAW_ESCAPE, SAW_SCRIPT} from './string-scan-code.js'
import {StringScanner} from './string-scanner.js'

export interface TapeLimits {
  /** Levels of nesting from which on a note is made. */
  readonly deepAt?: number | undefined
  /** Values, keys included, of which a text may have no more. */
  readonly mostNodes?: number | undefined
  /** Keys that stand twice are not looked for: in a vocabulary of 100,000 that takes as long as all else. */
  readonly repeats?: false | undefined
}

const DEEP_AT = 64
const MOST_NODES = 4_194_304
/** What a hostile line made the table grow to is given back with the next. */
const KEPT_NODES = 65_536
/** So many notes of a text are kept. */
const MOST_NOTES = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

const WORDS = [
  {text: 'null', kind: KIND.null},
  {text: 'false', kind: KIND.false},
  {text: 'true', kind: KIND.true},
] as const

/** Of the code points that are escaped; punctuation is not told apart. */
const FIRST_BEYOND_LATIN = 0x370

/** The second characters of escape sequences of two; `u` is apart. */
const SHORT_ESCAPES = new Uint8Array(256)
for (const byte of Buffer.from('"\\/bfnrt')) SHORT_ESCAPES[byte] = 1

/** Scans JSON texts value by value, and says what is wrong with one and what is odd about it. */
export class CloseScan extends JsonNodes {
  protected readonly deepAt: number
  protected readonly mostNodes: number
  readonly #seeksRepeats: boolean
  protected readonly noted: JsonNote[] = []
  readonly #scanner = new StringScanner()
  #end = 0
  /** The container that is open; an open one holds its own container where its end will be. */
  #container = -1
  #depth = 0
  #fault: JsonFault | undefined
  /** The table of texts that are looked at closely. */
  #ownTable = this.table

  constructor({deepAt = DEEP_AT, mostNodes = MOST_NODES, repeats}: TapeLimits = {}) {
    super()
    this.deepAt = deepAt
    this.mostNodes = mostNodes
    this.#seeksRepeats = repeats !== false
  }

  /** At most 64 of the last text scanned. */
  get notes(): readonly JsonNote[] {
    return this.noted
  }

  /** Scans the bytes from `start` up to `end`. What was scanned before is gone; after a fault there are no nodes. */
  protected scanClosely(bytes: Buffer, start: number, end: number): JsonFault | undefined {
    this.#reset(bytes, start, end)
    let position = this.#value(this.#skipSpace(start))
    while (position >= 0 && this.#container >= 0) position = this.#next(this.#skipSpace(position))
    if (position >= 0) {
      position = this.#skipSpace(position)
      if (position < end) this.#fail('JSON_TRAILING', position, 'something follows the end of the JSON value')
    }
    if (this.#fault) this.count = 0
    return this.#fault
  }

  #reset(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes
    this.#scanner.begin(bytes, start, end)
    if (this.#ownTable.length > KEPT_NODES * STRIDE) this.#ownTable = new Int32Array(KEPT_NODES * STRIDE)
    this.table = this.#ownTable
    if (this.noted.length > 0) this.noted.length = 0
    this.#end = end
    this.count = 0
    this.#container = -1
    this.#depth = 0
    this.#fault = undefined
  }

  /** What follows a value inside a container; all methods that scan return where they got to, or -1. */
  #next(position: number): number {
    const head = this.table[this.#container * STRIDE] ?? 0
    const isObject = (head & 0x0f) === KIND.object
    const byte = this.#byte(position)
    if (byte === COMMA) {
      const start = this.#skipSpace(position + 1)
      return this.#value(isObject ? this.#key(start) : start)
    }
    if (byte === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#close(position)
    return this.#unexpected(position, isObject ? 'a comma or }' : 'a comma or ]')
  }

  /** Scans a value; of containers, all that opens before the first value that is not one. */
  #value(start: number): number {
    let position = start
    while (position >= 0) {
      switch (this.#byte(position)) {
        case QUOTE:
          return this.#string(position)
        case OPEN_OBJECT:
          if (!this.#open(KIND.object, position)) return -1
          position = this.#skipSpace(position + 1)
          if (this.#byte(position) === CLOSE_OBJECT) return this.#close(position)
          position = this.#key(position)
          break
        case OPEN_ARRAY:
          if (!this.#open(KIND.array, position)) return -1
          position = this.#skipSpace(position + 1)
          if (this.#byte(position) === CLOSE_ARRAY) return this.#close(position)
          break
        default:
          return this.#scalar(position)
      }
    }
    return -1
  }

  #key(position: number): number {
    if (this.#byte(position) !== QUOTE) return this.#unexpected(position, 'a key in quotation marks')
    const end = this.#string(position)
    if (end < 0) return -1
    const colon = this.#skipSpace(end)
    if (this.#byte(colon) !== COLON) return this.#unexpected(colon, 'a colon')
    return this.#skipSpace(colon + 1)
  }

  #scalar(position: number): number {
    const byte = this.#byte(position)
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.#number(position)
    for (const {text, kind} of WORDS) {
      if (byte !== text.charCodeAt(0)) continue
      const end = position + text.length
      if (end > this.#end) return this.#unexpected(this.#end, 'a value')
      if (this.bytes.toString('latin1', position, end) !== text) break
      return this.#add(kind, position, end) ? end : -1
    }
    return this.#unexpected(position, 'a value')
  }

  #number(position: number): number {
    const {end, isInteger} = endOfNumber(this.bytes, position, this.#end)
    if (end < 0) return this.#fail('JSON_NUMBER', position, 'a number is not written as JSON writes numbers')
    if (isInteger && isBeyondDouble(this.bytes, position, end)) this.#note('JSON_BIG_INTEGER', position)
    return this.#add(KIND.number | (isInteger ? INTEGER : 0), position, end) ? end : -1
  }

  #string(start: number): number {
    const scanner = this.#scanner
    scanner.excess = 0
    scanner.flags = 0
    let escaped = 0
    let position = start + 1
    for (;;) {
      position = scanner.find(position)
      const byte = this.#byte(position)
      if (byte === QUOTE) break
      if (byte < 0) return this.#fail('JSON_INCOMPLETE', position, 'the line ends inside a string')
      if (byte !== BACKSLASH) {
        return this.#fail('JSON_CONTROL_CHARACTER', position, 'a control character stands unescaped in a string')
      }
      const length = this.#escape(position)
      if (length < 0) return -1
      escaped += length - 1
      position += length
    }
    return this.#add(this.#headOf(escaped), start, position + 1, escaped + scanner.excess) ? position + 1 : -1
  }

  /** What is known of a string just scanned that had so many bytes of escape sequences that are no characters. */
  #headOf(escaped: number): number {
    const {flags, excess} = this.#scanner
    const isEscaped = escaped > 0 || (flags & SAW_ESCAPE) !== 0
    return (
      KIND.string |
      (isEscaped ? ESCAPED : 0) |
      (excess > 0 ? NON_ASCII : 0) |
      ((flags & SAW_SCRIPT) !== 0 ? BEYOND_LATIN : 0)
    )
  }

  /** The length of the escape sequence there, that of two surrogates taken together; -1 when it is none. */
  #escape(position: number): number {
    const second = this.#byte(position + 1)
    if (second >= 0 && SHORT_ESCAPES[second] === 1) return 2
    const unit = second === 0x75 ? unitAt(this.bytes, position + 2, this.#end) : -1
    if (unit < 0) {
      if (second < 0) return this.#fail('JSON_INCOMPLETE', position, 'the line ends inside a string')
      return this.#fail('JSON_ESCAPE', position, 'a backslash starts no escape sequence that JSON knows')
    }
    if (unit === 0) this.#note('JSON_NUL', position)
    if (unit >= FIRST_BEYOND_LATIN) this.#scanner.flags |= SAW_SCRIPT
    if (unit < 0xd800 || unit > 0xdfff) return 6
    if (unit <= 0xdbff && this.#byte(position + 6) === BACKSLASH && this.#byte(position + 7) === 0x75) {
      const low = unitAt(this.bytes, position + 8, this.#end)
      if (low >= 0xdc00 && low <= 0xdfff) return 12
    }
    this.#note('JSON_LONE_SURROGATE', position)
    return 6
  }

  #open(kind: typeof KIND.array | typeof KIND.object, position: number): boolean {
    if (!this.#add(kind, position, this.#container)) return false
    this.#container = this.count - 1
    this.#depth += 1
    if (this.#depth === this.deepAt + 1) this.#note('JSON_DEEP', position)
    return true
  }

  #close(position: number): number {
    const node = this.#container
    const slot = node * STRIDE
    this.#container = this.table[slot + 2] ?? -1
    this.table[slot + 2] = position + 1
    this.table[slot + 3] = this.count
    this.#depth -= 1
    if (this.#seeksRepeats && this.kind(node) === KIND.object && this.size(node) > 1) {
      for (const key of repeatedKeys(this, this.bytes, node)) this.#note('JSON_DUPLICATE_KEY', this.start(key))
    }
    return position + 1
  }

  #add(head: number, start: number, end: number, extra = 0): boolean {
    const slot = this.count * STRIDE
    if (slot === this.table.length && !this.#grow(start)) return false
    const {table} = this
    table[slot] = head
    table[slot + 1] = start
    table[slot + 2] = end
    table[slot + 3] = extra
    this.count += 1
    if (this.#container >= 0)
      table[this.#container * STRIDE] = (table[this.#container * STRIDE] ?? 0) + (1 << SIZE_SHIFT)
    return true
  }

  #grow(position: number): boolean {
    if (this.count >= this.mostNodes) {
      this.#fail('JSON_TOO_LARGE', position, `the line has more than ${this.mostNodes} values`)
      return false
    }
    const larger = new Int32Array(Math.min(this.count * 2, this.mostNodes) * STRIDE)
    larger.set(this.table)
    this.#ownTable = larger
    this.table = larger
    return true
  }

  #skipSpace(start: number): number {
    let position = start
    for (; position < this.#end; position += 1) {
      const byte = this.bytes[position] ?? 0
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break
    }
    return position
  }

  /** The byte there, or -1 beyond the end. */
  #byte(position: number): number {
    return position < this.#end ? (this.bytes[position] ?? -1) : -1
  }

  #note(code: JsonNote['code'], offset: number): void {
    if (this.noted.length < MOST_NOTES) this.noted.push({code, offset})
  }

  #unexpected(position: number, wanted: string): number {
    return position < this.#end
      ? this.#fail('JSON_UNEXPECTED', position, `${wanted} is expected there`)
      : this.#fail('JSON_INCOMPLETE', position, `the line ends where ${wanted} is expected`)
  }

  #fail(code: JsonFault['code'], offset: number, what: string): number {
    this.#fault ??= {code, offset, what}
    return -1
  }
}
