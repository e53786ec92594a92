import {parseDurationMs} from '../../core/duration.js'
import {parseQuantity} from '../../core/quantity.js'
import type {ArrivalShape, Spread} from '../arrivals/level.js'

/** What a text says, or what is wrong with it. */
export type Said<Value> = {readonly value: Value; readonly wrong?: undefined} | {readonly wrong: string}

/** More at once than any client of one machine holds. */
const MOST_USERS = 65_536
const MOST_RATE = 1_000_000
const MOST_LEVELS = 64
/** Timers of Node end there. */
const MOST_MS = 2 ** 31 - 1

/** `32`, or levels one after the other: `1,8,64`. */
export function parseConcurrency(text: string): Said<readonly number[]> {
  return parseList(text, (part) => {
    const users = parseQuantity(part)?.toNumber()
    if (users === undefined || !Number.isInteger(users) || users < 1)
      return {wrong: `${part} is no number of users such as 32`}
    return users > MOST_USERS
      ? {wrong: `${part}: one machine keeps at most ${MOST_USERS} in flight; use --shard`}
      : {value: users}
  })
}

/** `20`, `0.5/s`, `600/min`, or levels one after the other. Requests a second. */
export function parseRates(text: string): Said<readonly number[]> {
  return parseList(text, parseRate)
}

function parseRate(text: string): Said<number> {
  const [number = '', unit = 's', ...rest] = text.split('/')
  const per = {s: 1, sec: 1, second: 1, min: 60, minute: 60, h: 3600, hour: 3600}[unit.trim()]
  const value = parseQuantity(number)?.toNumber()
  if (value === undefined || per === undefined || rest.length > 0 || value <= 0) {
    return {wrong: `${text} is no rate such as 20 (a second), 0.5/s or 600/min`}
  }
  return value / per > MOST_RATE ? {wrong: `${text} is more than a machine can send`} : {value: value / per}
}

function parseList<Value>(text: string, parse: (part: string) => Said<Value>): Said<readonly Value[]> {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length > MOST_LEVELS) return {wrong: `${parts.length} levels; at most ${MOST_LEVELS} in one run`}
  const values: Value[] = []
  for (const part of parts) {
    const said = parse(part)
    if (said.wrong !== undefined) return said
    values.push(said.value)
  }
  return {value: values}
}

/** `constant`, `poisson`, `gamma:<k>` or `burst:<n>/<period>`. */
export function parseArrival(text: string): Said<ArrivalShape> {
  if (text === 'constant' || text === 'poisson') return {value: {kind: text}}
  const gamma = /^gamma:(\d+(?:\.\d+)?)$/.exec(text)
  const shape = Number(gamma?.[1])
  if (gamma !== null && shape >= 0.01 && shape <= 10_000) return {value: {kind: 'gamma', shape}}
  const burst = /^burst:(\d+)\/(.+)$/.exec(text)
  const periodMs = parseDurationMs(burst?.[2] ?? '')
  const size = Number(burst?.[1])
  if (burst !== null && size >= 1 && size <= MOST_USERS && periodMs !== undefined && periodMs > 0) {
    return {value: {kind: 'burst', size, periodMs}}
  }
  return {wrong: `${text} is none of constant, poisson, gamma:0.5 (its shape; 1 is poisson) and burst:10/2s`}
}

export interface Ramp {
  readonly from: number
  readonly to: number
  readonly durationMs: number
  readonly curve: 'linear' | 'exponential'
}

/** `1:50:5m`, or `1:50:5m:exp`: from one rate to the other in that time. */
export function parseRamp(text: string): Said<Ramp> {
  const [from, to, duration, curve = 'lin', ...rest] = text.split(':')
  const example = 'write from:to:duration[:lin|exp], such as 1:50:5m'
  if (duration === undefined || rest.length > 0) return {wrong: `${text} is no ramp; ${example}`}
  const [first, last] = [rateOrZero(from ?? ''), rateOrZero(to ?? '')]
  const durationMs = parseDurationMs(duration)
  if (first === undefined || last === undefined || (first === 0 && last === 0))
    return {wrong: `${text} has no two rates; ${example}`}
  if (durationMs === undefined || durationMs <= 0) return {wrong: `${duration} is no time; ${example}`}
  if (curve !== 'lin' && curve !== 'exp') return {wrong: `${curve} is neither lin nor exp; ${example}`}
  if (curve === 'exp' && (first === 0 || last === 0)) return {wrong: 'an exponential ramp cannot begin or end at 0'}
  return {value: {from: first, to: last, durationMs, curve: curve === 'exp' ? 'exponential' : 'linear'}}
}

function rateOrZero(text: string): number | undefined {
  if (text.trim() === '0') return 0
  const said = parseRate(text)
  return said.wrong === undefined ? said.value : undefined
}

/** `2s`, `N(2s,500ms)` cut to 0, or `U(1s,3s)`: ms. */
export function parseThink(text: string): Said<Spread> {
  return parseSpread(text, parseDurationMs, 'a time such as 2s, N(2s,500ms) or U(1s,3s)')
}

/** `512`, `N(512,64)` or `U(256,1024)`: tokens. */
export function parseTokens(text: string): Said<Spread> {
  const read = (part: string) => parseQuantity(part)?.toNumber()
  return parseSpread(text, read, 'a number of tokens such as 512, N(512,64) or U(256,1024)')
}

function parseSpread(text: string, read: (part: string) => number | undefined, what: string): Said<Spread> {
  const wrong = {wrong: `${text} is not ${what}`}
  const two = /^([NU])\(([^,()]+),([^,()]+)\)$/.exec(text.trim())
  if (two === null) {
    const value = read(text)
    return value === undefined ? wrong : {value: {kind: 'constant', value}}
  }
  const [first, second] = [read(two[2]?.trim() ?? ''), read(two[3]?.trim() ?? '')]
  if (first === undefined || second === undefined) return wrong
  if (two[1] === 'N') return {value: {kind: 'normal', mean: first, deviation: second}}
  return first > second
    ? {wrong: `${text}: the lower bound comes first`}
    : {value: {kind: 'uniform', low: first, high: second}}
}

/** `10s`, `2m`: ms, more than `leastMs`. */
export function parseTime(text: string, leastMs = 0): Said<number> {
  const ms = parseDurationMs(text)
  if (ms === undefined) return {wrong: `${text} is no time such as 500ms, 30s or 5m`}
  if (ms < leastMs) return {wrong: `${text} is less than ${leastMs} ms`}
  return ms > MOST_MS ? {wrong: `${text} is more than 24 days`} : {value: ms}
}

/** A count: `1000`, `20k`. */
export function parseCount(text: string, most = 1e9): Said<number> {
  const count = parseQuantity(text)?.toNumber()
  if (count === undefined || !Number.isInteger(count) || count < 1)
    return {wrong: `${text} is no whole number above 0 such as 1000 or 20k`}
  return count > most ? {wrong: `${text} is more than ${most}`} : {value: count}
}

/** How long a cell warms up: a time, or a number of requests. */
export type WarmUp = {readonly requests: number} | {readonly ms: number}

/** `10s`, or `20` requests; `0` is none. */
export function parseWarmUp(text: string): Said<WarmUp> {
  if (text.trim() === '0') return {value: {requests: 0}}
  const count = parseCount(text)
  if (count.wrong === undefined) return {value: {requests: count.value}}
  const time = parseTime(text)
  return time.wrong === undefined
    ? {value: {ms: time.value}}
    : {wrong: `${text} is neither a time such as 10s nor a number of requests`}
}

export interface Shard {
  readonly index: number
  readonly of: number
}

/** `0/4` to `3/4`: the first number counts from 0, as schedulers do. */
export function parseShard(text: string): Said<Shard> {
  const match = /^(\d+)\/(\d+)$/.exec(text.trim())
  const [index, of] = [Number(match?.[1]), Number(match?.[2])]
  if (match === null || of < 1 || of > 10_000) return {wrong: `${text} is no shard such as 0/4, the first of four`}
  if (index >= of) return {wrong: `${text}: shards count from 0, so the last one is ${of - 1}/${of}`}
  return {value: {index, of}}
}

/** When a shard begins: ISO 8601 with a zone, or seconds since 1970. Epoch ms. */
export function parseStartAt(text: string): Said<number> {
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return {value: Number(text) * 1000}
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)) {
    const at = Date.parse(text)
    if (!Number.isNaN(at)) return {value: at}
  }
  return {wrong: `${text} is no moment such as 2026-11-21T20:00:00Z`}
}
