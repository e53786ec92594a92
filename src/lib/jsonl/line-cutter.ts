import {isUtf8} from 'node:buffer'
import {lineFeeds, lineMemory, takeLines} from './line-memory.js'
import {TEXT_AT} from './wasm/layout.js'

/** One line of a source. */
export interface Line {
  readonly bytes: Buffer
  /** Where the line is in `bytes`, without its byte order mark and what ends it; both 0 when it is too long. */
  readonly start: number
  readonly end: number
  /** 1 is the first line of what is read. */
  readonly number: number
  /** Where the line starts in the source, its mark included. */
  readonly offset: number
  /** Bytes of the line, with its mark and what ends it. */
  readonly length: number
  readonly ending: '\n' | '\r\n' | ''
  /** Whether a byte order mark stands before it: on the first line of a source alone. */
  readonly hasMark: boolean
  readonly isUtf8: boolean
  readonly isTooLong: boolean
}

export interface CutterStart {
  /** Where the first chunk lies in the source. */
  readonly offset: number
  /** Whether that is inside a line that is somebody else's. */
  readonly inside: boolean
  /** Lines that start here or later are not wanted. */
  readonly limit: number
  readonly maxLineBytes: number
}

const LINE_FEED = 0x0a
const RETURN = 0x0d
const MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** Cuts chunks into lines. Lines inside a chunk are handed over where they are; only one across chunks is copied. */
export class LineCutter {
  lines = 0
  /** Bytes of all lines handed over. */
  bytes = 0
  readonly #limit: number
  readonly #maxLineBytes: number
  readonly #onLine: (line: Line) => void
  readonly #line: {-readonly [Key in keyof Line]: Line[Key]}
  #foreign: boolean
  /** Where in the source what is pushed next lies. */
  #offset: number
  /** The start of a line that goes on in the next chunk. */
  #carry = Buffer.allocUnsafeSlow(4096)
  #carried = 0
  /** Bytes so far of the line that goes on; more than what is carried when it is too long. */
  #length = 0

  constructor({offset, inside, limit, maxLineBytes}: CutterStart, onLine: (line: Line) => void) {
    this.#offset = offset
    this.#foreign = inside
    this.#limit = limit
    this.#maxLineBytes = maxLineBytes
    this.#onLine = onLine
    this.#line = {
      bytes: this.#carry,
      start: 0,
      end: 0,
      number: 0,
      offset,
      length: 0,
      ending: '',
      hasMark: false,
      isUtf8: true,
      isTooLong: false,
    }
  }

  /** Whether a line that is wanted has begun and not ended. */
  get isOpen(): boolean {
    return this.#length > 0
  }

  push(chunk: Buffer): void {
    let start = 0
    if (this.#foreign) {
      start = chunk.indexOf(LINE_FEED) + 1
      this.#foreign = start === 0
      if (this.#foreign) start = chunk.length
    } else if (this.#length > 0) start = this.#goOn(chunk)
    const last = chunk.lastIndexOf(LINE_FEED)
    if (start <= last) start = this.#cut(chunk, start, last)
    if (start < chunk.length && this.#offset + start < this.#limit) this.#keep(chunk, start, chunk.length)
    this.#offset += chunk.length
  }

  /** Hands over the last line of the source, if nothing ends it. */
  finish(): void {
    if (this.#length > 0) this.#handOverCarried(this.#offset)
  }

  /** Completes the line that was open; returns where the next one starts. */
  #goOn(chunk: Buffer): number {
    const feed = chunk.indexOf(LINE_FEED)
    const end = feed < 0 ? chunk.length : feed + 1
    this.#keep(chunk, 0, end)
    if (feed >= 0) this.#handOverCarried(this.#offset + end)
    return end
  }

  /** Hands over the lines that end inside the chunk. */
  #cut(chunk: Buffer, first: number, last: number): number {
    const allUtf8 = isUtf8(chunk.subarray(first, last))
    let start = first
    while (start <= last && this.#offset + start < this.#limit) {
      const feeds = takeLines(chunk, start, last + 1)
      if (feeds > 0) start = this.#cutTaken(start, feeds, allUtf8)
      else {
        const end = chunk.indexOf(LINE_FEED, start) + 1
        this.#handOver(chunk, start, end, this.#offset + start, allUtf8)
        start = end
      }
    }
    return start > last ? start : chunk.length
  }

  /** Hands over lines in the memory of the scanner; returns where in the chunk the next one starts. */
  #cutTaken(start: number, feeds: number, allUtf8: boolean): number {
    const shift = this.#offset + start - TEXT_AT
    let from = TEXT_AT
    for (let feed = 0; feed < feeds && from + shift < this.#limit; feed += 1) {
      const end = (lineFeeds[feed] ?? 0) + 1
      this.#handOver(lineMemory, from, end, from + shift, allUtf8)
      from = end
    }
    return start + from - TEXT_AT
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    this.#length += end - start
    if (this.#length > this.#maxLineBytes + 2) return
    const needed = this.#carried + end - start
    if (needed > this.#carry.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#carry.length * 2))
      this.#carry.copy(larger, 0, 0, this.#carried)
      this.#carry = larger
    }
    chunk.copy(this.#carry, this.#carried, start, end)
    this.#carried = needed
  }

  #handOverCarried(endOffset: number): void {
    const offset = endOffset - this.#length
    if (this.#length > this.#carried) this.#handOverTooLong(offset, this.#length)
    else this.#handOver(this.#carry, 0, this.#carried, offset, false)
    this.#carried = 0
    this.#length = 0
  }

  #handOver(bytes: Buffer, first: number, beyond: number, offset: number, knownUtf8: boolean): void {
    let end = beyond
    let ending: Line['ending'] = ''
    if (bytes[end - 1] === LINE_FEED) {
      end -= 1
      ending = '\n'
      if (end > first && bytes[end - 1] === RETURN) {
        end -= 1
        ending = '\r\n'
      }
    }
    const length = beyond - first
    if (end - first > this.#maxLineBytes) {
      this.#handOverTooLong(offset, length)
      return
    }
    const hasMark = offset === 0 && MARK.compare(bytes, first, Math.min(end, first + MARK.length)) === 0
    const start = hasMark ? first + MARK.length : first
    const line = this.#line
    line.bytes = bytes
    line.start = start
    line.end = end
    line.ending = ending
    line.hasMark = hasMark
    line.isTooLong = false
    line.isUtf8 = knownUtf8 || isUtf8(bytes.subarray(start, end))
    this.#tell(offset, length)
  }

  #handOverTooLong(offset: number, length: number): void {
    const line = this.#line
    line.start = 0
    line.end = 0
    line.ending = ''
    line.hasMark = false
    line.isTooLong = true
    line.isUtf8 = true
    this.#tell(offset, length)
  }

  #tell(offset: number, length: number): void {
    this.lines += 1
    this.bytes += length
    this.#line.number = this.lines
    this.#line.offset = offset
    this.#line.length = length
    this.#onLine(this.#line)
  }
}
