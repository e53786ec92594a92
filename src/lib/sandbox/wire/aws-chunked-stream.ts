// The `aws-chunked` framing read as it comes: `<hex size>[;chunk-signature=…]` lines, each followed by its bytes; a
// chunk of no bytes; trailers; an empty line.

/** Bytes of a chunk, or the end of one with the signature its head named. */
export type Frame =
  | {readonly kind: 'bytes'; readonly bytes: Uint8Array}
  | {readonly kind: 'chunk'; readonly size: number; readonly signature: string | undefined}
  | {readonly kind: 'trailer'; readonly name: string; readonly value: string}

/** The framing is broken, or the body ends too early. */
export class BrokenFraming extends Error {
  override readonly name = 'BrokenFraming'
}

/** Trailers come last; `chunk` comes after the bytes of that chunk. */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const input = new Input(source)
  for (;;) {
    const {size, signature} = parseHead(await input.line())
    for (let rest = size; rest > 0; ) {
      const bytes = await input.take(rest)
      rest -= bytes.length
      yield {kind: 'bytes', bytes}
    }
    yield {kind: 'chunk', size, signature}
    if (size === 0) break
    if ((await input.line()) !== '') throw new BrokenFraming('a chunk is longer than it says')
  }
  for (let line = await input.line(); line !== ''; line = await input.line()) {
    const colon = line.indexOf(':')
    if (colon <= 0) throw new BrokenFraming('a trailer has no name')
    yield {kind: 'trailer', name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim()}
  }
}

interface ChunkHead {
  readonly size: number
  readonly signature: string | undefined
}

function parseHead(line: string): ChunkHead {
  const match = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line)
  if (!match) throw new BrokenFraming('a chunk has no size')
  return {size: Number.parseInt(match[1] ?? '', 16), signature: match[2]}
}

const MAX_LINE = 16 * 1024

class Input {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** At least one byte, at most `limit`. */
  async take(limit: number): Promise<Uint8Array> {
    while (this.#rest.length === 0) this.#rest = await this.#next()
    const bytes = this.#rest.subarray(0, limit)
    this.#rest = this.#rest.subarray(bytes.length)
    return bytes
  }

  /** Without its end. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\r\n')
      if (end >= 0) {
        const line = this.#rest.toString('latin1', 0, end)
        this.#rest = this.#rest.subarray(end + 2)
        return line
      }
      if (this.#rest.length > MAX_LINE) throw new BrokenFraming('a line does not end')
      this.#rest = Buffer.concat([this.#rest, await this.#next()])
    }
  }

  async #next(): Promise<Buffer> {
    const {value, done} = await this.#source.next()
    if (done) throw new BrokenFraming('the body ends too early')
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
}
