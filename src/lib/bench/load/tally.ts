import {ERROR_CLASSES} from '../wire/answer.js'
import {oneLine} from '../wire/scrub.js'
import type {Exchange} from './exchange.js'
import type {CellFailure, LoadSums} from './load.js'
import {addTime, type RecentTimes, recentTimes} from './recent.js'

const DETAILS_OF_A_CLASS = 8
const NAMES = 16
const LONGEST_NAME = 120

export type Counts = Record<string, number>

/** Sums of one thread since t0, and the times since they were told before. */
export interface ShareTick extends LoadSums {
  readonly ttft: RecentTimes
  readonly tpot: RecentTimes
  readonly lagMax: number
}

/** Counts what the requests of one thread came to. */
export class Tally {
  readonly served = {tier: {} as Counts, latency: {} as Counts, model: {} as Counts}
  readonly #errors = ERROR_CLASSES.map(() => 0)
  readonly #failures = new Map<string, CellFailure>()
  readonly #details = new Map<number, number>()
  readonly #usage = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0}
  #sent = 0
  #done = 0
  #ok = 0
  #tokenEvents = 0
  #ttft = recentTimes()
  #tpot = recentTimes()
  #lagMax = Number.NaN

  sent(exchange: Exchange): void {
    this.#sent += 1
    const lag = exchange.sent - exchange.sched
    if (!(lag <= this.#lagMax)) this.#lagMax = lag
  }

  ended(exchange: Exchange): void {
    this.#done += 1
    this.#tokenEvents += exchange.events
    this.#usage.input += Math.max(0, exchange.input)
    this.#usage.output += Math.max(0, exchange.output)
    this.#usage.cacheRead += Math.max(0, exchange.cacheRead)
    this.#usage.cacheWrite += Math.max(0, exchange.cacheWrite)
    if (exchange.tier) countName(this.served.tier, exchange.tier)
    if (exchange.latency) countName(this.served.latency, exchange.latency)
    if (exchange.model) countName(this.served.model, exchange.model)
    if (exchange.cancelled) return
    if (exchange.error === 0) this.#answered(exchange)
    else this.#failed(exchange)
  }

  #answered(exchange: Exchange): void {
    this.#ok += 1
    addTime(this.#ttft, exchange.first - exchange.sent)
    addTime(this.#tpot, exchange.msPerToken)
  }

  /** Most frequent first. */
  failures(): readonly CellFailure[] {
    return [...this.#failures.values()].sort((a, b) => b.count - a.count)
  }

  tick(inFlight: readonly Exchange[]): ShareTick {
    const told: ShareTick = {
      sent: this.#sent,
      inFlight: inFlight.length,
      done: this.#done,
      ok: this.#ok,
      errors: [...this.#errors],
      usage: {...this.#usage},
      tokenEvents: inFlight.reduce((sum, {events}) => sum + events, this.#tokenEvents),
      ttft: this.#ttft,
      tpot: this.#tpot,
      lagMax: this.#lagMax,
    }
    this.#ttft = recentTimes()
    this.#tpot = recentTimes()
    this.#lagMax = Number.NaN
    return told
  }

  #failed({error, status, detail}: Exchange): void {
    this.#errors[error] = (this.#errors[error] ?? 0) + 1
    const name = ERROR_CLASSES[error] ?? 'none'
    const full = (this.#details.get(error) ?? 0) >= DETAILS_OF_A_CLASS
    const known = `${error} ${status} ${detail}`
    const key = full && !this.#failures.has(known) ? `${error}` : known
    const before = this.#failures.get(key)
    if (!before) this.#details.set(error, (this.#details.get(error) ?? 0) + 1)
    this.#failures.set(
      key,
      before
        ? {...before, count: before.count + 1}
        : {error: name, status: key === known ? status : 0, detail: key === known ? detail : 'others', count: 1},
    )
  }
}

/** A name that a server gives: cut, and of very many only the first told apart. */
function countName(counts: Counts, name: string): void {
  if (Object.hasOwn(counts, name)) count(counts, name)
  else count(counts, Object.keys(counts).length < NAMES ? oneLine(name, LONGEST_NAME) : 'others')
}

export function count(counts: Counts, name: string, times = 1): void {
  counts[name] = (counts[name] ?? 0) + times
}
