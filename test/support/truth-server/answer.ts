import type {Socket} from 'node:net'
import type {Usage} from './dialects/dialect.js'
import type {TruthOptions} from './options.js'
import {LAST_CHUNK, type Script} from './script.js'
import type {TruthLog} from './truth-log.js'
import type {Entry, Wheel} from './wheel.js'

/** What an answer needs of the server. */
export interface Stage {
  readonly options: TruthOptions
  readonly log: TruthLog
  readonly wheel: Wheel
}

/** One stream as it is to be sent. */
export interface Plan {
  readonly script: Script
  readonly usage: Usage
  readonly events: number
  /** The head of the answer with its empty line. */
  readonly head: string
  readonly row: number
  readonly arrived: number
  /** Draws of this request, 0 to 1, the same for the same seed. */
  readonly random: (index: number) => number
  readonly fault: TruthOptions['fault']
}

/** What comes with the last of a stream's bytes. */
interface Ending {
  readonly outcome: 'whole' | 'fault'
  /** How the connection goes on. */
  readonly connection: 'keep' | 'hold' | 'reset' | 'close'
  readonly text: string
}

/** A reader that stands still is not fed without end. */
const MOST_BUFFERED = 64 * 1024 * 1024
/** Events that one write takes at most. */
const MOST_AT_ONCE = 1024

/** Writes one stream on its schedule: due times are absolute, and what is due together goes out in one write. */
export class Answer implements Entry {
  /** When the wheel wakes it. */
  due = 0
  readonly #stage: Stage
  readonly #plan: Plan
  readonly #socket: Socket
  readonly #ended: () => void
  readonly #total: number
  readonly #breaks: number
  /** When the next event is due. */
  #eventDue: number
  #next = 0
  #opened: boolean = false
  #over: boolean = false

  constructor(stage: Stage, plan: Plan, socket: Socket, ended: () => void) {
    this.#stage = stage
    this.#plan = plan
    this.#socket = socket
    this.#ended = ended
    this.#total = plan.fault.kind === 'endless' ? Number.POSITIVE_INFINITY : plan.events
    this.#breaks = Math.min(breaksAfter(plan.fault), this.#total)
    const late = plan.fault.kind === 'slow-headers' ? plan.fault.amount : 0
    this.#eventDue = plan.arrived + stage.options.ttftMs + late
  }

  start(): void {
    if (this.#stage.options.earlyHeaders && this.#plan.fault.kind !== 'slow-headers') {
      this.#send(this.#opening(), 0, undefined)
    } else {
      this.#goOn()
    }
  }

  fire(): void {
    if (this.#over) return
    if (this.#socket.writableLength > MOST_BUFFERED) {
      this.#wakeAt(performance.now() + 1)
      return
    }
    const now = performance.now()
    const {script, usage} = this.#plan
    let text = this.#opened ? '' : this.#opening()
    const from = this.#next
    const most = Math.min(this.#breaks, from + MOST_AT_ONCE)
    while (this.#next < most && this.#releasedAt() <= now) {
      text += script.event(this.#next, this.#total, usage)
      this.#eventDue += this.#gap(this.#next)
      this.#next += 1
    }
    this.#send(text, this.#next - from, this.#next === this.#breaks ? this.#ending() : undefined)
  }

  /** The other side has gone: nothing is left to write. */
  abandon(): void {
    if (this.#over) return
    this.#over = true
    this.#stage.log.end(this.#plan.row, 200, 'client-closed', performance.now())
  }

  #goOn(): void {
    this.#wakeAt(this.#releasedAt())
  }

  #wakeAt(due: number): void {
    // Without a pace all of the answer goes out at once, in the turn of its request.
    if (this.#next === 0 && due <= this.#plan.arrived) {
      this.fire()
      return
    }
    this.due = due
    this.#stage.wheel.add(this)
  }

  #opening(): string {
    this.#opened = true
    return this.#plan.head + this.#plan.script.opening(this.#plan.usage)
  }

  /** When the next event goes out: with the last of those that are written together. */
  #releasedAt(): number {
    const {eventsPerWrite} = this.#stage.options
    let due = this.#eventDue
    if (eventsPerWrite === 1) return due
    const last = Math.min(this.#next - (this.#next % eventsPerWrite) + eventsPerWrite, this.#breaks) - 1
    for (let index = this.#next; index < last; index += 1) due += this.#gap(index)
    return due
  }

  #gap(index: number): number {
    const {itlMs, jitter} = this.#stage.options
    return jitter === 0 ? itlMs : itlMs * (1 + jitter * (2 * this.#plan.random(index + 1) - 1))
  }

  /** Times are taken right before the write that completes the events. */
  #send(text: string, events: number, ending: Ending | undefined): void {
    const all = ending === undefined ? text : text + ending.text
    const {pieceBytes} = this.#stage.options
    if (pieceBytes > 0) this.#drip(all, 0, events, ending)
    else this.#finish(all, events, ending)
  }

  #drip(text: string, from: number, events: number, ending: Ending | undefined): void {
    if (this.#over) return
    const to = from + this.#stage.options.pieceBytes
    if (to >= text.length) {
      this.#finish(text.slice(from), events, ending)
      return
    }
    this.#socket.write(text.slice(from, to), 'latin1')
    setImmediate(() => this.#drip(text, to, events, ending))
  }

  #finish(text: string, events: number, ending: Ending | undefined): void {
    const {log} = this.#stage
    const {row} = this.#plan
    const now = performance.now()
    if (events > 0) log.events(row, events, now)
    if (ending === undefined) {
      if (text !== '') this.#socket.write(text, 'latin1')
      this.#goOn()
      return
    }
    this.#over = true
    log.end(row, 200, ending.outcome, now)
    if (ending.connection === 'reset') this.#socket.write(text, 'latin1', () => this.#socket.resetAndDestroy())
    else if (ending.connection === 'close') this.#socket.end(text, 'latin1')
    else if (text !== '') this.#socket.write(text, 'latin1')
    if (ending.connection === 'keep') this.#ended()
  }

  #ending(): Ending {
    const {script, usage, fault} = this.#plan
    const broken = {outcome: 'fault', connection: 'keep'} as const
    switch (this.#next === this.#total ? 'none' : fault.kind) {
      case 'stall':
        return {...broken, connection: 'hold', text: ''}
      case 'reset':
        return {...broken, connection: 'reset', text: ''}
      case 'cut-chunk':
        return {...broken, connection: 'close', text: script.half(true)}
      case 'truncated-json':
        return {...broken, text: script.half(false) + LAST_CHUNK}
      case 'garbled':
        return {...broken, text: script.garbled() + LAST_CHUNK}
      case 'error-event':
        return {...broken, text: script.problem() + LAST_CHUNK}
      case 'huge-event':
        return {...broken, text: script.huge(fault.amount) + LAST_CHUNK}
      case 'early-end':
        return {...broken, text: LAST_CHUNK}
      default:
        return {outcome: 'whole', connection: 'keep', text: script.closing(usage) + LAST_CHUNK}
    }
  }
}

/** Events before the stream breaks. */
function breaksAfter({kind, afterEvents}: TruthOptions['fault']): number {
  switch (kind) {
    case 'stall':
    case 'reset':
    case 'early-end':
    case 'cut-chunk':
    case 'truncated-json':
    case 'garbled':
    case 'error-event':
    case 'huge-event':
      return afterEvents
    default:
      return Number.POSITIVE_INFINITY
  }
}
