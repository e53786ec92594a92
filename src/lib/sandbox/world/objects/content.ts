import type {Blob} from './blob.js'

/** A stretch of a blob. */
interface Piece {
  readonly blob: Blob
  readonly start: number
  readonly end: number
}

/** The bytes of an object: stretches of blobs one after another, so that parts are joined and copied without a copy. */
export class Content {
  readonly bytes: number
  readonly #pieces: readonly Piece[]

  private constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces.filter(({start, end}) => end > start)
    this.bytes = this.#pieces.reduce((sum, {start, end}) => sum + end - start, 0)
  }

  static of(blob: Blob): Content {
    return new Content([{blob, start: 0, end: blob.bytes}])
  }

  static join(contents: readonly Content[]): Content {
    return new Content(contents.flatMap((content) => content.#pieces))
  }

  /** From `start` up to, not including, `end`. */
  slice(start: number, end: number): Content {
    let offset = 0
    const pieces = this.#pieces.map((piece) => {
      const from = piece.start + Math.max(0, start - offset)
      const to = Math.min(piece.end, piece.start + end - offset)
      offset += piece.end - piece.start
      return {blob: piece.blob, start: from, end: to}
    })
    return new Content(pieces)
  }

  retain(): this {
    for (const {blob} of this.#pieces) blob.retain()
    return this
  }

  release(): void {
    for (const {blob} of this.#pieces) blob.release()
  }

  /** Frees bytes that came in and that no object got. */
  discard(): void {
    this.retain().release()
  }

  /** The bytes stay readable until the last is read or the reader gives up, whatever becomes of the object. */
  read(): AsyncIterable<Buffer> {
    this.retain()
    return this.#read()
  }

  async *#read(): AsyncGenerator<Buffer> {
    try {
      for (const {blob, start, end} of this.#pieces) yield* blob.read(start, end)
    } finally {
      this.release()
    }
  }
}
