import {isSeries, type Line, type Operand, type Point, type Values} from './math-values.js'

/** What is given to a function after its first operand; words are what CloudWatch has for some. */
export type Argument = Operand | string

/** What functions know of a request. */
export interface Grounds {
  /** The beginnings of all periods of so many seconds. */
  momentsOf(period: number): readonly Date[]
  /** Seconds; of the query, or of what it names. */
  readonly period: number
}

/** What becomes one of several, or of the values of one. */
export const REDUCERS: Readonly<Record<string, (values: Values) => number>> = {
  SUM: sum,
  AVG: mean,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
  STDDEV: (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))),
  DATAPOINT_COUNT: (values) => values.length,
}

type OfOne = (line: Line, more: readonly Argument[], grounds: Grounds) => Operand

/** What becomes of one series, or of each of several; all but FILL and IF leave moments without a value out. */
export const FUNCTIONS: Readonly<Record<string, OfOne>> = {
  ABS: (line) => each(line, Math.abs),
  CEIL: (line) => each(line, Math.ceil),
  FLOOR: (line) => each(line, Math.floor),
  LOG: (line) => each(line, Math.log),
  LOG10: (line) => each(line, Math.log10),
  PERIOD: (line) => each(line, () => line.period),
  RATE: (line) => between(line, (change, seconds) => change / seconds),
  DIFF: (line) => between(line, (change) => change),
  DIFF_TIME: (line) => between(line, (_, seconds) => seconds),
  RUNNING_SUM: runningSum,
  FILL: (line, [by = 0], {momentsOf}) => filled(line, by, momentsOf(line.period)),
  IF: (line, [then = line, otherwise]) => chosen(line, then, otherwise),
  REMOVE_EMPTY: (line) => (line.points.length > 0 ? line : []),
  MINUTE: (line) => each(line, (_, at) => at.getUTCMinutes()),
  HOUR: (line) => each(line, (_, at) => at.getUTCHours()),
  // Monday is the first.
  DAY: (line) => each(line, (_, at) => ((at.getUTCDay() + 6) % 7) + 1),
  DATE: (line) => each(line, (_, at) => at.getUTCDate()),
  MONTH: (line) => each(line, (_, at) => at.getUTCMonth() + 1),
  YEAR: (line) => each(line, (_, at) => at.getUTCFullYear()),
  EPOCH: (line) => each(line, (_, at) => at.getTime() / 1000),
}

type OfMany = (lines: readonly Line[], more: readonly Argument[]) => Operand | undefined

/** What becomes of several series together; `undefined` for operands that it does not take. */
export const SELECTORS: Readonly<Record<string, OfMany>> = {
  FIRST: (lines) => lines.slice(0, 1),
  LAST: (lines) => lines.slice(-1),
  METRIC_COUNT: (lines) => lines.length,
  SLICE: (lines, [from, to]) =>
    typeof from === 'number' && (to === undefined || typeof to === 'number') ? lines.slice(from, to) : undefined,
  SORT: sorted,
}

/** A series of one number, at every moment. */
export function timeSeries(value: number, {momentsOf, period}: Grounds): Line {
  return {label: '', period, points: momentsOf(period).map((at) => ({at, value}))}
}

function sum(values: Values): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: Values): number {
  return sum(values) / values.length
}

/** By a statistic of their values, those without any at the end. */
function sorted(lines: readonly Line[], [by, order, most]: readonly Argument[]): readonly Line[] | undefined {
  const reduce = /^(AVG|MAX|MIN|SUM)$/.test(String(by)) ? REDUCERS[String(by)] : undefined
  if (!reduce || (order !== 'ASC' && order !== 'DESC')) return undefined
  const sign = order === 'ASC' ? 1 : -1
  const weighed = lines.map((line) => ({line, weight: reduce(line.points.map(({value}) => value))}))
  const full = weighed.filter(({line}) => line.points.length > 0).sort((a, b) => sign * (a.weight - b.weight))
  const empty = weighed.filter(({line}) => line.points.length === 0)
  return [...full, ...empty].map(({line}) => line).slice(0, typeof most === 'number' ? most : undefined)
}

const each = (line: Line, by: (value: number, at: Date) => number): Line => ({
  ...line,
  points: line.points.map(({at, value}) => ({at, value: by(value, at)})),
})

function between(line: Line, by: (change: number, seconds: number) => number): Line {
  const points = line.points.slice(1).map(({at, value}, index) => {
    const before = line.points[index]
    const seconds = (at.getTime() - (before?.at.getTime() ?? 0)) / 1000
    return {at, value: by(value - (before?.value ?? 0), seconds)}
  })
  return {...line, points}
}

function runningSum(line: Line): Line {
  let total = 0
  return each(line, (value) => {
    total += value
    return total
  })
}

/**
 * Every moment that was asked for, also those without a value: with a number, the value of another series, the one before
 * (`REPEAT`), or what lies between those around it (`LINEAR`).
 */
function filled(line: Line, by: Argument, moments: readonly Date[]): Line {
  const known = new Map(line.points.map(({at, value}) => [at.getTime(), value]))
  const points = moments.flatMap((at): Point[] => {
    const value = known.get(at.getTime()) ?? fillerAt(line, by, at.getTime())
    return value === undefined ? [] : [{at, value}]
  })
  return {...line, points}
}

function fillerAt({points}: Line, by: Argument, time: number): number | undefined {
  if (typeof by === 'number') return by
  const before = points.findLast(({at}) => at.getTime() < time)
  if (by === 'REPEAT') return before?.value
  if (by !== 'LINEAR') return typeof by === 'string' ? undefined : valueAt(by, time)
  const after = points.find(({at}) => at.getTime() > time)
  if (!before || !after) return undefined
  const share = (time - before.at.getTime()) / (after.at.getTime() - before.at.getTime())
  return before.value + share * (after.value - before.value)
}

function valueAt(operand: Operand, time: number): number | undefined {
  if (typeof operand === 'number') return operand
  const line = isSeries(operand) ? operand : operand[0]
  return line?.points.find(({at}) => at.getTime() === time)?.value
}

function chosen(condition: Line, then: Argument, otherwise: Argument | undefined): Line {
  const points = condition.points.flatMap(({at, value}): Point[] => {
    const operand = value === 0 ? otherwise : then
    if (operand === undefined || typeof operand === 'string') return []
    const picked = valueAt(operand, at.getTime())
    return picked === undefined ? [] : [{at, value: picked}]
  })
  return {...condition, points}
}
