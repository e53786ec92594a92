/** Whole numbers from 0 to 2^53 − 1, seven bits a byte, least significant first. */
export class NumberWriter {
  #bytes: Uint8Array
  #at = 0

  constructor(expected = 1024) {
    this.#bytes = new Uint8Array(Math.max(16, expected))
  }

  push(value: number): void {
    if (this.#at + 8 > this.#bytes.length) this.#grow()
    let rest = value
    while (rest >= 0x80_00_00_00) {
      this.#bytes[this.#at++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    while (rest >= 0x80) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#bytes[this.#at++] = rest
  }

  /** Signed: 0, -1, 1, -2, … become 0, 1, 2, 3, … */
  pushSigned(value: number): void {
    this.push(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** The bytes up to now, in memory of their own; writing begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#at)
    this.#at = 0
    return taken
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Reads what a NumberWriter wrote. Beyond the end, or where a number never ends, it throws a RangeError. */
export class NumberReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  next(): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < 8; count += 1) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('The numbers end too early.')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw new RangeError('A number has no end.')
  }

  nextSigned(): number {
    const value = this.next()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
}
