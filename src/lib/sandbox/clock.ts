export type ClockKind = 'real' | 'fast' | 'manual'

/** The time that the services live in. Signatures and network delays keep to the wall clock. */
export interface Clock {
  readonly kind: ClockKind
  /** Milliseconds since the epoch. */
  now(): number
  sleep(ms: number): Promise<void>
  /** Moves the time forward and wakes, in order, whoever sleeps until then. Works on every kind. */
  advance(ms: number): Promise<void>
}

/** A fast clock runs five minutes a second. */
const FAST_FACTOR = 300

export function createClock(kind: ClockKind, start: number = Date.now()): Clock {
  return kind === 'manual' ? new ManualClock(start) : new RunningClock(kind, start)
}

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

class ManualClock implements Clock {
  readonly kind = 'manual'
  #now: number
  #sleepers: Sleeper[] = []

  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({due: this.#now + Math.max(0, ms), wake})
    })
  }

  async advance(ms: number): Promise<void> {
    const target = this.#now + Math.max(0, ms)
    for (let next = this.#nextUntil(target); next; next = this.#nextUntil(target)) {
      this.#now = Math.max(this.#now, next.due)
      next.wake()
      // Whoever woke may want to sleep again before the target: let it.
      await new Promise(setImmediate)
    }
    this.#now = target
  }

  #nextUntil(target: number): Sleeper | undefined {
    const [first] = this.#sleepers.filter(({due}) => due <= target).sort((a, b) => a.due - b.due)
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== first)
    return first
  }
}

class RunningClock implements Clock {
  readonly kind: 'real' | 'fast'
  readonly #factor: number
  readonly #startedAt = performance.now()
  readonly #sleepers = new Set<Sleeper & {readonly timer: NodeJS.Timeout}>()
  #base: number

  constructor(kind: 'real' | 'fast', start: number) {
    this.kind = kind
    this.#factor = kind === 'fast' ? FAST_FACTOR : 1
    this.#base = start
  }

  now(): number {
    return Math.round(this.#base + (performance.now() - this.#startedAt) * this.#factor)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(sleeper.timer)
        this.#sleepers.delete(sleeper)
        resolve()
      }
      // Node truncates fractions of a millisecond: round up, or the sleeper wakes too early.
      const timer = setTimeout(wake, Math.ceil(Math.max(0, ms) / this.#factor))
      const sleeper = {due: this.now() + ms, wake, timer: timer.unref()}
      this.#sleepers.add(sleeper)
    })
  }

  async advance(ms: number): Promise<void> {
    this.#base += Math.max(0, ms)
    const now = this.now()
    const due = [...this.#sleepers].filter((sleeper) => sleeper.due <= now).sort((a, b) => a.due - b.due)
    for (const sleeper of due) sleeper.wake()
    await new Promise(setImmediate)
  }
}
