import {REDUCERS} from './math-functions.js'
import type {Line, Point} from './math-values.js'

/** What labels tell beside the values: where, and in which time. */
export interface LabelGrounds {
  readonly account: string
  readonly region: string
  /** `+0130`: ahead of UTC. */
  readonly timezone: string
}

const DYNAMIC = /\$\{\s*(\w+)(?:\(\s*'([^']*)'\s*\))?\s*\}/g
const ZONE = /^([+-])(\d\d)(\d\d)$/

export const isTimezone = (text: string): boolean => ZONE.test(text)

/** A label as it is told: `${MAX}`, `${LAST_TIME}`, `${PROP('Dim.ModelId')}` and their like put in; others stay as they are. */
export function labelOf(wanted: string | undefined, line: Line, grounds: LabelGrounds): string {
  if (wanted === undefined) return line.label
  return wanted.replace(DYNAMIC, (text, name: string, property: string | undefined) => {
    if (name === 'PROP') return propertyOf(property ?? '', line, grounds) ?? text
    if (name === 'LABEL') return line.label
    return told(name, line, grounds.timezone) ?? text
  })
}

function propertyOf(name: string, {metric, period}: Line, {account, region}: LabelGrounds): string | undefined {
  const all: Readonly<Record<string, string | undefined>> = {
    AccountId: account,
    Region: region,
    Period: String(period),
    MetricName: metric?.name,
    Namespace: metric?.namespace,
    Stat: metric?.stat,
  }
  return name.startsWith('Dim.') ? metric?.dimensions[name.slice(4)] : all[name]
}

function told(name: string, {points}: Line, timezone: string): string | undefined {
  const [, kind = '', time] = /^(.*?)(_TIME)?$/.exec(name) ?? []
  const ends = ENDS[kind]
  const reduce = REDUCERS[kind]
  if (ends) {
    const point = ends(points)
    if (!point) return '--'
    return time === undefined ? String(point.value) : momentIn(timezone, point.at)
  }
  if (!reduce || time !== undefined) return undefined
  return points.length === 0 ? '--' : String(reduce(points.map(({value}) => value)))
}

const extreme = (sign: 1 | -1) => (points: readonly Point[]) =>
  points.reduce<Point | undefined>(
    (best, point) => (best && sign * best.value >= sign * point.value ? best : point),
    undefined,
  )

/** One of the points, oldest first. */
const ENDS: Readonly<Record<string, (points: readonly Point[]) => Point | undefined>> = {
  FIRST: (points) => points[0],
  LAST: (points) => points.at(-1),
  MIN: extreme(-1),
  MAX: extreme(1),
}

/** `2026-11-21T13:30:00+0130` */
function momentIn(timezone: string, at: Date): string {
  const [, sign, hours, minutes] = ZONE.exec(timezone) ?? []
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  return `${new Date(at.getTime() + ahead * 60_000).toISOString().slice(0, 19)}${timezone}`
}
