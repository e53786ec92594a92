import {cardAt, emailAt, ibanAt, isCapital, phoneAt, secretKeyAt, socialSecurityAt} from './suspects.js'

/** What was found in texts, one bit each. */
export const FOUND = {
  email: 1,
  phone: 2,
  card: 4,
  iban: 8,
  awsKey: 16,
  privateKey: 32,
  reserved: 64,
  reservedExtra: 128,
  socialSecurity: 256,
} as const

const ALL_SUSPECTS = FOUND.email | FOUND.phone | FOUND.card | FOUND.iban | FOUND.socialSecurity
const COLON = 0x3a
const LESS = 0x3c
const BRACKET = 0x5b
const AT = 0x40
const LETTER_K = 0x4b
const DASH = 0x2d
const BACKSLASH = 0x5c
const LETTER_U = 0x75

/** Words of Nova (https://docs.aws.amazon.com/nova/latest/userguide/fine-tune-prepare-data-understanding.html). */
const BEFORE_COLON = ['user', 'bot', 'assistant', 'system'].map((word) => Buffer.from(word))
const THOUGHT = [Buffer.from('thought')]
const TAGS = ['<image>', '<video>'].map((word) => Buffer.from(word))
const UNKNOWN = [Buffer.from('<unk>')]
const END = [Buffer.from('[eos]')]

const DIGIT = 2

/** Where something to look at may begin, by bytes. */
function triggers(words: boolean): Uint8Array {
  const table = new Uint8Array(256)
  for (let digit = 0x30; digit <= 0x39; digit += 1) table[digit] = DIGIT
  for (const byte of [AT, LETTER_K, DASH, BACKSLASH, ...(words ? [COLON, LESS, BRACKET] : [])]) table[byte] = 1
  return table
}

/** Looks over texts as they stand in JSON for reserved words, and for what may be personal or secret. */
export class TextScan {
  /** Bits of `FOUND` since it was last reset. */
  found = 0
  readonly #triggers: Uint8Array
  #hasUnicodeEscapes: boolean = false

  constructor(words: boolean) {
    this.#triggers = triggers(words)
  }

  /** Scans the bytes of a string between its quotation marks; `decoded` tells its text where that is not the same. */
  scan(bytes: Buffer, start: number, end: number, decoded: () => string): void {
    this.#hasUnicodeEscapes = false
    this.#pass(bytes, start, end)
    if (!this.#hasUnicodeEscapes) return
    const text = Buffer.from(decoded())
    this.#pass(text, 0, text.length)
  }

  #pass(bytes: Buffer, start: number, end: number): void {
    const table = this.#triggers
    let index = start
    while (index < end) {
      index = nextTrigger(table, bytes, index, end)
      if (index >= end) return
      const isDigitThere = table[bytes[index] ?? 0] === DIGIT
      index = (isDigitThere ? this.#digits(bytes, start, index, end) : this.#look(bytes, start, index, end)) + 1
    }
  }

  /** Looks at what may begin or end there; returns the last byte that is done. */
  #look(bytes: Buffer, start: number, index: number, end: number): number {
    switch (bytes[index]) {
      case BACKSLASH:
        if (bytes[index + 1] === LETTER_U) this.#hasUnicodeEscapes = true
        return index + 1
      case COLON:
        this.#note(endsWith(bytes, start, index, BEFORE_COLON), FOUND.reserved)
        this.#note(endsWith(bytes, start, index, THOUGHT), FOUND.reservedExtra)
        return index
      case LESS:
        this.#note(startsWith(bytes, index, end, TAGS), FOUND.reserved)
        this.#note(startsWith(bytes, index, end, UNKNOWN), FOUND.reservedExtra)
        return index
      case BRACKET:
        this.#note(startsWith(bytes, index, end, END), FOUND.reserved)
        return index
      case AT:
        this.#note((this.found & FOUND.email) === 0 && emailAt(bytes, start, index, end), FOUND.email)
        return index
      default: {
        const secret = secretKeyAt(bytes, start, index, end)
        if (secret !== undefined) this.found |= FOUND[secret]
        return index
      }
    }
  }

  #note(is: boolean, bit: number): void {
    if (is) this.found |= bit
  }

  /** Passes over a run of digits and what parts them; only long ones are looked at. */
  #digits(bytes: Buffer, start: number, index: number, end: number): number {
    let digits = 1
    let beyond = index + 1
    const most = Math.min(end, index + LONGEST_RUN)
    for (; beyond < most; beyond += 1) {
      if (isDigit(bytes[beyond] ?? 0)) digits += 1
      else if (!isDigitSoon(bytes, beyond, end)) break
    }
    if (digits >= FEWEST_DIGITS && (this.found & ALL_SUSPECTS) !== ALL_SUSPECTS) {
      if (cardAt(bytes, start, index, beyond, end)) this.found |= FOUND.card
      else if (socialSecurityAt(bytes, start, index, beyond, end)) this.found |= FOUND.socialSecurity
      else this.#note(phoneAt(bytes, start, index, beyond), FOUND.phone)
    }
    if (index > start && isCapital(bytes[index - 1])) this.#note(ibanAt(bytes, start, index, end), FOUND.iban)
    return beyond - 1
  }
}

/** The first byte that something may begin with; four at a time, as most have none. */
function nextTrigger(table: Uint8Array, bytes: Buffer, start: number, end: number): number {
  let index = start
  for (const last = end - 3; index < last; index += 4) {
    const first = (table[bytes[index] ?? 0] ?? 0) | (table[bytes[index + 1] ?? 0] ?? 0)
    if ((first | (table[bytes[index + 2] ?? 0] ?? 0) | (table[bytes[index + 3] ?? 0] ?? 0)) !== 0) break
  }
  while (index < end && table[bytes[index] ?? 0] === 0) index += 1
  return index
}

const LONGEST_RUN = 40
const FEWEST_DIGITS = 9

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isBetweenDigits(byte: number): boolean {
  return byte === 0x20 || byte === DASH || byte === 0x2e || byte === 0x28 || byte === 0x29
}

/** Whether what stands there parts digits: another follows at most two characters further. */
function isDigitSoon(bytes: Buffer, index: number, end: number): boolean {
  if (!isBetweenDigits(bytes[index] ?? 0)) return false
  const next = index + 1 < end ? (bytes[index + 1] ?? 0) : 0
  if (isDigit(next)) return true
  return isBetweenDigits(next) && index + 2 < end && isDigit(bytes[index + 2] ?? 0)
}

function endsWith(bytes: Buffer, start: number, end: number, words: readonly Buffer[]): boolean {
  return words.some((word) => end - word.length >= start && isWord(bytes, end - word.length, word))
}

function startsWith(bytes: Buffer, start: number, end: number, words: readonly Buffer[]): boolean {
  return words.some((word) => start + word.length <= end && isWord(bytes, start, word))
}

/** Whether a word in small letters stands there, whatever its case. */
function isWord(bytes: Buffer, at: number, word: Buffer): boolean {
  for (let index = 0; index < word.length; index += 1) {
    const byte = bytes[at + index] ?? 0
    const small = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
    if (small !== word[index]) return false
  }
  return true
}
