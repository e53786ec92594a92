import type {EventEmitter} from 'node:events'
import type {ServerResponse} from 'node:http'
import type {Outgoing} from '../send.js'
import type {FrameStep, FrameStream, StreamOutcome} from './frame-stream.js'
import type {Due, Scheduler} from './scheduler.js'
import {joined, writeFrames} from './write-frames.js'

/** What ends a stream before its time. */
export interface PlayBreak {
  readonly afterEvents: number
  readonly kind: 'drop' | 'stall' | {readonly error: Error}
}

/** What is written down of a stream as it is sent; times of `performance.now()`. */
export interface StreamLog {
  /** When the step was due, and when it was handed to the socket. */
  sent(dueAt: number, sentAt: number, events: number): void
  ended(outcome: StreamOutcome): void
}

export interface PlayOptions {
  readonly scheduler: Scheduler
  readonly log: StreamLog
  readonly streamBreak?: PlayBreak | undefined
  /** Looks at what is about to be sent; throws where it is not as it should be. */
  check?(frame: Buffer): void
  gone(): boolean
  /** Cuts the connection. */
  drop(): void
  /** The last frame of a stream that fails. */
  failure(error: Error): Buffer
}

/**
 * Sends a stream at its own pace; resolves when it is over. What is due goes out in one write; a caller that does not
 * read holds up nothing but its own stream.
 */
export function play(outgoing: Outgoing, stream: FrameStream, options: PlayOptions): Promise<void> {
  return new Promise((resolve) => {
    new Player(outgoing as ServerResponse, stream, {...options, resolve}).begin()
  })
}

/** In one write: what is more waits for the caller to read. */
const MOST_BYTES = 64 * 1024

class Player implements Due {
  dueAt = 0
  queueIndex = -1
  readonly #outgoing: ServerResponse
  readonly #stream: FrameStream
  readonly #options: PlayOptions & {resolve(): void}
  #next: FrameStep | undefined
  #events = 0
  #tokens = 0
  #firstAt: number | undefined
  #begun: boolean = false
  #over: boolean = false

  constructor(outgoing: ServerResponse, stream: FrameStream, options: PlayOptions & {resolve(): void}) {
    this.#outgoing = outgoing
    this.#stream = stream
    this.#options = options
  }

  begin(): void {
    this.#outgoing.once('close', () => this.#end('gone'))
    if (this.#options.gone()) this.#end('gone')
    else this.#stream.turn.start(() => this.#start())
  }

  #start(): void {
    if (this.#over) return
    this.#next = this.#step()
    const now = performance.now()
    this.dueAt = Math.max(this.#stream.arrivedAt, this.#stream.turn.startedAt) + this.#stream.pacing.firstMs
    if (this.dueAt <= now) this.run(now)
    else this.#options.scheduler.add(this)
  }

  /** Hands over what is due. */
  run(now: number): void {
    try {
      this.#handOver(now)
    } catch (error) {
      this.#fail([], error instanceof Error ? error : new Error(String(error)))
    }
  }

  #handOver(now: number): void {
    const {dueAt} = this
    const due: Buffer[] = []
    let bytes = 0
    while (this.dueAt <= now && this.#next !== undefined && bytes < MOST_BYTES) {
      const {frames, tokens} = this.#next
      for (const frame of frames) {
        due.push(frame)
        bytes += frame.length
      }
      this.#tokens += tokens
      this.#next = this.#step()
      if (this.#next !== undefined) this.dueAt += this.#stream.pacing.gapMs(this.#next.tokens)
    }
    this.#send(due, dueAt)
  }

  #step(): FrameStep | undefined {
    const {done, value} = this.#stream.script.steps.next()
    return done ? undefined : value
  }

  #send(due: Buffer[], dueAt: number): void {
    const sentAt = performance.now()
    this.#firstAt ??= sentAt
    const last = this.#next === undefined
    if (last) due.push(...this.#stream.script.closing(this.#times(sentAt)))
    const {streamBreak, check, log} = this.#options
    const left = streamBreak === undefined ? due.length : streamBreak.afterEvents - this.#events
    const whole = left > due.length || streamBreak === undefined
    const frames = whole ? due : due.slice(0, left)
    if (check) for (const frame of frames) check(frame)
    this.#events += frames.length
    log.sent(dueAt, sentAt, frames.length)
    if (streamBreak !== undefined && !whole) this.#breakOff(frames, streamBreak)
    else if (last) {
      this.#outgoing.end(joined(frames))
      this.#end('complete')
    } else this.#goOn(this.#write(frames))
  }

  /** The first frames go out with the head of the answer. */
  #write(frames: readonly Buffer[]): EventEmitter | undefined {
    const outgoing = this.#outgoing
    if (this.#begun) return writeFrames(outgoing, frames)
    this.#begun = true
    return outgoing.write(joined(frames)) ? undefined : outgoing
  }

  #goOn(full: EventEmitter | undefined): void {
    const again = () => {
      if (!this.#over) this.#options.scheduler.add(this)
    }
    if (full) full.once('drain', again)
    else again()
  }

  #fail(frames: readonly Buffer[], error: Error): void {
    this.#outgoing.end(joined([...frames, this.#options.failure(error)]))
    this.#end('broken')
  }

  #breakOff(frames: readonly Buffer[], {kind}: PlayBreak): void {
    if (typeof kind === 'object') this.#fail(frames, kind.error)
    else if (kind === 'stall') {
      // Nothing more comes, and nothing ends it but its caller.
      if (frames.length > 0) this.#outgoing.write(joined(frames))
    } else if (frames.length === 0) this.#cut()
    else this.#outgoing.write(joined(frames), () => this.#cut())
  }

  #cut(): void {
    this.#end('dropped')
    this.#options.drop()
  }

  #times(now: number) {
    const {arrivedAt} = this.#stream
    return {firstByteMs: Math.round((this.#firstAt ?? now) - arrivedAt), latencyMs: Math.round(now - arrivedAt)}
  }

  #end(outcome: StreamOutcome): void {
    if (this.#over) return
    this.#over = true
    const {scheduler, log, resolve} = this.#options
    scheduler.remove(this)
    this.#next = undefined
    log.ended(outcome)
    this.#stream.settle({...this.#times(performance.now()), outcome, tokens: this.#tokens})
    // Whoever waits for the place begins at once.
    this.#stream.turn.release()
    resolve()
  }
}
