/** What a node is. */
export const KIND = {null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6} as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** Integers of a node: what it is, where its bytes start and end, and one more. */
export const STRIDE = 4
const KIND_BITS = 0x0f
/** Set on strings with escape sequences, and on numbers without fraction or exponent. */
export const ESCAPED = 0x10
export const INTEGER = 0x10
/** Set on strings that may hold bytes beyond ASCII. */
export const NON_ASCII = 0x20
/** Set on strings that may hold characters of other scripts than Latin, escaped or not. */
export const BEYOND_LATIN = 0x40
export const SIZE_SHIFT = 8

const POINT = 0x2e
/** Characters of a number whose digits are few enough to be exact in a double. */
const MOST_PLAIN = 15

/**
 * A JSON text as a table of nodes in the order of the text; a node is known by its number, 0 is the whole. The children
 * of an object are key, value, key, value. Nothing is decoded before it is asked for.
 */
export class JsonNodes {
  protected bytes: Buffer = Buffer.alloc(0)
  /** A fourth integer holds what follows a container, or the bytes of a string that are more than its characters. */
  protected table: Int32Array = new Int32Array(256 * STRIDE)
  protected count = 0

  /** The node of the whole text. */
  readonly root = 0

  /** What was scanned, for those who look at the bytes of a value themselves. */
  get buffer(): Buffer {
    return this.bytes
  }

  kind(node: number): Kind {
    return (this.#at(node) & KIND_BITS) as Kind
  }

  isString(node: number): boolean {
    return this.kind(node) === KIND.string
  }

  isObject(node: number): boolean {
    return this.kind(node) === KIND.object
  }

  isArray(node: number): boolean {
    return this.kind(node) === KIND.array
  }

  /** Whether it is a number written without fraction and exponent. */
  isInteger(node: number): boolean {
    return this.kind(node) === KIND.number && (this.#at(node) & INTEGER) !== 0
  }

  /** Whether a string has escape sequences. */
  isEscaped(node: number): boolean {
    return this.isString(node) && (this.#at(node) & ESCAPED) !== 0
  }

  /** Whether a string may hold characters of other scripts than Latin; false is certain. */
  isBeyondLatin(node: number): boolean {
    return (this.#at(node) & (KIND_BITS | BEYOND_LATIN)) === (KIND.string | BEYOND_LATIN)
  }

  /** Where the value starts in the buffer: at the quotation mark of a string. */
  start(node: number): number {
    return this.table[node * STRIDE + 1] ?? 0
  }

  /** Where the value ends in the buffer: beyond the quotation mark of a string. */
  end(node: number): number {
    return this.table[node * STRIDE + 2] ?? 0
  }

  /** Members of an object, items of an array; 0 for all else. */
  size(node: number): number {
    const head = this.#at(node)
    const children = head >>> SIZE_SHIFT
    return (head & KIND_BITS) === KIND.object ? children >>> 1 : children
  }

  /**
   * The first item, or the key of the first member; `after(node)` when there is none:
   * `for (let item = tape.first(list); item < tape.after(list); item = tape.after(item))`, and for an object
   * `for (let key = tape.first(it); key < tape.after(it); key = tape.after(key + 1))`, where the value is `key + 1`.
   */
  first(node: number): number {
    return node + 1
  }

  /** The node that follows this one and all that is in it: its next sibling, if it has one. */
  after(node: number): number {
    return this.kind(node) >= KIND.array ? (this.table[node * STRIDE + 3] ?? 0) : node + 1
  }

  /** The value of the member of that name, or -1. Of several, the last, which is the one that parsers keep. */
  member(object: number, name: string): number {
    if (!this.isObject(object)) return -1
    let found = -1
    const end = this.after(object)
    for (let key = object + 1; key < end; key = this.after(key + 1)) {
      if (this.equals(key, name)) found = key + 1
    }
    return found
  }

  /** Whether a node is a string of this text. */
  equals(node: number, text: string): boolean {
    const slot = node * STRIDE
    const head = this.table[slot] ?? 0
    if ((head & KIND_BITS) !== KIND.string) return false
    if ((head & (ESCAPED | NON_ASCII)) !== 0) return this.text(node) === text
    const {bytes} = this
    const {length} = text
    const start = (this.table[slot + 1] ?? 0) + 1
    if ((this.table[slot + 2] ?? 0) - 1 - start !== length) return false
    for (let index = 0; index < length; index += 1) {
      if (bytes[start + index] !== text.charCodeAt(index)) return false
    }
    return true
  }

  /**
   * A number that two strings share when they are the same, and seldom otherwise: of their length and three of their
   * characters. -1 for what is no string, is empty, or is written with escape sequences or beyond ASCII.
   */
  fingerprint(node: number): number {
    const slot = node * STRIDE
    if (((this.table[slot] ?? 0) & (KIND_BITS | ESCAPED | NON_ASCII)) !== KIND.string) return -1
    const {bytes} = this
    const start = (this.table[slot + 1] ?? 0) + 1
    const length = (this.table[slot + 2] ?? 0) - 1 - start
    if (length === 0) return -1
    const middle = bytes[start + (length >>> 1)] ?? 0
    return fingerprintOf(length, bytes[start] ?? 0, middle, bytes[start + length - 1] ?? 0)
  }

  /** The text of a string; of a number and of words, as they are written. */
  text(node: number): string {
    const start = this.start(node)
    const end = this.end(node)
    if (!this.isString(node)) return this.bytes.toString('utf8', start, end)
    if ((this.#at(node) & ESCAPED) !== 0) return String(JSON.parse(this.bytes.toString('utf8', start, end)))
    return this.bytes.toString('utf8', start + 1, end - 1)
  }

  /** Characters of a string, escape sequences counted as what they stand for; 0 for all else. */
  characters(node: number): number {
    if (!this.isString(node)) return 0
    const start = this.start(node) + 1
    const end = this.end(node) - 1
    return end - start - (this.table[node * STRIDE + 3] ?? 0)
  }

  /** The value of a number, as near as a double can be. */
  number(node: number): number {
    const start = this.start(node)
    const end = this.end(node)
    const plain = this.kind(node) === KIND.number ? plainNumber(this.bytes, start, end) : -1
    return plain >= 0 ? plain : Number(this.bytes.toString('latin1', start, end))
  }

  #at(node: number): number {
    return this.table[node * STRIDE] ?? 0
  }
}

/** The fingerprint of a string by its length, its first character, that in its middle, and its last. */
export function fingerprintOf(length: number, first: number, middle: number, last: number): number {
  return (length & 0x3ff) | (first << 10) | (middle << 17) | ((last & 0x7f) << 24)
}

/** A number of few digits without sign and exponent, -1 for all others: the common case, without making a string. */
function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > MOST_PLAIN) return -1
  let digits = 0
  let scale = 1
  let hasPoint = false
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte === POINT) hasPoint = true
    else if (byte < 0x30 || byte > 0x39) return -1
    else {
      digits = digits * 10 + byte - 0x30
      if (hasPoint) scale *= 10
    }
  }
  // Both are exact in a double, so that their quotient is rounded once, as the number itself would be.
  return digits / scale
}
