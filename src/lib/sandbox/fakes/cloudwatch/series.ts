import {createHash} from 'node:crypto'

interface Named {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly unit: 'Count' | 'Milliseconds'
  /** Milliseconds. */
  readonly since: number
  readonly until: number
}

/** A metric of what was called in this sandbox: the samples of each minute since the epoch. */
export interface RecordedSeries extends Named {
  readonly minutes: ReadonlyMap<number, Sampled>
}

export type Series = MadeSeries | RecordedSeries

/** A metric made up of a usage: so many samples an hour, each of about one value. The same every time. */
export interface MadeSeries extends Named {
  /** What the requests of one usage have in common: their ups and downs. */
  readonly rhythm: string
  readonly samplesPerHour: number
  readonly perSample: number
  /** Every sample is exactly `perSample`: it counts something. */
  readonly exact: boolean
}

export interface Sampled {
  readonly count: number
  readonly sum: number
  readonly average: number
  readonly minimum: number
  readonly maximum: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

// One minute of the hour is three times as busy as the others.
const BUSY_MINUTE = 30
const BUSY = 3
const WEIGHT = 59 + BUSY
const shareBefore = (minute: number): number => (minute + (minute > BUSY_MINUTE ? BUSY - 1 : 0)) / WEIGHT

/** What the samples of [from, to) amount to, in whole minutes; `undefined` without any. */
export function sampled(series: Series, from: number, to: number): Sampled | undefined {
  return 'minutes' in series ? recorded(series, from, to) : made(series, from, to)
}

function recorded({minutes}: RecordedSeries, from: number, to: number): Sampled | undefined {
  const within = [...minutes].filter(([minute]) => minute * MINUTE_MS >= from && minute * MINUTE_MS < to)
  const [first, ...others] = within.map(([, samples]) => samples)
  return first && others.reduce(joined, first)
}

function made(series: MadeSeries, from: number, to: number): Sampled | undefined {
  const start = Math.max(from, series.since)
  const end = Math.min(to, series.until)
  let count = 0
  let sum = 0
  for (let hour = Math.floor(start / HOUR_MS); hour * HOUR_MS < end; hour += 1) {
    const samples = samplesIn(series, hour, start, end)
    count += samples
    sum += samples * valueIn(series, hour)
  }
  if (count === 0) return undefined
  const average = sum / count
  if (series.exact) return {count, sum, average, minimum: series.perSample, maximum: series.perSample}
  return {count, sum: Math.round(sum), average, minimum: average * 0.3, maximum: average * 3}
}

/** The samples of several usages that write the same metric. */
export function sampledTogether(series: readonly Series[], from: number, to: number): Sampled | undefined {
  const parts = series.map((one) => sampled(one, from, to)).filter((one) => one !== undefined)
  const [first, ...others] = parts
  return first && others.reduce(joined, first)
}

function joined(one: Sampled, other: Sampled): Sampled {
  const count = one.count + other.count
  const sum = one.sum + other.sum
  return {
    count,
    sum,
    average: sum / count,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  }
}

/** When a series had its last sample, about; -Infinity when it never will have. */
export function lastSample({until, since}: Series, now: number): number {
  return since > now ? Number.NEGATIVE_INFINITY : Math.min(until, now)
}

/** Samples of one hour that lie in [start, end). Parts of an hour add up to the hour. */
function samplesIn(series: MadeSeries, hour: number, start: number, end: number): number {
  const total = series.samplesPerHour * dayShape(hour) * jitter(series.rhythm, hour, 0.1)
  const minuteOf = (time: number): number => Math.min(60, Math.max(0, Math.floor((time - hour * HOUR_MS) / MINUTE_MS)))
  const until = (minute: number): number => Math.floor(total * shareBefore(minute) + 1e-9)
  return until(minuteOf(end)) - until(minuteOf(start))
}

const valueIn = ({exact, perSample, rhythm, name}: MadeSeries, hour: number): number =>
  exact ? perSample : Math.round(perSample * jitter(`${rhythm}/${name}`, hour, 0.05))

/** Quiet at night (UTC), 1 at two in the afternoon. */
function dayShape(hour: number): number {
  const ofDay = hour % 24
  return 0.675 - 0.325 * Math.cos(((ofDay - 2) / 24) * 2 * Math.PI)
}

const seeds = new Map<string, number>()

/** A factor around 1 that a name and an hour always give. */
function jitter(name: string, hour: number, spread: number): number {
  let seed = seeds.get(name)
  if (seed === undefined) {
    seed = createHash('sha256').update(name).digest().readUInt32LE(0)
    seeds.set(name, seed)
  }
  let mixed = Math.imul(seed ^ Math.imul(hour, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  const unit = ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
  return 1 + spread * (2 * unit - 1)
}
