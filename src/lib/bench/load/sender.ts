import type {Errand, Exchange} from './exchange.js'

/** Decides when the requests of a cell are sent, in one thread. Times are of the clock of the thread. */
export interface Sender {
  /** Connections it will use at once, as far as that is known before. */
  readonly connections: number
  /** Connections to keep open beyond those in use, so that no request waits for one to open. */
  readonly spare: number
  /** Told once, before anything else. */
  start(t0: number): void
  /** Sends what is due by now, and tells when the next is; Infinity where an answer has to come first or nothing is left. */
  pump(now: number): number
  /** One of its requests has ended; whoever sent it rests for so long at least. */
  ended(exchange: Exchange, now: number, pauseMs: number): void
  /** Whether nothing more will be sent. */
  exhausted(now: number): boolean
  /** Sends nothing more. */
  stop(): void
}

/** What a sender sends by. */
export interface Outlet {
  send(errand: Errand): void
  /** Whether one more may be in flight. */
  hasRoom(): boolean
}
