/** Something with its next moment. */
export interface Entry {
  /** Milliseconds of `performance.now()`; set anew before it is added again. */
  due: number
  fire(): void
}

const SLOTS = 8192

/** Wakes many entries at absolute times, of one millisecond's resolution and never early, with one timer at a time. */
export class Wheel {
  readonly #slots: Entry[][] = Array.from({length: SLOTS}, () => [])
  /** The first millisecond that was not looked at yet. */
  #tick = 0
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #timerAt = Number.POSITIVE_INFINITY

  add(entry: Entry): void {
    if (this.#waiting === 0) this.#tick = Math.floor(performance.now())
    const tick = Math.max(Math.ceil(entry.due), this.#tick)
    this.#slots[tick % SLOTS]?.push(entry)
    this.#waiting += 1
    if (tick < this.#timerAt) this.#arm(tick)
  }

  #arm(tick: number): void {
    clearTimeout(this.#timer)
    this.#timerAt = tick
    this.#timer = setTimeout(this.#run, Math.max(1, Math.ceil(tick - performance.now())))
  }

  readonly #run = (): void => {
    this.#timerAt = Number.POSITIVE_INFINITY
    const last = Math.floor(performance.now())
    while (this.#tick <= last) {
      // What is added meanwhile belongs to the ticks after this one.
      this.#tick += 1
      this.#wake(this.#tick - 1)
    }
    if (this.#waiting > 0) this.#arm(this.#nextTick())
  }

  #wake(tick: number): void {
    const slot = this.#slots[tick % SLOTS]
    if (slot === undefined || slot.length === 0) return
    const entries = slot.splice(0)
    for (const entry of entries) {
      if (entry.due > tick) {
        slot.push(entry)
      } else {
        this.#waiting -= 1
        entry.fire()
      }
    }
  }

  /** Of the next turn of the wheel; an entry beyond it is only looked at then. */
  #nextTick(): number {
    for (let ahead = 0; ahead < SLOTS; ahead += 1) {
      if (this.#slots[(this.#tick + ahead) % SLOTS]?.length !== 0) return this.#tick + ahead
    }
    return this.#tick + SLOTS
  }
}
