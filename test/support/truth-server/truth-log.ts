import {machineMs} from './clock.js'

/** How an answer ended. */
export const OUTCOMES = ['open', 'whole', 'fault', 'client-closed'] as const

const GAP_STEP_MS = 0.02
const GAP_STEPS = 100_000

/** What was really received and sent, one row a request, in bounded memory: the oldest rows give way. */
export class TruthLog {
  readonly #rows: number
  #count = 0
  #firstKept = 0
  readonly #id: Float64Array
  readonly #connection: Uint32Array
  readonly #status: Uint16Array
  readonly #outcome: Uint8Array
  readonly #arrived: Float64Array
  readonly #first: Float64Array
  readonly #last: Float64Array
  readonly #end: Float64Array
  readonly #events: Uint32Array
  readonly #gapMax: Float64Array
  readonly #gaps = new Uint32Array(GAP_STEPS + 1)
  #gapCount = 0
  #gapSum = 0
  #gapMost = 0

  constructor(rows: number) {
    this.#rows = rows
    this.#id = new Float64Array(rows)
    this.#connection = new Uint32Array(rows)
    this.#status = new Uint16Array(rows)
    this.#outcome = new Uint8Array(rows)
    this.#arrived = new Float64Array(rows)
    this.#first = new Float64Array(rows)
    this.#last = new Float64Array(rows)
    this.#end = new Float64Array(rows)
    this.#events = new Uint32Array(rows)
    this.#gapMax = new Float64Array(rows)
  }

  /** A request whose last byte is there; returns its number. */
  open(id: number, connection: number, arrived: number): number {
    const number = this.#count
    this.#count += 1
    const at = number % this.#rows
    this.#id[at] = id
    this.#connection[at] = connection
    this.#status[at] = 0
    this.#outcome[at] = 0
    this.#arrived[at] = arrived
    this.#first[at] = Number.NaN
    this.#last[at] = Number.NaN
    this.#end[at] = Number.NaN
    this.#events[at] = 0
    this.#gapMax[at] = 0
    return number
  }

  /** `count` token events are about to be written together. */
  events(number: number, count: number, now: number): void {
    const at = number % this.#rows
    const before = this.#events[at] ?? 0
    if (before === 0) this.#first[at] = now
    else this.#gap(at, now - (this.#last[at] ?? now))
    for (let extra = 1; extra < count; extra += 1) this.#gap(at, 0)
    this.#last[at] = now
    this.#events[at] = before + count
  }

  /** The answer's last byte is about to be written, or there will be none. */
  end(number: number, status: number, outcome: (typeof OUTCOMES)[number], now: number): void {
    const at = number % this.#rows
    this.#end[at] = now
    this.#status[at] = status
    this.#outcome[at] = OUTCOMES.indexOf(outcome)
  }

  #gap(at: number, ms: number): void {
    const step = Math.min(Math.round(ms / GAP_STEP_MS), GAP_STEPS)
    this.#gaps[step] = (this.#gaps[step] ?? 0) + 1
    this.#gapCount += 1
    this.#gapSum += ms
    if (ms > this.#gapMost) this.#gapMost = ms
    if (ms > (this.#gapMax[at] ?? 0)) this.#gapMax[at] = ms
  }

  clear(): void {
    this.#firstKept = this.#count
    this.#gaps.fill(0)
    this.#gapCount = 0
    this.#gapSum = 0
    this.#gapMost = 0
  }

  /** NDJSON: first of all together, then an array a request in the order of `ROW_FIELDS`; times of the machine's clock. */
  *lines(): Generator<string> {
    const from = Math.max(this.#firstKept, this.#count - this.#rows)
    const {user, system} = process.cpuUsage()
    yield `${JSON.stringify({
      requests: this.#count - this.#firstKept,
      kept: this.#count - from,
      gaps: {count: this.#gapCount, sumMs: this.#gapSum, maxMs: this.#gapMost, ...this.#percentiles()},
      cpuMs: (user + system) / 1000,
      rssBytes: process.memoryUsage.rss(),
    })}\n`
    for (let number = from; number < this.#count; number += 1) {
      const at = number % this.#rows
      const times = [this.#arrived[at], this.#first[at], this.#last[at], this.#end[at]].map(onMachine)
      const facts = [this.#id[at], this.#connection[at], this.#status[at], OUTCOMES[this.#outcome[at] ?? 0]]
      yield `${JSON.stringify([...facts, ...times, this.#events[at], this.#gapMax[at]])}\n`
    }
  }

  #percentiles(): {p50Ms: number; p90Ms: number; p99Ms: number; p999Ms: number} {
    const at = (share: number): number => {
      let left = share * this.#gapCount
      const step = this.#gaps.findIndex((count) => {
        left -= count
        return left <= 0 && count > 0
      })
      return Math.max(step, 0) * GAP_STEP_MS
    }
    return {p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99), p999Ms: at(0.999)}
  }
}

function onMachine(at: number | undefined): number | null {
  return at === undefined || Number.isNaN(at) ? null : machineMs(at)
}
