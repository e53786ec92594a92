const CHUNK_LINES = 1 << 18
const CHUNK_BYTES = CHUNK_LINES / 4

/** Two bits for each line of any number of lines, in a quarter of a byte. */
export class LineMarks {
  readonly #chunks: Uint8Array[] = []

  /** Lines count from 1. */
  set(line: number, bits: number): void {
    const chunk = Math.floor(line / CHUNK_LINES)
    while (this.#chunks.length <= chunk) this.#chunks.push(new Uint8Array(CHUNK_BYTES))
    const [bytes, at, shift] = this.#place(line)
    if (bytes) bytes[at] = ((bytes[at] ?? 0) & ~(3 << shift)) | (bits << shift)
  }

  get(line: number): number {
    const [bytes, at, shift] = this.#place(line)
    return ((bytes?.[at] ?? 0) >>> shift) & 3
  }

  #place(line: number): readonly [Uint8Array | undefined, number, number] {
    const within = line % CHUNK_LINES
    return [this.#chunks[Math.floor(line / CHUNK_LINES)], within >>> 2, (within & 3) << 1]
  }
}
