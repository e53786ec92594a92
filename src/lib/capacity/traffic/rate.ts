import {parseDurationMs} from '../../core/duration.js'
import {usageError} from '../../core/errors.js'
import {EMPTY_MINUTE, type Traffic, type TrafficMinute} from './traffic.js'

/** Tokens of each request of a traffic that is only described. */
export interface RequestSize {
  readonly input: number
  readonly output: number
  /** Of the input: what is read from a cache, beside `input`. */
  readonly cacheRead: number
  readonly maxTokens: number | null
}

const MINUTE_MS = 60_000
const LEVEL = /^(\d+(?:\.\d+)?[km]?)\/(s|sec|second|min|minute|m|h|hour)(?::(.+))?$/i
const MOST_MINUTES = 400 * 1440
const MOST_REQUESTS = 1e9
const SUFFIX: Readonly<Record<string, number>> = {k: 1000, m: 1_000_000}

/** `10/min:30m,60/min:20m`: levels one after the other, each for so long; a level without a time lasts an hour. */
export function rateTraffic(text: string, size: RequestSize): Traffic {
  const minutes = text.split(',').flatMap((level) => levelMinutes(level.trim(), size, text))
  if (minutes.length > MOST_MINUTES) throw badRate(text, 'It is longer than 400 days.')
  return {minutes, from: null, notes: []}
}

function levelMinutes(level: string, size: RequestSize, text: string): readonly TrafficMinute[] {
  const [, count, unit, lasting] = LEVEL.exec(level) ?? []
  if (count === undefined || unit === undefined) throw badRate(text, `"${level}" is no level.`)
  const durationMs = lasting === undefined ? 60 * MINUTE_MS : parseDurationMs(lasting)
  if (durationMs === undefined || durationMs % MINUTE_MS !== 0 || durationMs === 0) {
    throw badRate(text, `"${lasting ?? ''}" is no time of whole minutes.`)
  }
  const length = durationMs / MINUTE_MS
  if (length > MOST_MINUTES) throw badRate(text, 'It is longer than 400 days.')
  const perMinute = numberOf(count) * perMinuteOf(unit)
  if (perMinute > MOST_REQUESTS) throw badRate(text, `"${level}" is more than anybody asks.`)
  // Of a rate that is no whole number a minute, whole requests come in turn.
  return Array.from({length}, (_, index) => {
    const requests = Math.floor((index + 1) * perMinute + 1e-9) - Math.floor(index * perMinute + 1e-9)
    return requests === 0 ? EMPTY_MINUTE : minuteOf(requests, size)
  })
}

function minuteOf(requests: number, {cacheRead, input, maxTokens, output}: RequestSize): TrafficMinute {
  return {
    requests,
    input: input * requests,
    cacheRead: cacheRead * requests,
    cacheWrite: 0,
    output: output * requests,
    maxTokens: maxTokens === null ? null : maxTokens * requests,
  }
}

function numberOf(text: string): number {
  const suffix = text.at(-1)?.toLowerCase() ?? ''
  const factor = SUFFIX[suffix]
  return factor === undefined ? Number(text) : Number(text.slice(0, -1)) * factor
}

function perMinuteOf(unit: string): number {
  const letter = unit.toLowerCase()
  if (letter.startsWith('s')) return 60
  return letter.startsWith('m') ? 1 : 1 / 60
}

function badRate(text: string, why: string) {
  return usageError('RATE_INVALID', `--rate ${text} is no traffic.`, {
    why,
    hint: 'Give levels with how long each lasts, such as 10/min:30m,60/min:20m,150/min:10m.',
  })
}
