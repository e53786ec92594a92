const EMPTY = Buffer.alloc(0)
const SMALLEST = 1024
/** Above this the memory is let go of with the bytes, so that one large event does not cost for the rest of a run. */
const KEPT = 256 * 1024

/** Bytes kept from one read to the next, up to a bound. Owns no memory until the first byte is kept. */
export class HeldBytes {
  bytes: Buffer = EMPTY
  length = 0
  private readonly bound: number

  constructor(bound: number) {
    this.bound = bound
  }

  /** False, and nothing is kept, where the bound would be passed. */
  append(from: Buffer, start: number, end: number): boolean {
    const needed = this.length + end - start
    if (needed > this.bound) return false
    if (needed > this.bytes.length) this.grow(needed)
    from.copy(this.bytes, this.length, start, end)
    this.length = needed
    return true
  }

  clear(): void {
    this.length = 0
    if (this.bytes.length > KEPT) this.bytes = EMPTY
  }

  private grow(needed: number): void {
    let size = Math.max(SMALLEST, this.bytes.length)
    while (size < needed) size *= 2
    const grown = Buffer.allocUnsafeSlow(size)
    this.bytes.copy(grown, 0, 0, this.length)
    this.bytes = grown
  }
}
