import {type EventTaker, type Framing, MAX_EVENT} from './framing.js'
import {HeldBytes} from './held-bytes.js'

const LF = 10
const CR = 13
const COLON = 0x3a
const SPACE = 0x20
const NEWLINE = Buffer.from('\n')
const TOO_LONG = 'an event is over 16 MiB'

/**
 * Server-sent events: the data of each, its lines joined by LF (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Names of events are left out, for the data says them too. A field `error`, which older servers write, is taken as data.
 */
export class SseFraming implements Framing {
  private readonly taker: EventTaker
  /** The start of a line that ended in no read yet. */
  private readonly line = new HeldBytes(MAX_EVENT)
  /** Data of an event whose empty line has not come. */
  private readonly data = new HeldBytes(MAX_EVENT)
  private hasData: boolean = false
  /** The only data line so far, where it is in the read that is worked on. */
  private from = -1
  private to = -1
  private afterCr: boolean = false

  constructor(taker: EventTaker) {
    this.taker = taker
  }

  begin(): void {
    this.line.clear()
    this.forget()
    this.afterCr = false
  }

  body(bytes: Buffer, start: number, end: number, at: number): void {
    const plain = !this.afterCr && bytes.subarray(start, end).indexOf(CR) === -1
    const from = plain ? this.takeLines(bytes, start, end, at) : this.takeMixedLines(bytes, start, end, at)
    if (from < end) {
      this.afterCr = false
      if (!this.line.append(bytes, from, end)) this.taker.fail('parse_error', TOO_LONG)
    }
    if (this.from !== -1) this.keep(bytes)
  }

  /** Lines ended by LF alone: nearly all servers. Where the line that has no end yet starts. */
  private takeLines(bytes: Buffer, start: number, end: number, at: number): number {
    let from = start
    while (from < end) {
      const place = bytes.indexOf(LF, from)
      if (place === -1 || place >= end) return from
      this.takeLine(bytes, from, place, at)
      from = place + 1
    }
    return from
  }

  private takeMixedLines(bytes: Buffer, start: number, end: number, at: number): number {
    let from = start
    for (let place = start; place < end; place++) {
      const byte = bytes[place]
      if (byte !== LF && byte !== CR) continue
      // the LF of a CR LF ends no line of its own
      if (byte === CR || !this.afterCr || place !== from) this.takeLine(bytes, from, place, at)
      this.afterCr = byte === CR
      from = place + 1
    }
    return from
  }

  end(complete: boolean, at: number): boolean {
    const {line} = this
    if (complete && line.length > 0) this.takeLine(line.bytes, 0, line.length, at)
    const whole = line.length === 0 && !this.hasData
    if (complete) this.dispatch(this.data.bytes, at)
    this.begin()
    return complete || whole
  }

  private takeLine(bytes: Buffer, from: number, to: number, at: number): void {
    if (this.line.length === 0) {
      this.readLine(bytes, from, to, at)
      return
    }
    if (bytes !== this.line.bytes && !this.line.append(bytes, from, to)) {
      this.taker.fail('parse_error', TOO_LONG)
      return
    }
    const {line} = this
    this.readLine(line.bytes, 0, line.length, at)
    if (this.from !== -1) this.keep(line.bytes)
    line.clear()
  }

  private readLine(bytes: Buffer, from: number, to: number, at: number): void {
    if (from === to) {
      this.dispatch(bytes, at)
      return
    }
    const colon = fieldEnd(bytes, from, to)
    if (colon === -1) return
    const value = colon < to && bytes[colon] === SPACE ? colon + 1 : colon
    if (!this.hasData) {
      this.hasData = true
      this.from = value
      this.to = to
      return
    }
    if (this.from !== -1) this.keep(bytes)
    if (!this.data.append(NEWLINE, 0, 1) || !this.data.append(bytes, value, to))
      this.taker.fail('parse_error', TOO_LONG)
  }

  private dispatch(bytes: Buffer, at: number): void {
    if (!this.hasData) return
    const {from, to, data} = this
    if (from !== -1 && to > from) this.taker.event(bytes, from, to, at)
    else if (from === -1 && data.length > 0) this.taker.event(data.bytes, 0, data.length, at)
    this.forget()
  }

  /** The read ends, or another line is added: the data goes where it can stay. */
  private keep(bytes: Buffer): void {
    if (!this.data.append(bytes, this.from, this.to)) this.taker.fail('parse_error', TOO_LONG)
    this.from = -1
  }

  private forget(): void {
    this.data.clear()
    this.hasData = false
    this.from = -1
  }
}

/** Place after the colon of `data:` or `error:`, -1 for other lines. */
function fieldEnd(bytes: Buffer, from: number, to: number): number {
  // d a t a
  if (bytes[from] === 0x64) {
    const isData = to - from > 4 && bytes[from + 4] === COLON && bytes[from + 1] === 0x61 && bytes[from + 2] === 0x74
    return isData && bytes[from + 3] === 0x61 ? from + 5 : -1
  }
  if (bytes[from] !== 0x65 || to - from < 6) return -1
  return bytes.toString('latin1', from, from + 6) === 'error:' ? from + 6 : -1
}
