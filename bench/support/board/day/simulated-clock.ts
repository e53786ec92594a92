// The clock of a simulated day: it stands still while somebody looks, and goes to the next timer when nobody does.
import {setImmediate as turn} from 'node:timers/promises'

interface Timer {
  readonly atMs: number
  readonly call: () => void
}

export class SimulatedClock {
  #nowMs: number
  readonly #timers = new Set<Timer>()
  #looks = 0
  #onIdle: (() => void) | undefined

  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  get nowMs(): number {
    return this.#nowMs
  }

  after(ms: number, call: () => void): () => void {
    const timer = {atMs: this.#nowMs + Math.max(0, ms), call}
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Runs something that takes no simulated time, however long it takes. */
  async during<Value>(looking: Promise<Value>): Promise<Value> {
    this.#looks += 1
    try {
      return await looking
    } finally {
      this.#looks -= 1
      if (this.#looks === 0) this.#onIdle?.()
    }
  }

  /** Lets the time go on, timer by timer, until `endMs`. */
  async run(endMs: number): Promise<void> {
    while (this.#nowMs < endMs) {
      await turn()
      if (this.#looks > 0) await this.#idle()
      else this.#next()
    }
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve
    })
  }

  #next(): void {
    const [first, ...others] = this.#timers
    if (first === undefined) return
    const timer = others.reduce((least, one) => (one.atMs < least.atMs ? one : least), first)
    this.#timers.delete(timer)
    this.#nowMs = Math.max(this.#nowMs, timer.atMs)
    timer.call()
  }
}
