/** Where the bytes of a result go. */
export interface ByteTarget {
  /** Takes the bytes, all of them; they are not changed before it resolves. */
  write(bytes: Uint8Array): Promise<void>
}

const PIECE = 1024 * 1024

/** Collects small pieces and hands them on in large ones. What is put is copied at once; `flush` when it `isFull`. */
export class ByteWriter {
  readonly #target: ByteTarget
  #piece = Buffer.allocUnsafe(PIECE)
  #filled = 0
  /** All that was put so far. */
  bytes = 0

  constructor(target: ByteTarget) {
    this.#target = target
  }

  get isFull(): boolean {
    return this.#filled >= PIECE / 2
  }

  put(source: Buffer, start = 0, end = source.length): void {
    const size = end - start
    if (this.#filled + size > this.#piece.length) this.#grow(size)
    source.copy(this.#piece, this.#filled, start, end)
    this.#filled += size
    this.bytes += size
  }

  async flush(): Promise<void> {
    if (this.#filled === 0) return
    await this.#target.write(this.#piece.subarray(0, this.#filled))
    this.#filled = 0
    // What one large record made it grow to is given back.
    if (this.#piece.length > 4 * PIECE) this.#piece = Buffer.allocUnsafe(PIECE)
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#piece.length * 2, this.#filled + size))
    this.#piece.copy(larger, 0, 0, this.#filled)
    this.#piece = larger
  }
}
