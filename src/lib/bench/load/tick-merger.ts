import {ERROR_CLASSES} from '../wire/answer.js'
import type {LoadTick} from './load.js'
import {addTimes, recentTimes, timeAt} from './recent.js'
import type {ShareTick} from './tally.js'

/** Puts the ticks of all threads together: one for each round of theirs. */
export class TickMerger {
  readonly #cell: number
  readonly #shares: (ShareTick | undefined)[]
  readonly #tell: (tick: LoadTick) => void
  #fresh = new Set<number>()
  #ttft = recentTimes()
  #tpot = recentTimes()
  #lagMax = Number.NaN
  #t0 = Number.NaN

  constructor(cell: number, threads: number, tell: (tick: LoadTick) => void) {
    this.#cell = cell
    this.#shares = Array.from({length: threads})
    this.#tell = tell
  }

  start(t0: number): void {
    this.#t0 = t0
  }

  add(place: number, tick: ShareTick, now: number): void {
    // A thread that tells again begins the next round, whether the others have told or not.
    if (this.#fresh.has(place)) this.#flush(now)
    this.#shares[place] = tick
    this.#fresh.add(place)
    addTimes(this.#ttft, tick.ttft)
    addTimes(this.#tpot, tick.tpot)
    if (!(tick.lagMax <= this.#lagMax)) this.#lagMax = Number.isNaN(tick.lagMax) ? this.#lagMax : tick.lagMax
    if (this.#fresh.size === this.#shares.length) this.#flush(now)
  }

  /** What was not told yet. */
  last(now: number): void {
    if (this.#fresh.size > 0) this.#flush(now)
  }

  #flush(now: number): void {
    const shares = this.#shares.filter((share) => share !== undefined)
    const sum = (of: (share: ShareTick) => number): number => shares.reduce((total, share) => total + of(share), 0)
    this.#tell({
      cell: this.#cell,
      atMs: now - this.#t0,
      sent: sum(({sent}) => sent),
      inFlight: sum(({inFlight}) => inFlight),
      done: sum(({done}) => done),
      ok: sum(({ok}) => ok),
      errors: ERROR_CLASSES.map((_, error) => sum(({errors}) => errors[error] ?? 0)),
      usage: {
        input: sum(({usage}) => usage.input),
        output: sum(({usage}) => usage.output),
        cacheRead: sum(({usage}) => usage.cacheRead),
        cacheWrite: sum(({usage}) => usage.cacheWrite),
      },
      tokenEvents: sum(({tokenEvents}) => tokenEvents),
      recent: {
        ttftP50: timeAt(this.#ttft, 0.5),
        ttftP99: timeAt(this.#ttft, 0.99),
        tpotP50: timeAt(this.#tpot, 0.5),
        tpotP99: timeAt(this.#tpot, 0.99),
        lagMax: this.#lagMax,
      },
    })
    this.#fresh.clear()
    this.#ttft = recentTimes()
    this.#tpot = recentTimes()
    this.#lagMax = Number.NaN
  }
}
