import {encode, garble} from './dialects/coding.js'
import type {Dialect, Piece, Usage} from './dialects/dialect.js'
import type {TruthOptions} from './options.js'

const WORDS = [' the', ' size', ' of', ' Größe', ' "x"', ' and', '\n', ' 東京', ' a', ' plain', ' word', ' {', ' }']
/** Beyond so many events they repeat: an answer of any length takes no more memory. */
const KEPT = 4096

const TYPES = {
  sse: 'text/event-stream; charset=utf-8',
  ndjson: 'application/x-ndjson',
  'event-stream': 'application/vnd.amazon.eventstream',
  'invoke-stream': 'application/vnd.amazon.eventstream',
} as const

/** Everything that an answer may write, in bytes that are made once; each is one chunk of HTTP or several. */
export class Script {
  readonly type: string
  readonly #dialect: Dialect
  readonly #options: TruthOptions
  readonly #events: string[] = []
  readonly #framed = new Map<string, string>()

  constructor(dialect: Dialect, options: TruthOptions) {
    this.#dialect = dialect
    this.#options = options
    this.type = TYPES[dialect.coding]
  }

  opening(usage: Usage): string {
    return this.#once(`opening ${usage.input}`, () => this.#pieces(this.#dialect.opening(usage)))
  }

  /** The event at `index` of `count`; with the last one the usage may come. */
  event(index: number, count: number, usage: Usage): string {
    const reasoning = Math.ceil(this.#options.reasoning / this.#options.tokensPerEvent)
    if (index === count - 1) {
      const last = `last ${index} ${usage.input} ${usage.output} ${usage.told}`
      return this.#once(last, () => this.#event(index, reasoning, usage))
    }
    const place = index < KEPT ? index : reasoning + (index % (KEPT - Math.min(reasoning, KEPT - 1)))
    const known = this.#events[place]
    if (known !== undefined) return known
    const made = this.#event(place, reasoning)
    this.#events[place] = made
    return made
  }

  #event(index: number, reasoning: number, finish?: Usage): string {
    const tokens = this.#options.tokensPerEvent
    const text = Array.from({length: tokens}, (_, word) => WORDS[(index + word) % WORDS.length]).join('')
    const turns = index === reasoning && reasoning > 0 ? this.#pieces(this.#dialect.turn?.() ?? []) : ''
    const at = {index, reasons: index < reasoning, tokens, ...(finish && {finish})}
    return turns + chunked(this.#encode(this.#dialect.event(text, at), index))
  }

  closing(usage: Usage): string {
    return this.#once(`closing ${usage.input} ${usage.output} ${usage.told}`, () =>
      this.#pieces(this.#dialect.closing(usage)),
    )
  }

  problem(): string {
    return this.#once('problem', () => this.#pieces([this.#dialect.problem]))
  }

  garbled(): string {
    return chunked(garble(this.#dialect.coding, this.#plain()))
  }

  /** Half an event; with its chunk whole, or cut too. */
  half(cutsChunk: boolean): string {
    const event = this.#plain()
    const half = event.slice(0, event.length >> 1)
    return cutsChunk ? chunked(event).slice(0, half.length) : chunked(half)
  }

  huge(bytes: number): string {
    const at = {index: 1, reasons: false, tokens: 1}
    return chunked(this.#encode(this.#dialect.event('x'.repeat(bytes), at), 0))
  }

  #plain(): string {
    return this.#encode(this.#dialect.event(' the', {index: 1, reasons: false, tokens: 1}), 0)
  }

  #pieces(pieces: readonly Piece[]): string {
    return pieces.length === 0 ? '' : chunked(pieces.map((piece, index) => this.#encode(piece, index)).join(''))
  }

  #encode(piece: Piece, index: number): string {
    return encode(this.#dialect.coding, piece, this.#options.crlf, ((index * 37) % 61) + 1)
  }

  #once(name: string, make: () => string): string {
    const known = this.#framed.get(name)
    if (known !== undefined) return known
    if (this.#framed.size > KEPT) this.#framed.clear()
    const made = make()
    this.#framed.set(name, made)
    return made
  }
}

/** The chunk that ends a chunked answer. */
export const LAST_CHUNK = '0\r\n\r\n'

function chunked(bytes: string): string {
  return `${bytes.length.toString(16)}\r\n${bytes}\r\n`
}
