const QUOTE = 0x22
const BACKSLASH = 0x5c
const ZERO = 0x30
const NINE = 0x39
/** Digits that always fit a whole number. */
const MAX_DIGITS = 15

/** What may follow a backslash. */
const ESCAPES = Uint8Array.from({length: 256}, (_, byte) => ('"\\/bfnrtu'.includes(String.fromCharCode(byte)) ? 1 : 0))

/** Place of the quote that ends the JSON string whose first character is at `from`; -1 where there is none or it is no JSON. */
export function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE) return at
    if (byte < 0x20) return -1
    if (byte !== BACKSLASH) continue
    at += 1
    const escaped = at < end ? (bytes[at] as number) : 0
    if (ESCAPES[escaped] === 0) return -1
    if (escaped === 0x75 && !isHex4(bytes, at + 1, end)) return -1
  }
  return -1
}

/** Place after the whole number at `from`; -1 where there is none, or one that is written in another way than 0 or 123. */
export function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isDigit(bytes[at] as number)) at += 1
  const length = at - from
  if (length === 0 || length > MAX_DIGITS || (length > 1 && bytes[from] === ZERO)) return -1
  const next = bytes[at]
  return next === 0x2e || next === 0x65 || next === 0x45 ? -1 : at
}

/** The number whose place `numberEnd` told. */
export function numberAt(bytes: Uint8Array, from: number, end: number): number {
  let value = 0
  for (let at = from; at < end; at++) value = value * 10 + (bytes[at] as number) - ZERO
  return value
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}

function isHex4(bytes: Uint8Array, from: number, end: number): boolean {
  if (from + 4 > end) return false
  for (let at = from; at < from + 4; at++) {
    const byte = (bytes[at] as number) | 0x20
    if (!isDigit(bytes[at] as number) && (byte < 0x61 || byte > 0x66)) return false
  }
  return true
}

/** One member of an object whose value is a string or a whole number. */
export interface Member {
  readonly key: string
  readonly kind: 'string' | 'number'
  /** 1: a member of the outermost object. */
  readonly depth: number
  /** The value's bytes, without the quotes. */
  readonly from: number
  readonly to: number
}

/** Members in the order of the bytes, which JSON.parse has taken before; keys as they are written. */
export function membersOf(bytes: Uint8Array, start: number, end: number): readonly Member[] {
  const scan = new MemberScan(bytes, end)
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE) at = scan.takeString(at + 1)
    else if (isNumberByte(byte)) at = scan.takeNumber(at)
    else scan.takeSign(byte)
  }
  return scan.members
}

/** What is known between two values of a JSON text. */
class MemberScan {
  readonly members: Member[] = []
  private readonly bytes: Uint8Array
  private readonly end: number
  private depth = 0
  private key: string | undefined

  constructor(bytes: Uint8Array, end: number) {
    this.bytes = bytes
    this.end = end
  }

  /** Place of the last byte that was taken. */
  takeString(from: number): number {
    const to = stringEnd(this.bytes, from, this.end)
    if (this.key !== undefined) this.members.push({key: this.key, kind: 'string', depth: this.depth, from, to})
    else if (isKey(this.bytes, to + 1, this.end))
      this.key = Buffer.from(this.bytes.subarray(from, to)).toString('latin1')
    return to === -1 ? this.end : to
  }

  takeNumber(from: number): number {
    const to = skipNumber(this.bytes, from, this.end)
    const plain = numberEnd(this.bytes, from, this.end) === to
    if (this.key !== undefined && plain) this.members.push({key: this.key, kind: 'number', depth: this.depth, from, to})
    return to - 1
  }

  /** After , { and [ there is no key yet. */
  takeSign(byte: number): void {
    const opens = byte === 0x7b || byte === 0x5b
    if (opens) this.depth += 1
    if (byte === 0x7d || byte === 0x5d) this.depth -= 1
    if (opens || byte === 0x2c) this.key = undefined
  }
}

function isKey(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from
  while (at < end && (bytes[at] as number) <= 0x20) at += 1
  return bytes[at] === 0x3a
}

/** 0 to 9, and + - . of numbers. */
function isNumberByte(byte: number): boolean {
  return isDigit(byte) || byte === 0x2d || byte === 0x2b || byte === 0x2e
}

function skipNumber(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && (isNumberByte(bytes[at] as number) || ((bytes[at] as number) | 0x20) === 0x65)) at += 1
  return at
}
