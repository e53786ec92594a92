/** Share of the time that may be spent asking the clock over and over. */
const SPIN_SHARE = 0.2
const SPIN_AHEAD_MS = 20
/** Timers ring up to a millisecond late: half of that is asked for earlier. */
const EARLY_MS = 0.5

/**
 * Rings once at a due time, never before. Timers of Node count whole milliseconds: one is set for those, and for the
 * rest the clock is asked at every turn of the loop. Where that would take more than a fifth of the time, as with
 * sends less than a millisecond apart, the next whole millisecond is soon enough.
 */
export class Alarm {
  readonly #ring: () => void
  readonly #began = performance.now()
  #due = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #turn: NodeJS.Immediate | undefined
  #spunMs = 0
  #asked = 0

  constructor(ring: () => void) {
    this.#ring = ring
  }

  /** Time spent asking the clock. */
  get spunMs(): number {
    return this.#spunMs
  }

  /** In place of any time set before. */
  setFor(due: number): void {
    if (due === this.#due) return
    this.clear()
    if (due === Number.POSITIVE_INFINITY) return
    this.#due = due
    this.#arm(performance.now(), false)
  }

  clear(): void {
    this.#due = Number.POSITIVE_INFINITY
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#turn) clearImmediate(this.#turn)
    this.#timer = undefined
    this.#turn = undefined
  }

  #arm(now: number, spinning: boolean): void {
    const left = this.#due - now
    if (left > 1 + EARLY_MS) this.#timer = setTimeout(this.#wake, Math.floor(left - EARLY_MS))
    else if (left <= 0 || spinning || this.#spunMs < SPIN_AHEAD_MS + (now - this.#began) * SPIN_SHARE) {
      this.#asked = now
      this.#turn = setImmediate(this.#ask)
    } else this.#timer = setTimeout(this.#wake, 1)
  }

  readonly #wake = (): void => {
    this.#timer = undefined
    const now = performance.now()
    if (now >= this.#due) this.#go()
    else this.#arm(now, false)
  }

  readonly #ask = (): void => {
    this.#turn = undefined
    const now = performance.now()
    this.#spunMs += now - this.#asked
    if (now >= this.#due) this.#go()
    else this.#arm(now, true)
  }

  #go(): void {
    this.#due = Number.POSITIVE_INFINITY
    this.#ring()
  }
}
