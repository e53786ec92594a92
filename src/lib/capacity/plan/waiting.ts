import {type TrafficMinute, withRequests} from '../traffic/traffic.js'

/** Requests that were turned away and come again next minute; their size is the mean of the minute they were in. */
export class Waiting {
  readonly #patience: number
  /** By how often they were turned away, the most often first. */
  #counts: number[] = []
  #carried: TrafficMinute | undefined

  /** `patience`: how many minutes a request comes again before it is lost. */
  constructor(patience: number) {
    this.#patience = patience
  }

  /** A minute's own requests together with those that come again. */
  join(fresh: TrafficMinute): TrafficMinute {
    const carried = this.#carried
    if (carried === undefined) return fresh
    const isKnown = (fresh.maxTokens !== null || fresh.requests === 0) && carried.maxTokens !== null
    return {
      requests: fresh.requests + carried.requests,
      input: fresh.input + carried.input,
      cacheRead: fresh.cacheRead + carried.cacheRead,
      cacheWrite: fresh.cacheWrite + carried.cacheWrite,
      output: fresh.output + carried.output,
      maxTokens: isKnown ? (fresh.maxTokens ?? 0) + (carried.maxTokens ?? 0) : null,
    }
  }

  /** Notes those of a minute that were turned away; returns how many of them will not come again. */
  keep(minute: TrafficMinute, refused: number): number {
    if (this.#patience === 0) return refused
    let left = minute.requests - refused
    const fresh = minute.requests - this.rest()
    const remaining = [...this.#counts, fresh].map((count) => {
      const taken = Math.min(count, left)
      left -= taken
      return count - taken
    })
    const lost = remaining.length > this.#patience ? (remaining.shift() ?? 0) : 0
    const kept = refused - lost
    this.#counts = kept === 0 ? [] : remaining
    this.#carried = kept === 0 ? undefined : withRequests(minute, kept)
    return lost
  }

  /** How many wait now. */
  rest(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }
}
