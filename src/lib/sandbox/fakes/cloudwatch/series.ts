import {Tally} from '../../metrics/tally.js'
import {tallyMade} from './made-series.js'

export interface Named {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly unit: 'Count' | 'Milliseconds'
  /** Milliseconds. */
  readonly since: number
  readonly until: number
}

/** A metric of which something can say what it counted in [from, to); into what it is told. */
export interface LiveSeries extends Named {
  add(into: Tally, from: number, to: number): void
}

/** A metric made up of a usage: so many samples an hour, each of about one value. The same every time. */
export interface MadeSeries extends Named {
  /** What the requests of one usage have in common: their ups and downs. */
  readonly rhythm: string
  readonly samplesPerHour: number
  readonly perSample: number
  /** Every sample is exactly `perSample`: it counts something. */
  readonly exact: boolean
}

export type Series = MadeSeries | LiveSeries

export interface Sampled {
  readonly count: number
  readonly sum: number
  readonly average: number
  readonly minimum: number
  readonly maximum: number
}

/** What the samples of [from, to) amount to, in whole minutes; `undefined` without any. */
export function sampled(series: Series, from: number, to: number): Sampled | undefined {
  const {count, sum, minimum, maximum} = tallyOf([series], from, to)
  return count === 0 ? undefined : {count, sum, average: sum / count, minimum, maximum}
}

/** The samples of all that write one metric; nothing counted where there are none. */
export function tallyOf(series: readonly Series[], from: number, to: number): Tally {
  const tally = new Tally()
  for (const one of series) {
    if ('rhythm' in one) tallyMade(one, from, to, tally)
    else one.add(tally, from, to)
  }
  return tally
}

/** When a series had its last sample, about; -Infinity when it never will have. */
export function lastSample({until, since}: Series, now: number): number {
  return since > now ? Number.NEGATIVE_INFINITY : Math.min(until, now)
}
