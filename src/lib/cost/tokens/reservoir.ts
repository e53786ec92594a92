/** An even draw of at most `size` items out of a stream of unknown length; the same stream gives the same draw. */
export class Reservoir<Item> {
  readonly #size: number
  readonly #items: Item[] = []
  #seen = 0
  #state = 0x9e3779b9

  constructor(size: number) {
    this.#size = size
  }

  get seen(): number {
    return this.#seen
  }

  get items(): readonly Item[] {
    return this.#items
  }

  add(item: Item): void {
    this.#seen += 1
    if (this.#items.length < this.#size) {
      this.#items.push(item)
      return
    }
    const place = Math.floor(this.#random() * this.#seen)
    if (place < this.#size) this.#items[place] = item
  }

  /** Mulberry32: even enough for a draw, and the same on every machine. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
