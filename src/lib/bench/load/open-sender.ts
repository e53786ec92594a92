import {highestRate} from '../arrivals/highest-rate.js'
import type {OpenLevel} from '../arrivals/level.js'
import {type Arrivals, openArrivals} from '../arrivals/open-arrivals.js'
import type {CellJob} from './load.js'
import type {Outlet, Sender} from './sender.js'

const USUAL_E2E_MS = 1000
const FEWEST_SPARE = 2
const MOST_CONNECTIONS = 4096

/** Sends by the clock, whatever is in flight. */
export class OpenSender implements Sender {
  readonly connections: number
  readonly spare: number
  readonly #arrivals: Arrivals
  readonly #prompts: number
  readonly #outlet: Outlet
  #t0 = 0
  #left: boolean

  constructor(level: OpenLevel, job: CellJob, outlet: Outlet) {
    this.#arrivals = openArrivals(level, job, job.shard)
    this.#left = this.#arrivals.advance()
    this.#prompts = job.book.starts.length - 1
    this.#outlet = outlet
    const inFlight = (highestRate(level) / 1000 / job.shard.of) * (job.expectedE2eMs ?? USUAL_E2E_MS)
    // In flight varies as a count of Poisson does.
    this.spare = Math.ceil(FEWEST_SPARE + 2 * Math.sqrt(Math.min(inFlight, MOST_CONNECTIONS)))
    this.connections = Math.ceil(
      Math.min(inFlight + this.spare, MOST_CONNECTIONS, job.maxInFlight, this.#arrivals.count / job.shard.of + 1),
    )
  }

  start(t0: number): void {
    this.#t0 = t0
  }

  pump(now: number): number {
    const arrivals = this.#arrivals
    while (this.#left) {
      const sched = this.#t0 + arrivals.atMs
      if (sched > now) return sched
      if (!this.#outlet.hasRoom()) break
      const {k} = arrivals
      this.#left = arrivals.advance()
      this.#outlet.send({k, prompt: k % this.#prompts, user: -1, session: k, turn: 0, sched})
    }
    return Number.POSITIVE_INFINITY
  }

  ended(): void {}

  exhausted(): boolean {
    return !this.#left
  }

  stop(): void {
    this.#left = false
  }
}
