import {SAMPLE_FLAGS} from '../samples/columns.js'
import type {AnswerReader, ErrorClass} from '../wire/answer.js'
import type {Secret} from '../wire/lane.js'
import {Alarm} from './alarm.js'
import {ClosedSender} from './closed-sender.js'
import type {Connection} from './connection.js'
import {routeOf, type SocketFailure} from './dial.js'
import {DueQueue} from './due-queue.js'
import type {Errand, Exchange} from './exchange.js'
import type {CellEnd, CellJob} from './load.js'
import {OpenSender} from './open-sender.js'
import {RequestBytes} from './request-bytes.js'
import {isRetried, pauseBeforeRetry, restAfter} from './rests.js'
import {retryAfterMs} from './retry-after.js'
import type {Outlet, Sender} from './sender.js'
import {ShareLedger, type Tell} from './share-ledger.js'
import {type PoolOwner, SocketPool} from './socket-pool.js'
import {timeoutOf} from './timeouts.js'

/** A connection that was closed as it was used again is closed by then; later, the server had the request. */
const RACE_MS = 1000

/** What a share of a cell is run with. */
export interface CellTools {
  readonly secret: Secret
  /** Differs from run to run, so that nonces do. */
  readonly salt: number
  readonly reader: () => AnswerReader
  readonly tell: Tell
}

/** A share of a cell in one thread, from its first connection to its last row. */
export class CellRun implements PoolOwner, Outlet {
  readonly #job: CellJob
  readonly #ledger: ShareLedger
  readonly #pool: SocketPool
  readonly #sender: Sender
  readonly #requests: RequestBytes
  readonly #alarm = new Alarm(() => this.#pump())
  readonly #retries = new DueQueue<Exchange>()
  readonly #inFlight: Exchange[] = []
  readonly #free: Exchange[] = []
  readonly #sweeps: NodeJS.Timeout
  #t0 = Number.NaN
  #drainUntil = Number.POSITIVE_INFINITY
  #full: boolean = false
  #everFull: boolean = false
  #ended: CellEnd['ended'] = 'complete'
  #why: string | undefined
  #over: boolean = false

  constructor(job: CellJob, tools: CellTools) {
    const {lane, level} = job
    this.#job = job
    this.#ledger = new ShareLedger(job, tools.tell)
    this.#requests = new RequestBytes(job, tools.secret, tools.salt)
    this.#sender =
      level.kind === 'concurrency' || level.kind === 'users'
        ? new ClosedSender(level, job, this)
        : new OpenSender(level, job, this)
    this.#pool = new SocketPool(routeOf(lane), {
      connectMs: lane.timeouts.connectMs,
      reader: tools.reader,
      owner: this,
      spare: this.#sender.spare,
      most: job.maxInFlight,
    })
    const shortest = Math.min(job.drainMs, ...Object.values(lane.timeouts))
    this.#sweeps = setInterval(() => this.#sweep(), Math.min(100, Math.max(5, shortest / 8)))
  }

  /** Resolves when the connections are open, or cannot be. */
  async open(): Promise<void> {
    await this.#pool.openAhead(this.#sender.connections)
  }

  /** t0 by the clock of this thread. */
  start(t0: number): void {
    if (this.#over) return
    this.#t0 = t0
    this.#ledger.start(t0)
    this.#sender.start(t0)
    this.#pump()
    this.#endIfDone(performance.now())
  }

  renew(secret: Secret): void {
    this.#requests.renew(secret)
  }

  /** Sends nothing more; what is in flight is waited for. */
  drain(): void {
    if (this.#over) return
    this.#stop('interrupted', undefined)
    this.#endIfDone(performance.now())
  }

  /** Ends now; what is in flight is cancelled. */
  drop(): void {
    if (this.#over) return
    this.#stop('interrupted', undefined)
    this.#cancelAll(performance.now())
    if (Number.isNaN(this.#t0)) this.#pool.close()
    this.#endIfDone(performance.now())
  }

  hasRoom(): boolean {
    this.#full = this.#inFlight.length >= this.#job.maxInFlight
    this.#everFull ||= this.#full
    return !this.#full
  }

  send(errand: Errand): void {
    const exchange = this.#free.pop() ?? this.#ledger.exchange()
    exchange.take(errand, this.#ledger.gapsOf(errand))
    exchange.place = this.#inFlight.push(exchange) - 1
    this.#dispatch(exchange, false)
  }

  ready(connection: Connection, exchange: Exchange): void {
    if (connection.used === 0) exchange.flags |= SAMPLE_FLAGS.newConnection
    this.#write(connection, exchange)
  }

  answered(connection: Connection, exchange: Exchange, at: number): void {
    if (exchange.error !== 0 && exchange.status >= 400) {
      exchange.retryAfterMs = retryAfterMs((name) => connection.answer.header(name), Date.now())
    }
    exchange.connection = undefined
    this.#pool.release(connection)
    this.#settle(exchange, at)
  }

  lost(connection: Connection, exchange: Exchange, failure: SocketFailure | undefined, at: number): void {
    exchange.connection = undefined
    const raced = !connection.answer.started && connection.used > 1 && at - exchange.sent < RACE_MS
    if (raced && !exchange.resent) {
      // The server closed a connection that was idle just as it was used again: no answer is lost.
      exchange.resent = true
      exchange.forget()
      this.#dispatch(exchange, true)
      return
    }
    if (failure) exchange.fail('reset_midstream', failure.detail)
    exchange.fail('truncated', 'the connection ended before the answer')
    this.#settle(exchange, at)
  }

  unreachable(exchange: Exchange, {error, detail}: SocketFailure, at: number): void {
    exchange.fail(error, detail)
    this.#settle(exchange, at)
  }

  #dispatch(exchange: Exchange, fresh: boolean): void {
    const connection = this.#pool.acquire(exchange, fresh)
    if (connection) this.#write(connection, exchange)
  }

  #write(connection: Connection, exchange: Exchange): void {
    exchange.waiting = Number.NaN
    exchange.connection = connection
    exchange.attempts += 1
    connection.send(exchange, this.#requests.of(exchange))
    if (exchange.attempts === 1) this.#ledger.sent(exchange)
  }

  /** Sends what is due: what is tried again, then what the sender has. */
  #pump(): void {
    if (this.#over) return
    const now = performance.now()
    for (let exchange = this.#retries.take(now); exchange; exchange = this.#retries.take(now)) {
      this.#dispatch(exchange, false)
    }
    this.#alarm.setFor(Math.min(this.#sender.pump(now), this.#retries.nextDue))
  }

  /** An attempt is over: tries again, or ends the request. */
  #settle(exchange: Exchange, at: number): void {
    if (this.#ended === 'complete' && exchange.tries < this.#job.retries && isRetried(exchange)) {
      const pause = pauseBeforeRetry(exchange)
      exchange.forget()
      exchange.tries += 1
      exchange.flags |= SAMPLE_FLAGS.retried
      this.#retries.add(at + pause, exchange)
      this.#pump()
    } else this.#finish(exchange, at)
  }

  #finish(exchange: Exchange, at: number): void {
    exchange.end = at
    this.#takeOut(exchange)
    this.#ledger.record(exchange)
    if (this.#ledger.hopeless && this.#ended === 'complete') this.#giveUp()
    if (this.#over) return
    const rest = restAfter(exchange)
    const now = performance.now()
    this.#sender.ended(exchange, now, rest)
    this.#free.push(exchange)
    if (rest > 0 || this.#full || this.#job.level.kind === 'users') this.#pump()
    this.#endIfDone(now)
  }

  #takeOut(exchange: Exchange): void {
    const last = this.#inFlight.pop()
    if (!last || last === exchange) return
    this.#inFlight[exchange.place] = last
    last.place = exchange.place
  }

  #giveUp(): void {
    this.#stop('refused', this.#ledger.mainFailure)
    this.#cancelAll(performance.now())
    this.#endIfDone(performance.now())
  }

  #stop(ended: CellEnd['ended'], why: string | undefined): void {
    if (this.#ended === 'complete') {
      this.#ended = ended
      this.#why = why
    }
    this.#sender.stop()
    const now = performance.now()
    for (let exchange = this.#retries.take(Infinity); exchange; exchange = this.#retries.take(Infinity)) {
      this.#cancel(exchange, now)
    }
  }

  #sweep(): void {
    const now = performance.now()
    this.#pool.sweep(now)
    if (Number.isNaN(this.#t0)) return
    const {lane, book} = this.#job
    for (let place = this.#inFlight.length - 1; place >= 0; place -= 1) {
      const exchange = this.#inFlight[place]
      const late = exchange && timeoutOf(exchange, now, lane, book.wantedOut[exchange.prompt] ?? 0)
      if (late) this.#cut(exchange, late.error, late.detail, now)
    }
    if (this.#over) return
    this.#ledger.tell(this.#inFlight, now)
    if (now >= this.#drainUntil) this.#cancelAll(now)
    this.#endIfDone(now)
  }

  #cut(exchange: Exchange, error: ErrorClass, detail: string, now: number): void {
    exchange.fail(error, detail)
    this.#disconnect(exchange)
    this.#settle(exchange, now)
  }

  #cancelAll(now: number): void {
    for (let exchange = this.#inFlight.at(-1); exchange; exchange = this.#inFlight.at(-1)) this.#cancel(exchange, now)
  }

  #cancel(exchange: Exchange, now: number): void {
    exchange.flags |= SAMPLE_FLAGS.cancelled
    exchange.end = now
    this.#disconnect(exchange)
    this.#takeOut(exchange)
    this.#ledger.record(exchange)
  }

  #disconnect(exchange: Exchange): void {
    exchange.connection?.close()
    exchange.connection = undefined
    if (!Number.isNaN(exchange.waiting)) this.#pool.forget(exchange)
  }

  #endIfDone(now: number): void {
    if (this.#over || Number.isNaN(this.#t0) || !this.#sender.exhausted(now)) return
    if (this.#inFlight.length === 0) this.#end()
    else if (this.#drainUntil === Number.POSITIVE_INFINITY) this.#drainUntil = now + this.#job.drainMs
  }

  #end(): void {
    this.#over = true
    clearInterval(this.#sweeps)
    this.#alarm.clear()
    this.#ledger.end({
      ended: this.#ended,
      why: this.#why,
      maxInFlightReached: this.#everFull,
      spunMs: this.#alarm.spunMs,
    })
    // Afterwards: to close thousands of sockets takes longer than anything else, and is not the cell's.
    this.#pool.close()
  }
}
