import type {Socket} from 'node:net'
import type {AnswerReader} from '../wire/answer.js'
import {HttpAnswer} from '../wire/http-answer.js'
import type {SocketFailure} from './dial.js'
import type {Exchange} from './exchange.js'

/** Who is told of the answers of a connection. */
export interface ConnectionOwner {
  /** The answer is whole, or it failed in a way after which the connection cannot be used. */
  answered(connection: Connection, exchange: Exchange, at: number): void
  /** The connection ended while an answer was awaited; `started`: some of it was there. */
  lost(connection: Connection, exchange: Exchange, failure: SocketFailure | undefined, at: number): void
}

/** An open connection: one request at a time, one after another. */
export class Connection {
  readonly local: boolean
  exchange: Exchange | undefined
  /** Requests sent on it. */
  used = 0
  idleSince = 0
  open: boolean = true
  readonly answer: HttpAnswer
  readonly #socket: Socket
  readonly #owner: ConnectionOwner
  readonly #end: () => void

  constructor(
    socket: Socket,
    {reader, owner, local, end}: {reader: AnswerReader; owner: ConnectionOwner; local: boolean; end: () => void},
  ) {
    this.#socket = socket
    this.#owner = owner
    this.#end = end
    this.local = local
    this.answer = new HttpAnswer(reader)
  }

  /** Hands the bytes of a request to the socket; the time is read just before. */
  send(exchange: Exchange, request: Buffer): void {
    this.exchange = exchange
    this.used += 1
    this.answer.expect(exchange)
    exchange.sent = performance.now()
    this.#socket.write(request)
  }

  read(bytes: Buffer, length: number): void {
    const {exchange, answer} = this
    if (!exchange) {
      this.close()
      return
    }
    const at = performance.now()
    exchange.heard = at
    const whole = answer.push(bytes, 0, length, at)
    if (exchange.status === 0 && answer.status !== 0) {
      exchange.status = answer.status
      exchange.headers = at
    }
    if (whole) this.#answered(exchange, at)
    else if (exchange.error !== 0 && exchange.broken) {
      answer.keepAlive = false
      this.#answered(exchange, at)
    }
  }

  /** The socket has ended. */
  ended(failure: SocketFailure | undefined): void {
    this.open = false
    const {exchange} = this
    if (!exchange) return
    const at = performance.now()
    if (!failure?.reset) this.answer.close(at)
    this.exchange = undefined
    if (exchange.error === 0 && this.answer.complete && this.answer.status !== 0 && !failure) {
      this.#owner.answered(this, exchange, at)
    } else this.#owner.lost(this, exchange, failure, at)
  }

  /** Ends the connection; of an answer that is awaited nothing more is told. */
  close(): void {
    this.open = false
    this.exchange = undefined
    this.#end()
  }

  #answered(exchange: Exchange, at: number): void {
    this.exchange = undefined
    this.#owner.answered(this, exchange, at)
  }
}
