/** Where each row starts, eight bytes a row. */
export class RowOffsets {
  length = 0
  #offsets = new Float64Array(4096)

  push(offset: number): void {
    if (this.length === this.#offsets.length) {
      const larger = new Float64Array(this.length * 2)
      larger.set(this.#offsets)
      this.#offsets = larger
    }
    this.#offsets[this.length] = offset
    this.length += 1
  }

  at(index: number): number {
    return this.#offsets[index] ?? 0
  }
}
