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

interface Level {
  readonly perMinute: number
  /** Minutes. */
  readonly length: number
}

/** `10/min:30m,60/min:20m`: levels one after the other, each for so long; a level without a time lasts an hour. */
export function rateTraffic(text: string, size: RequestSize): Traffic {
  const {levels, problems} = readLevels(text)
  if (problems.length > 0) throw badRate(text, problems)
  return {minutes: levels.flatMap((level) => levelMinutes(level, size)), from: null, notes: []}
}

/** Everything that is wrong with levels as they are typed; nothing where they are a traffic. */
export function rateProblems(text: string): readonly string[] {
  return readLevels(text).problems
}

function readLevels(text: string): {readonly levels: readonly Level[]; readonly problems: readonly string[]} {
  const problems: string[] = []
  const levels = text.split(',').flatMap((level) => {
    const read = readLevel(level.trim())
    if (typeof read !== 'string') return [read]
    problems.push(read)
    return []
  })
  if (problems.length > 0) return {levels, problems}
  if (levels.reduce((sum, {length}) => sum + length, 0) > MOST_MINUTES) problems.push('it is longer than 400 days')
  else if (levels.every(({length, perMinute}) => upTo(length, perMinute) === 0)) problems.push('no request is in it')
  return {levels, problems}
}

/** What is wrong with it, where it is none. */
function readLevel(level: string): Level | string {
  const [, count, unit, lasting] = LEVEL.exec(level) ?? []
  if (count === undefined || unit === undefined) return `"${level}" is no level`
  const durationMs = lasting === undefined ? 60 * MINUTE_MS : parseDurationMs(lasting.trim())
  if (durationMs === undefined || durationMs % MINUTE_MS !== 0 || durationMs === 0) {
    return `"${lasting ?? ''}" is no time of whole minutes`
  }
  const length = durationMs / MINUTE_MS
  if (length > MOST_MINUTES) return `"${level}" is longer than 400 days`
  const perMinute = numberOf(count) * perMinuteOf(unit)
  return perMinute > MOST_REQUESTS ? `"${level}" is more than anybody asks` : {perMinute, length}
}

/** Requests of the first minutes of a level. */
function upTo(minutes: number, perMinute: number): number {
  return Math.floor(minutes * perMinute + 1e-9)
}

function levelMinutes({length, perMinute}: Level, size: RequestSize): readonly TrafficMinute[] {
  // Of a rate that is no whole number a minute, whole requests come in turn.
  return Array.from({length}, (_, index) => {
    const requests = upTo(index + 1, perMinute) - upTo(index, perMinute)
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

function badRate(text: string, problems: readonly string[]) {
  return usageError('RATE_INVALID', `--rate ${text} is no traffic.`, {
    why: problems.join('\n'),
    hint: 'Give levels with how long each lasts, such as 10/min:30m,60/min:20m,150/min:10m.',
  })
}
