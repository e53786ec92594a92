import {randomStream, STREAMS} from '../arrivals/random.js'
import type {Secret} from '../wire/lane.js'
import {createRequestHead, type RequestHead} from '../wire/request-head.js'
import type {Exchange} from './exchange.js'
import {type CellJob, NONCE_LENGTH, type PromptBook} from './load.js'

const ZERO = 48
/** The last digits of a nonce count: they are k. */
const COUNTING = 10

/** Makes the bytes of each request: head and body in one piece, signed as they are made. */
export class RequestBytes {
  readonly #head: RequestHead
  readonly #book: PromptBook
  readonly #bodies: Buffer
  /** Start of each nonce: the same in a cell, another in another cell or run. */
  readonly #mark: Buffer
  #secret: Secret
  /** Room for a head before the body: as long as the last one was. */
  #room = 256

  constructor({lane, book, seed, cell}: CellJob, secret: Secret, salt: number) {
    this.#head = createRequestHead(lane)
    this.#book = book
    this.#bodies = Buffer.from(book.bytes)
    this.#secret = secret
    const random = randomStream(seed, STREAMS.nonces)
    const letters = Array.from({length: NONCE_LENGTH - COUNTING}, (_, place) =>
      Math.floor(random.at(salt ^ cell, place) * 36).toString(36),
    )
    this.#mark = Buffer.from(letters.join(''), 'latin1')
  }

  renew(secret: Secret): void {
    this.#secret = secret
  }

  of({prompt, k}: Exchange): Buffer {
    const {starts, nonceAt} = this.#book
    const from = starts[prompt] ?? 0
    const length = (starts[prompt + 1] ?? from) - from
    let bytes = Buffer.allocUnsafe(this.#room + length)
    this.#bodies.copy(bytes, this.#room, from, from + length)
    const nonce = nonceAt[prompt] ?? -1
    if (nonce >= 0) this.#putNonce(bytes, this.#room + nonce, k)
    const head = this.#head(this.#secret, bytes.subarray(this.#room), Date.now())
    if (head.length > this.#room) {
      bytes = Buffer.concat([Buffer.alloc(head.length - this.#room), bytes])
      this.#room = head.length
    }
    const start = bytes.length - length - head.length
    bytes.write(head, start, 'latin1')
    return start === 0 ? bytes : bytes.subarray(start)
  }

  #putNonce(bytes: Buffer, at: number, k: number): void {
    this.#mark.copy(bytes, at)
    let rest = k
    for (let place = at + NONCE_LENGTH - 1; place >= at + NONCE_LENGTH - COUNTING; place -= 1) {
      bytes[place] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }
}
