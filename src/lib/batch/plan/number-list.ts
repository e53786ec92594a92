const BITS = 16
const CHUNK = 1 << BITS

/** Whole numbers below 2^32, 4 bytes each, of any count: it grows without being copied. */
export class NumberList {
  length = 0
  readonly #chunks: Uint32Array[] = []

  push(value: number): void {
    const within = this.length & (CHUNK - 1)
    if (within === 0) this.#chunks.push(new Uint32Array(CHUNK))
    const chunk = this.#chunks[this.length >>> BITS]
    if (chunk) chunk[within] = value
    this.length += 1
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.#chunks[index >>> BITS]?.[index & (CHUNK - 1)] ?? 0
  }
}
