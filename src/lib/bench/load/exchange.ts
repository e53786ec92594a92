import {SAMPLE_FLAGS} from '../samples/columns.js'
import type {GapRecorder} from '../samples/gaps.js'
import {
  type AnswerSink,
  ERROR_CLASSES,
  type ErrorClass,
  FINISH_REASONS,
  type FinishReason,
  type Usage,
} from '../wire/answer.js'
import type {Connection} from './connection.js'

const PARSE_ERROR = ERROR_CLASSES.indexOf('parse_error')

/** What a sender asks to be sent. */
export interface Errand {
  /** Place in the sequence of the cell. */
  readonly k: number
  /** Place in the prompt book. */
  readonly prompt: number
  /** Of a closed level: who waits for it; -1: nobody. */
  readonly user: number
  readonly session: number
  readonly turn: number
  /** When it was due, by the clock of the thread. */
  readonly sched: number
}

/**
 * One request and what its answer tells, from its due time to its row. It is the sink of the reader and is used again
 * for another request: an event of the answer allocates nothing. Times are of the clock of the thread, NaN: not yet.
 */
export class Exchange implements AnswerSink {
  k = 0
  prompt = 0
  user = -1
  session = 0
  turn = 0
  sched = Number.NaN
  sent = Number.NaN
  headers = Number.NaN
  first = Number.NaN
  visible = Number.NaN
  last = Number.NaN
  end = Number.NaN
  /** When it began to wait for a connection. */
  waiting = Number.NaN
  /** When bytes of its answer came last. */
  heard = Number.NaN
  gapMax = Number.NaN
  serverMs = Number.NaN
  events = 0
  coalesced = 0
  input = -1
  output = -1
  cacheRead = -1
  cacheWrite = -1
  reasoning = -1
  status: number = 0
  error: number = 0
  finished = 0
  flags = 0
  detail: string = ''
  /** Of the answer, in ms; NaN when it does not say. */
  retryAfterMs = Number.NaN
  /** Times its bytes were handed to a socket, and times it was asked again because an answer turned it away. */
  attempts = 0
  tries = 0
  resent = false
  connection: Connection | undefined
  tier: string = ''
  latency: string = ''
  model: string = ''
  /** Place among the exchanges in flight. */
  place = -1
  #gaps: GapRecorder | undefined

  /** Makes it another request's, whose gaps are recorded there; a request of the warm-up records none. */
  take({k, prompt, user, session, turn, sched}: Errand, gaps: GapRecorder | undefined): void {
    this.#gaps = gaps
    this.k = k
    this.prompt = prompt
    this.user = user
    this.session = session
    this.turn = turn
    this.sched = sched
    this.flags = 0
    this.attempts = 0
    this.tries = 0
    this.resent = false
    this.sent = Number.NaN
    this.forget()
  }

  /** Forgets the answer, for the request to be sent again. */
  forget(): void {
    this.headers = this.first = this.visible = this.last = this.end = Number.NaN
    this.waiting = this.heard = this.gapMax = this.serverMs = this.retryAfterMs = Number.NaN
    this.events = this.coalesced = this.status = this.error = this.finished = 0
    this.input = this.output = this.cacheRead = this.cacheWrite = this.reasoning = -1
    this.detail = this.tier = this.latency = this.model = ''
  }

  token(at: number, visible: boolean): void {
    if (this.events === 0) {
      this.first = at
    } else {
      const gap = at - this.last
      this.#gaps?.add(gap)
      if (gap === 0) this.coalesced += 1
      if (!(gap <= this.gapMax)) this.gapMax = gap
    }
    this.events += 1
    this.last = at
    if (visible && Number.isNaN(this.visible)) this.visible = at
  }

  usage(usage: Usage): void {
    if (usage.input !== undefined) this.input = usage.input
    if (usage.output !== undefined) this.output = usage.output
    if (usage.cacheRead !== undefined) this.cacheRead = usage.cacheRead
    if (usage.cacheWrite !== undefined) this.cacheWrite = usage.cacheWrite
    if (usage.reasoning !== undefined) this.reasoning = usage.reasoning
  }

  flagUsage(): void {
    this.flags |= SAMPLE_FLAGS.usageAbsurd
  }

  finish(reason: FinishReason): void {
    this.finished = FINISH_REASONS.indexOf(reason)
  }

  served(what: 'tier' | 'latency' | 'model' | 'serverMs', value: string | number): void {
    if (what === 'serverMs') this.serverMs = Number(value)
    else this[what] = String(value)
  }

  fail(error: ErrorClass, detail: string): void {
    if (this.error !== 0) return
    this.error = ERROR_CLASSES.indexOf(error)
    this.detail = detail
  }

  /** What follows cannot be read: the connection is of no more use. */
  get broken(): boolean {
    return this.error === PARSE_ERROR
  }

  get cancelled(): boolean {
    return (this.flags & SAMPLE_FLAGS.cancelled) !== 0
  }

  /** Ms a token after the first; NaN below two tokens. */
  get msPerToken(): number {
    const tokens = this.output >= 0 ? this.output : this.events
    return tokens >= 2 ? (this.last - this.first) / (tokens - 1) : Number.NaN
  }
}

/** Keeps the text of its answer, where texts are saved. */
export class TextExchange extends Exchange {
  readonly pieces: string[] = []

  override forget(): void {
    super.forget()
    this.pieces.length = 0
  }

  text(piece: string): void {
    this.pieces.push(piece)
  }
}
