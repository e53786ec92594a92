/** Things by the time they are due, the earliest first (a binary heap). */
export class DueQueue<Thing> {
  readonly #entries: {readonly due: number; readonly thing: Thing}[] = []

  get size(): number {
    return this.#entries.length
  }

  /** Infinity when it is empty. */
  get nextDue(): number {
    return this.#entries[0]?.due ?? Number.POSITIVE_INFINITY
  }

  add(due: number, thing: Thing): void {
    const entries = this.#entries
    const entry = {due, thing}
    let place = entries.push(entry) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      const other = entries[above]
      if (!other || other.due <= due) break
      entries[place] = other
      place = above
    }
    entries[place] = entry
  }

  /** The earliest if it is due, and takes it out. */
  take(now: number): Thing | undefined {
    const [first] = this.#entries
    if (!first || first.due > now) return undefined
    const last = this.#entries.pop()
    if (last && last !== first) this.#sink(last)
    return first.thing
  }

  clear(): void {
    this.#entries.length = 0
  }

  #sink(entry: {readonly due: number; readonly thing: Thing}): void {
    const entries = this.#entries
    let place = 0
    for (;;) {
      const left = entries[2 * place + 1]
      const right = entries[2 * place + 2]
      const lesser = right && left && right.due < left.due ? right : left
      if (!lesser || lesser.due >= entry.due) break
      entries[place] = lesser
      place = lesser === left ? 2 * place + 1 : 2 * place + 2
    }
    entries[place] = entry
  }
}
