import {type EventTaker, type Framing, MAX_EVENT} from './framing.js'
import {HeldBytes} from './held-bytes.js'

const LF = 10
const CR = 13
const TOO_LONG = 'a line is over 16 MiB'

/** One JSON value a line; empty lines are none. */
export class NdjsonFraming implements Framing {
  private readonly taker: EventTaker
  private readonly line = new HeldBytes(MAX_EVENT)

  constructor(taker: EventTaker) {
    this.taker = taker
  }

  begin(): void {
    this.line.clear()
  }

  body(bytes: Buffer, start: number, end: number, at: number): void {
    let from = start
    while (from < end) {
      const place = bytes.indexOf(LF, from)
      if (place === -1 || place >= end) break
      this.takeLine(bytes, from, place, at)
      from = place + 1
    }
    if (from < end && !this.line.append(bytes, from, end)) this.taker.fail('parse_error', TOO_LONG)
  }

  end(complete: boolean, at: number): boolean {
    const {line} = this
    const cut = !complete && line.length > 0
    if (!cut) this.readLine(line.bytes, 0, line.length, at)
    line.clear()
    return !cut
  }

  private takeLine(bytes: Buffer, from: number, to: number, at: number): void {
    const {line} = this
    if (line.length === 0) {
      this.readLine(bytes, from, to, at)
      return
    }
    if (line.append(bytes, from, to)) this.readLine(line.bytes, 0, line.length, at)
    else this.taker.fail('parse_error', TOO_LONG)
    line.clear()
  }

  private readLine(bytes: Buffer, from: number, end: number, at: number): void {
    const to = end > from && bytes[end - 1] === CR ? end - 1 : end
    if (to > from) this.taker.event(bytes, from, to, at)
  }
}
