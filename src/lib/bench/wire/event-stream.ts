import {crc32} from 'node:zlib'
import type {ErrorClass} from './answer.js'
import {type FrameType, readFrameHeaders} from './frame-headers.js'
import {type Framing, MAX_EVENT} from './framing.js'
import {HeldBytes} from './held-bytes.js'

// application/vnd.amazon.eventstream: length, length of headers, checksum of both, headers, payload, checksum of all before.

const PRELUDE = 12
const CHECKSUM = 4
const MAX_KNOWN = 16

/** Takes the messages of an event stream. The bytes of the payload are good until the call returns. */
export interface FrameTaker {
  frame(type: FrameType, bytes: Buffer, start: number, end: number, at: number): void
  fail(error: ErrorClass, detail: string): void
}

interface KnownBlock {
  readonly bytes: Uint8Array
  readonly type: FrameType
}

/** Header blocks repeat byte for byte: those seen before, of all connections. */
const known: KnownBlock[] = []

/** Cuts an event stream into messages, and holds each to its checksums. */
export class EventStreamFraming implements Framing {
  private readonly taker: FrameTaker
  private readonly held = new HeldBytes(MAX_EVENT)
  private broken: boolean = false

  constructor(taker: FrameTaker) {
    this.taker = taker
  }

  begin(): void {
    this.held.clear()
    this.broken = false
  }

  body(bytes: Buffer, start: number, end: number, at: number): void {
    let from = this.held.length === 0 ? start : this.takeHeld(bytes, start, end, at)
    while (!this.broken && end - from >= PRELUDE) {
      const length = this.lengthAt(bytes, from)
      if (length === 0 || end - from < length) break
      this.takeFrame(bytes, from, length, at)
      from += length
    }
    if (!this.broken && from < end) this.held.append(bytes, from, end)
  }

  end(): boolean {
    const whole = this.held.length === 0
    this.held.clear()
    return whole
  }

  /** Adds what the message that is held lacks; where the next one starts. */
  private takeHeld(bytes: Buffer, start: number, end: number, at: number): number {
    const {held} = this
    let from = start
    if (held.length < PRELUDE) {
      const lacking = Math.min(end - from, PRELUDE - held.length)
      held.append(bytes, from, from + lacking)
      from += lacking
      if (held.length < PRELUDE) return from
    }
    const length = this.lengthAt(held.bytes, 0)
    if (length === 0) return end
    const lacking = Math.min(end - from, length - held.length)
    held.append(bytes, from, from + lacking)
    from += lacking
    if (held.length < length) return from
    this.takeFrame(held.bytes, 0, length, at)
    held.clear()
    return from
  }

  /** Length of the message whose prelude is at `from`; 0 where it can be none. */
  private lengthAt(bytes: Buffer, from: number): number {
    const length = bytes.readUInt32BE(from)
    const headers = bytes.readUInt32BE(from + 4)
    if (bytes.readUInt32BE(from + 8) !== preludeChecksum(bytes, from))
      return this.refuse('a prelude of the event stream does not fit its checksum')
    if (length > MAX_EVENT) return this.refuse('an event is over 16 MiB')
    if (length < PRELUDE + headers + CHECKSUM)
      return this.refuse('a message of the event stream is shorter than its headers')
    return length
  }

  private takeFrame(bytes: Buffer, from: number, length: number, at: number): void {
    const stop = from + length - CHECKSUM
    if (bytes.readUInt32BE(stop) !== checksum(bytes, from, stop)) {
      this.refuse('a message of the event stream does not fit its checksum')
      return
    }
    const payload = from + PRELUDE + bytes.readUInt32BE(from + 4)
    const type = frameType(bytes, from + PRELUDE, payload)
    if (type === undefined) this.refuse('headers of the event stream cannot be read')
    else this.taker.frame(type, bytes, payload, stop, at)
  }

  private refuse(detail: string): 0 {
    this.broken = true
    this.held.clear()
    this.taker.fail('parse_error', detail)
    return 0
  }
}

const PRELUDE_TABLE = Int32Array.from({length: 256}, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** CRC-32 of eight bytes: so few cost less here than a call of zlib. */
function preludeChecksum(bytes: Buffer, from: number): number {
  let value = -1
  for (let at = from; at < from + 8; at++) {
    value = (PRELUDE_TABLE[(value ^ (bytes[at] as number)) & 255] as number) ^ (value >>> 8)
  }
  return ~value >>> 0
}

function checksum(bytes: Buffer, from: number, to: number): number {
  return crc32(bytes.subarray(from, to))
}

function frameType(bytes: Buffer, from: number, to: number): FrameType | undefined {
  for (const block of known) if (isBlock(block.bytes, bytes, from, to)) return block.type
  const type = readFrameHeaders(bytes, from, to)
  if (type?.message === 'event') {
    if (known.length === MAX_KNOWN) known.pop()
    known.push({bytes: Uint8Array.from(bytes.subarray(from, to)), type})
  }
  return type
}

function isBlock(block: Uint8Array, bytes: Buffer, from: number, to: number): boolean {
  if (block.length !== to - from) return false
  for (let place = 0; place < block.length; place++) if (bytes[from + place] !== block[place]) return false
  return true
}
