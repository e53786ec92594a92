import {createHash} from 'node:crypto'
import type {Tally} from '../../metrics/tally.js'
import type {MadeSeries} from './series.js'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

// One minute of the hour is three times as busy as the others.
const BUSY_MINUTE = 30
const BUSY = 3
const WEIGHT = 59 + BUSY
const shareBefore = (minute: number): number => (minute + (minute > BUSY_MINUTE ? BUSY - 1 : 0)) / WEIGHT

/** How widely latencies and tokens of requests are spread. */
const SIGMA = 0.5

/** Adds what a made up metric counted in [from, to), in whole minutes. */
export function tallyMade(series: MadeSeries, from: number, to: number, into: Tally): void {
  const start = Math.max(from, series.since)
  const end = Math.min(to, series.until)
  let count = 0
  let sum = 0
  for (let hour = Math.floor(start / HOUR_MS); hour * HOUR_MS < end; hour += 1) {
    const samples = samplesIn(series, hour, start, end)
    count += samples
    sum += samples * valueIn(series, hour)
  }
  if (count > 0) into.add(count, series.exact ? sum : Math.round(sum), series.exact ? 0 : SIGMA)
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
