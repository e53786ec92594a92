import type {AnswerReader} from '../wire/answer.js'
import {type Address, Addresses, isLoopback} from './addresses.js'
import {Connection, type ConnectionOwner} from './connection.js'
import {dial, type Route, type SocketFailure} from './dial.js'
import type {Exchange} from './exchange.js'

/** Attempts to connect at once: the backlog of a server is short. */
const OPENING_AT_ONCE = 96
/** Network devices forget connections that are idle for longer than some minutes, without a word. */
const IDLE_MS = 60_000

/** Who sends on the connections of a pool. */
export interface PoolOwner extends ConnectionOwner {
  /** A connection was opened, or became free, for one that waited. */
  ready(connection: Connection, exchange: Exchange): void
  /** No address of the host could be reached. */
  unreachable(exchange: Exchange, failure: SocketFailure, at: number): void
}

export interface PoolOptions {
  readonly connectMs: number
  readonly reader: () => AnswerReader
  readonly owner: PoolOwner
  /** Idle connections to keep open, as long as there are not `most` in all. */
  readonly spare: number
  readonly most: number
}

interface Attempt {
  readonly address: Address
  readonly startedAt: number
  readonly end: () => void
  late: boolean
}

/** The connections of one lane in one cell, and the requests that wait for one. */
export class SocketPool {
  readonly #route: Route
  readonly #connectMs: number
  readonly #reader: () => AnswerReader
  readonly #owner: PoolOwner
  readonly #keptSpare: number
  readonly #most: number
  readonly #addresses: Addresses
  readonly #idle: Connection[] = []
  readonly #open = new Set<Connection>()
  readonly #attempts = new Set<Attempt>()
  #waiting: Exchange[] = []
  /** Connections wanted beyond those that are waited for. */
  #spare = 0
  #again: NodeJS.Timeout | undefined
  #opened: (() => void) | undefined
  #closed: boolean = false

  constructor(route: Route, {connectMs, reader, owner, spare, most}: PoolOptions) {
    this.#route = route
    this.#connectMs = connectMs
    this.#reader = reader
    this.#owner = owner
    this.#keptSpare = spare
    this.#most = most
    this.#addresses = new Addresses((route.proxy ?? route.origin).host)
  }

  /** Opens so many connections before they are needed; resolves also when they cannot be had. */
  async openAhead(count: number): Promise<void> {
    await this.#addresses.resolve()
    if (count === 0 || this.#closed) return
    this.#spare = count
    const done = new Promise<void>((resolve) => {
      this.#opened = resolve
    })
    this.#grow()
    await done
  }

  /** An open connection; undefined: the request waits for one, and its owner is told. `fresh`: not one that was idle. */
  acquire(exchange: Exchange, fresh: boolean): Connection | undefined {
    const now = performance.now()
    for (let connection = fresh ? undefined : this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.open && (connection.local || now - connection.idleSince < IDLE_MS)) {
        this.#refill()
        return connection
      }
      connection.close()
    }
    exchange.waiting = now
    this.#waiting.push(exchange)
    this.#grow()
    return undefined
  }

  /** Takes a connection back whose answer is whole. */
  release(connection: Connection): void {
    if (!connection.open) return
    if (!connection.answer.keepAlive || this.#closed) {
      connection.close()
      return
    }
    const exchange = this.#takeWaiting()
    if (exchange) this.#owner.ready(connection, exchange)
    else this.#rest(connection)
  }

  /** Who waits longest for any connection: what was lost with a used one waits for a new one. */
  #takeWaiting(): Exchange | undefined {
    const place = this.#waiting.findIndex(({resent}) => !resent)
    return place < 0 ? undefined : this.#waiting.splice(place, 1)[0]
  }

  /** A request that waits will not be sent. */
  forget(exchange: Exchange): void {
    this.#waiting = this.#waiting.filter((other) => other !== exchange)
  }

  /** Ends attempts to connect that take too long. */
  sweep(now: number): void {
    for (const attempt of this.#attempts) {
      if (now - attempt.startedAt < this.#connectMs) continue
      attempt.late = true
      attempt.end()
    }
  }

  close(): void {
    this.#closed = true
    if (this.#again) clearTimeout(this.#again)
    this.#waiting = []
    this.#idle.length = 0
    for (const {end} of this.#attempts) end()
    for (const connection of this.#open) connection.close()
    this.#opened?.()
  }

  #grow(): void {
    if (this.#closed) return
    const now = performance.now()
    while (this.#attempts.size < Math.min(OPENING_AT_ONCE, this.#waiting.length + this.#spare)) {
      const address = this.#addresses.pick(now)
      if (!address) {
        this.#growAt(this.#addresses.againAt - now)
        return
      }
      this.#attempt(address, now)
    }
  }

  #refill(): void {
    const missing = Math.min(this.#keptSpare - this.#idle.length, this.#most - this.#open.size)
    if (missing <= this.#spare || this.#again) return
    this.#spare = missing
    this.#grow()
  }

  #growAt(pauseMs: number): void {
    if (this.#again || this.#waiting.length === 0) return
    this.#again = setTimeout(() => {
      this.#again = undefined
      this.#grow()
    }, Math.ceil(pauseMs))
  }

  #attempt(address: Address, startedAt: number): void {
    let connection: Connection | undefined
    const end = dial(this.#route, address.ip, {
      opened: (socket) => {
        this.#attempts.delete(attempt)
        this.#addresses.worked(address)
        connection = new Connection(socket, {
          reader: this.#reader(),
          owner: this.#owner,
          local: this.#route.proxy === undefined && isLoopback(address.ip),
          end,
        })
        this.#open.add(connection)
        this.#use(connection)
      },
      read: (bytes, length) => connection?.read(bytes, length),
      closed: (failure) => {
        if (connection) this.#lost(connection, failure)
        else if (this.#attempts.delete(attempt)) this.#failed(attempt, failure)
      },
    })
    const attempt: Attempt = {address, startedAt, end, late: false}
    this.#attempts.add(attempt)
  }

  #use(connection: Connection): void {
    const exchange = this.#waiting.shift()
    if (exchange) this.#owner.ready(connection, exchange)
    else {
      this.#spare = Math.max(0, this.#spare - 1)
      this.#rest(connection)
    }
    if (this.#spare === 0) this.#opened?.()
    this.#grow()
  }

  #rest(connection: Connection): void {
    connection.idleSince = performance.now()
    this.#idle.push(connection)
  }

  #lost(connection: Connection, failure: SocketFailure | undefined): void {
    this.#open.delete(connection)
    if (!connection.exchange) {
      const place = this.#idle.indexOf(connection)
      if (place >= 0) this.#idle.splice(place, 1)
    }
    connection.ended(failure)
  }

  #failed({address, startedAt, late}: Attempt, failure: SocketFailure | undefined): void {
    if (this.#closed) return
    const now = performance.now()
    this.#addresses.failed(address, startedAt, now)
    this.#grow()
    if (this.#attempts.size > 0) return
    this.#spare = 0
    this.#opened?.()
    const told = failure ?? {
      error: 'connect',
      detail: late ? `no connection within ${this.#connectMs} ms` : 'the connection was closed as it opened',
      reset: false,
    }
    for (const exchange of this.#waiting.splice(0)) this.#owner.unreachable(exchange, told, now)
  }
}
