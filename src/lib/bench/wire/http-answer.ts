import type {AnswerReader, AnswerSink} from './answer.js'
import {HeldBytes} from './held-bytes.js'
import {type AnswerHead, parseHead} from './http-head.js'

const MAX_HEAD = 64 * 1024
const MAX_CHUNK = 2 ** 48
const CR = 13
const LF = 10
const HEAD_END = Buffer.from('\r\n\r\n')

// Where in an answer the next byte is.
const HEAD = 0
const SIZED = 1
const UNTIL_CLOSE = 2
const CHUNK_SIZE = 3
const CHUNK_DATA = 4
const CHUNK_END = 5
const TRAILER = 6
const DONE = 7

/** Value of a hexadecimal digit by its byte, -1 for all other bytes. */
const HEX = Int8Array.from({length: 256}, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(digit) ? -1 : digit
})

/**
 * HTTP/1.1 answers of one connection, one after another, out of bytes as they come. Bodies go to the reader without a copy.
 * `expect` says that a request was sent; `push` answers true once the answer to it is whole.
 */
export class HttpAnswer {
  /** 0 until the head is there. */
  status = 0
  complete: boolean = true
  /** Whether another request may be sent; known once the answer is complete. */
  keepAlive: boolean = false
  /** Whether a byte of the awaited answer has come: a server may close an idle connection just when a request is sent. */
  started: boolean = false
  private readonly reader: AnswerReader
  private readonly held = new HeldBytes(MAX_HEAD)
  private sink: AnswerSink | undefined
  private head: AnswerHead | undefined
  private lastBytes: Buffer = Buffer.alloc(0)
  private lastHead: AnswerHead | undefined
  private state = DONE
  private remaining = 0
  private lineLength = 0
  private inExtension: boolean = false

  constructor(reader: AnswerReader) {
    this.reader = reader
  }

  /** A request was sent: the next bytes are its answer. */
  expect(sink: AnswerSink): void {
    this.sink = sink
    this.status = 0
    this.complete = false
    this.keepAlive = false
    this.started = false
    this.head = undefined
    this.state = HEAD
    this.held.clear()
  }

  /** A header of the answer by its lower-case name, once the head is there. */
  header(name: string): string | undefined {
    return this.head?.header(name)
  }

  /** True when the answer is complete. Bytes after it belong to no request: the connection is not kept then. */
  push(bytes: Buffer, start: number, end: number, at: number): boolean {
    let from = start
    this.started ||= from < end
    while (from < end && this.state !== DONE) from = this.step(bytes, from, end, at)
    if (from < end) this.keepAlive = false
    return this.complete
  }

  /** The connection has ended. */
  close(at: number): void {
    if (this.state === UNTIL_CLOSE) this.finish(at)
    if (this.complete) return
    if (this.head === undefined) this.sink?.fail('truncated', 'the connection ended before the head of an answer')
    else this.reader.end(false, at)
    this.stop()
  }

  private step(bytes: Buffer, from: number, end: number, at: number): number {
    switch (this.state) {
      case HEAD:
        return this.takeHead(bytes, from, end, at)
      case UNTIL_CLOSE:
        this.reader.body(bytes, from, end, at)
        return end
      case SIZED:
      case CHUNK_DATA:
        return this.takeBody(bytes, from, end, at)
      case CHUNK_SIZE:
        return this.takeChunkSize(bytes, from, end)
      case CHUNK_END:
        return this.takeChunkEnd(bytes, from)
      default:
        return this.takeTrailer(bytes, from, end, at)
    }
  }

  private takeHead(bytes: Buffer, from: number, end: number, at: number): number {
    if (this.held.length > 0) return this.takeRestOfHead(bytes, from, end, at)
    const last = this.lastBytes.length
    if (this.lastHead !== undefined && end - from >= last && sameBytes(this.lastBytes, bytes, from)) {
      this.open(this.lastHead, at)
      return from + last
    }
    const stop = headEnd(bytes, from, end)
    if (stop !== -1) {
      this.readHead(bytes, from, stop, at)
      return stop
    }
    if (!this.held.append(bytes, from, end)) this.refuse('the head of the answer is over 64 KiB')
    return end
  }

  private takeRestOfHead(bytes: Buffer, from: number, end: number, at: number): number {
    const before = this.held.length
    const taken = Math.min(end, from + MAX_HEAD - before)
    if (taken === from) {
      this.refuse('the head of the answer is over 64 KiB')
      return end
    }
    this.held.append(bytes, from, taken)
    const stop = headEnd(this.held.bytes, Math.max(0, before - 3), this.held.length)
    if (stop === -1) return taken
    const length = this.held.length
    this.held.clear()
    this.readHead(this.held.bytes, 0, stop, at)
    return taken - (length - stop)
  }

  private readHead(bytes: Buffer, from: number, stop: number, at: number): void {
    if (stop - from > MAX_HEAD) {
      this.refuse('the head of the answer is over 64 KiB')
      return
    }
    const head = parseHead(bytes.toString('latin1', from, stop))
    if (typeof head === 'string') {
      this.refuse(head)
      return
    }
    if (head.status < 200 && head.status !== 101) return
    this.lastBytes = Buffer.from(bytes.subarray(from, stop))
    this.lastHead = head
    this.open(head, at)
  }

  private open(head: AnswerHead, at: number): void {
    const {sink} = this
    if (sink === undefined) return
    this.head = head
    this.status = head.status
    this.reader.begin(sink, head.status, head.header)
    const {framing} = head
    if (framing.kind === 'none') {
      this.finish(at)
      return
    }
    if (framing.kind === 'chunked') {
      this.awaitChunk()
      return
    }
    this.state = framing.kind === 'sized' ? SIZED : UNTIL_CLOSE
    this.remaining = framing.kind === 'sized' ? framing.length : 0
  }

  private takeBody(bytes: Buffer, from: number, end: number, at: number): number {
    const stop = Math.min(end, from + this.remaining)
    this.remaining -= stop - from
    this.reader.body(bytes, from, stop, at)
    if (this.remaining > 0) return stop
    if (this.state === SIZED) this.finish(at)
    else this.state = CHUNK_END
    return stop
  }

  private awaitChunk(): void {
    this.state = CHUNK_SIZE
    this.remaining = 0
    this.lineLength = 0
    this.inExtension = false
  }

  private takeChunkSize(bytes: Buffer, start: number, end: number): number {
    for (let from = start; from < end; from++) {
      const byte = bytes[from] as number
      if (byte === LF) return this.openChunk(from + 1)
      if (byte === CR) continue
      this.lineLength += 1
      if (this.lineLength > MAX_HEAD) return this.refuseAt(end, 'the size line of a chunk is over 64 KiB')
      if (!this.inExtension && !this.takeSizeByte(byte)) return this.refuseAt(end, 'the size of a chunk cannot be read')
    }
    return end
  }

  private takeSizeByte(byte: number): boolean {
    const digit = HEX[byte] as number
    if (digit === -1) {
      this.inExtension = byte === 0x3b || byte === 0x20 || byte === 0x09
      return this.inExtension && this.lineLength > 1
    }
    this.remaining = this.remaining * 16 + digit
    return this.remaining < MAX_CHUNK
  }

  private openChunk(from: number): number {
    if (this.lineLength === 0) return this.refuseAt(from, 'the size of a chunk cannot be read')
    this.state = this.remaining === 0 ? TRAILER : CHUNK_DATA
    this.lineLength = 0
    return from
  }

  private takeChunkEnd(bytes: Buffer, from: number): number {
    const byte = bytes[from]
    if (byte === LF) this.awaitChunk()
    else if (byte !== CR) return this.refuseAt(from, 'a chunk is longer than its size')
    return from + 1
  }

  private takeTrailer(bytes: Buffer, start: number, end: number, at: number): number {
    for (let from = start; from < end; from++) {
      const byte = bytes[from]
      if (byte === CR) continue
      this.remaining += 1
      if (byte !== LF) this.lineLength += 1
      else if (this.lineLength > 0) this.lineLength = 0
      else {
        this.finish(at)
        return from + 1
      }
      if (this.remaining > MAX_HEAD) return this.refuseAt(end, 'the trailers of the answer are over 64 KiB')
    }
    return end
  }

  private finish(at: number): void {
    this.reader.end(true, at)
    const keepAlive = this.head?.keepAlive === true
    this.stop()
    this.keepAlive = keepAlive
  }

  private refuseAt(from: number, detail: string): number {
    this.refuse(detail)
    return from
  }

  /** The reader hears no more of the answer: it is told of the next one. */
  private refuse(detail: string): void {
    this.sink?.fail('parse_error', detail)
    this.stop()
  }

  private stop(): void {
    this.state = DONE
    this.complete = true
    this.keepAlive = false
    this.held.clear()
  }
}

function headEnd(bytes: Buffer, from: number, end: number): number {
  const found = bytes.indexOf(HEAD_END, from)
  return found === -1 || found + 4 > end ? -1 : found + 4
}

function sameBytes(known: Buffer, bytes: Buffer, from: number): boolean {
  return bytes.compare(known, 0, known.length, from, from + known.length) === 0
}
