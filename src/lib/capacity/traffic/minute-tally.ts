import {usageError} from '../../core/errors.js'
import type {LoggedCall} from './log-line.js'
import {EMPTY_MINUTE, type Traffic, type TrafficMinute} from './traffic.js'

type Sizes = Pick<LoggedCall, 'input' | 'cacheRead' | 'cacheWrite' | 'output'>
type Call = Sizes & Pick<LoggedCall, 'minute' | 'isThrottled' | 'maxTokens'>

interface Sum {
  requests: number
  throttled: number
  input: number
  cacheRead: number
  cacheWrite: number
  output: number
  maxTokens: number
  /** Requests that say how much they may write. */
  bounded: number
}

/** A year and some days: beyond that a time in the log is wrong, or nobody wants it minute by minute. */
const MOST_MINUTES = 400 * 1440
const MINUTE_MS = 60_000
/** So many sizes of requests are kept to take the median of. */
const MOST_SAMPLES = 8192

/** Adds up logged calls minute by minute, in whatever order they come. */
export class MinuteTally {
  readonly #minutes = new Map<number, Sum>()
  readonly #samples = new Samples()

  add(call: Call): void {
    const sum = this.#sumOf(call.minute)
    if (call.isThrottled) {
      sum.throttled += 1
      return
    }
    sum.requests += 1
    sum.input += call.input
    sum.cacheRead += call.cacheRead
    sum.cacheWrite += call.cacheWrite
    sum.output += call.output
    if (call.maxTokens !== null) {
      sum.maxTokens += call.maxTokens
      sum.bounded += 1
    }
    this.#samples.add(call)
  }

  /** The minutes from the first call to the last. What was throttled has the median size of what was answered. */
  traffic(): Traffic {
    const numbers = [...this.#minutes.keys()]
    if (numbers.length === 0) return {minutes: [], from: null, notes: []}
    const first = numbers.reduce((least, minute) => Math.min(least, minute))
    const last = numbers.reduce((most, minute) => Math.max(most, minute))
    if (last - first >= MOST_MINUTES) {
      throw usageError('TRAFFIC_TOO_LONG', 'The calls are more than 400 days apart.', {
        why: `The first is of ${isoOf(first)}, the last of ${isoOf(last)}.`,
        hint: 'Keep the later ones with --since 30d.',
      })
    }
    const typical = this.#samples.median()
    const minutes = Array.from({length: last - first + 1}, (_, index) => {
      const sum = this.#minutes.get(first + index)
      return sum === undefined ? EMPTY_MINUTE : toMinute(sum, typical)
    })
    return {minutes, from: isoOf(first), notes: this.#notes()}
  }

  #sumOf(minute: number): Sum {
    const known = this.#minutes.get(minute)
    if (known) return known
    const fresh = {
      requests: 0,
      throttled: 0,
      input: 0,
      cacheRead: 0,
      cacheWrite: 0,
      output: 0,
      maxTokens: 0,
      bounded: 0,
    }
    this.#minutes.set(minute, fresh)
    return fresh
  }

  #notes(): readonly string[] {
    const sums = [...this.#minutes.values()]
    const total = (of: 'requests' | 'throttled' | 'bounded') => sums.reduce((all, sum) => all + sum[of], 0)
    const [answered, bounded, throttled] = [total('requests'), total('bounded'), total('throttled')]
    return [
      ...(throttled > 0
        ? [`${throttled} throttled calls are demand of the median size: a log has no tokens of them`]
        : []),
      ...(bounded > 0 && bounded < answered
        ? [`${answered - bounded} calls do not say how much they may write: the mean of their minute stands for them`]
        : []),
    ]
  }
}

function toMinute(sum: Sum, typical: Sizes): TrafficMinute {
  const {bounded, throttled} = sum
  const requests = sum.requests + throttled
  return {
    requests,
    input: sum.input + throttled * typical.input,
    cacheRead: sum.cacheRead + throttled * typical.cacheRead,
    cacheWrite: sum.cacheWrite + throttled * typical.cacheWrite,
    output: sum.output + throttled * typical.output,
    maxTokens: bounded === 0 ? null : (sum.maxTokens * requests) / bounded,
  }
}

function isoOf(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString()
}

/** Sizes of requests, every so many of them: twice as far apart each time the room is used up. */
class Samples {
  #kept: Sizes[] = []
  #stride = 1
  #seen = 0

  add({cacheRead, cacheWrite, input, output}: Sizes): void {
    if (this.#seen++ % this.#stride !== 0) return
    this.#kept.push({cacheRead, cacheWrite, input, output})
    if (this.#kept.length < MOST_SAMPLES) return
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0)
    this.#stride *= 2
  }

  median(): Sizes {
    const middle = (of: keyof Sizes) => {
      const sorted = Float64Array.from(this.#kept, (size) => size[of]).sort()
      return sorted[Math.floor(sorted.length / 2)] ?? 0
    }
    return {
      input: middle('input'),
      cacheRead: middle('cacheRead'),
      cacheWrite: middle('cacheWrite'),
      output: middle('output'),
    }
  }
}
