import type {CapacityRow} from '../capacity.schema.js'
import type {CallMetric, CallSeries} from '../traffic/ports.js'
import type {RegionCapacity} from './read-capacity.js'

type Usage = Pick<CapacityRow, 'calls' | 'lastCallAt' | 'throttles' | 'load' | 'copies'>

const MINUTES_A_DAY = 1440
/** Copies are unloaded after five minutes without a call; metrics come a few minutes late. */
const COPIES_SECONDS = 600
const BUSIEST = 0.95

/** What metrics tell of one thing. A metric that was read and has no points is nothing; one not read is not known. */
export function usageOf(
  {arn, id}: {readonly arn: string; readonly id: string},
  {hours, minutes}: RegionCapacity,
  nowMs: number,
): Usage {
  const own = (series: readonly CallSeries[] | undefined, metric: CallMetric) =>
    series?.filter((one) => one.metric === metric && (one.modelId === arn || one.modelId === id))
  const calls = own(hours, 'invocations')
  const called = calls?.flatMap(({points}) => [...points].filter(([, value]) => value > 0).map(([second]) => second))
  const last = called && called.length > 0 ? Math.max(...called) : undefined
  const throttles = own(minutes, 'throttles')
  const copies = own(minutes, 'copies')
  return {
    calls: calls === undefined ? null : sumOf(calls),
    lastCallAt: last === undefined ? null : new Date(last * 1000).toISOString(),
    throttles: throttles === undefined ? null : sumOf(throttles),
    load: loadOf(own(minutes, 'input'), own(minutes, 'output'), calls === undefined ? null : sumOf(calls)),
    copies: copies === undefined ? null : copiesNow(copies, nowMs),
  }
}

/** Not known where it was called and no metric of tokens exists: some endpoints write none. */
function loadOf(
  input: readonly CallSeries[] | undefined,
  output: readonly CallSeries[] | undefined,
  calls: number | null,
): Usage['load'] {
  if (input === undefined || output === undefined) return null
  if (input.length + output.length === 0) return calls === 0 ? {mean: 0, busiest: 0} : null
  const tokens = new Map<number, number>()
  for (const {points} of [...input, ...output]) {
    for (const [second, value] of points) tokens.set(second, (tokens.get(second) ?? 0) + value)
  }
  const minutes = new Float64Array(MINUTES_A_DAY)
  minutes.set([...tokens.values()].slice(0, MINUTES_A_DAY))
  minutes.sort()
  const sum = minutes.reduce((all, value) => all + value, 0)
  return {mean: sum / MINUTES_A_DAY, busiest: minutes[Math.ceil(MINUTES_A_DAY * BUSIEST) - 1] ?? 0}
}

function copiesNow(series: readonly CallSeries[], nowMs: number): number {
  const points = series.flatMap(({points: its}) => [...its])
  const recent = points.filter(([second]) => second >= nowMs / 1000 - COPIES_SECONDS)
  const [, value] = recent.toSorted(([a], [b]) => b - a)[0] ?? [0, 0]
  return value
}

function sumOf(series: readonly CallSeries[]): number {
  let sum = 0
  for (const {points} of series) for (const value of points.values()) sum += value
  return sum
}
