import {groupBy} from '../group-by.js'
import type {KnownMetric, MetricMinutes, TrafficMetric} from './ports.js'
import {subjectKey} from './subject.js'
import type {TrafficMinute, TrafficSeries} from './traffic.schema.js'

type Field = Exclude<keyof TrafficMinute, 'minute'>
type Points = ReadonlyMap<number, number>

/** Field of a minute → the metric and statistic that it is. */
const FIELDS: Readonly<Record<Field, readonly [TrafficMetric, MetricMinutes['statistic']]>> = {
  invocations: ['invocations', 'sum'],
  clientErrors: ['clientErrors', 'sum'],
  serverErrors: ['serverErrors', 'sum'],
  throttles: ['throttles', 'sum'],
  input: ['input', 'sum'],
  output: ['output', 'sum'],
  cacheRead: ['cacheRead', 'sum'],
  cacheWrite: ['cacheWrite', 'sum'],
  quotaTokens: ['quotaTokens', 'sum'],
  latencyP50: ['latency', 'p50'],
  latencyP99: ['latency', 'p99'],
  ttftP50: ['ttft', 'p50'],
  ttftP99: ['ttft', 'p99'],
}
/** What is told of a minute. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[]
/** What each endpoint counts: without a sample in a minute in which something was counted it is 0 there, else unknown. */
const COUNTS: Readonly<Record<KnownMetric['endpoint'], ReadonlySet<TrafficMetric>>> = {
  runtime: new Set<TrafficMetric>([
    ...(['invocations', 'clientErrors', 'serverErrors', 'throttles'] as const),
    ...(['input', 'output', 'cacheRead', 'cacheWrite'] as const),
  ]),
  mantle: new Set<TrafficMetric>(['invocations', 'clientErrors', 'input', 'output']),
}

export type BareSeries = Omit<TrafficSeries, 'about'>

/**
 * The minutes of each called id. `listed` are all metrics that there are: a count that is not among them never was, and
 * one that was not asked this time stays unknown.
 */
export function minutesOf(series: readonly MetricMinutes[], listed: readonly KnownMetric[]): readonly BareSeries[] {
  const existing = groupBy(listed, subjectKey)
  return [...groupBy(series, ({known}) => subjectKey(known))].flatMap(([key, its]) => {
    const known = its[0]?.known
    if (!known) return []
    const told = {
      asked: new Set(its.map((one) => one.known.metric)),
      existing: new Set((existing.get(key) ?? []).map(({metric}) => metric)),
    }
    const points = new Map(FIELD_NAMES.map((field) => [field, pointsOf(its, ...FIELDS[field])] as const))
    const times = [...new Set([...points.values()].flatMap((one) => [...one.keys()]))].toSorted((a, b) => a - b)
    if (times.length === 0) return []
    const fieldAt = (field: Field, minute: number): number | null => {
      const [metric] = FIELDS[field]
      const isNone = COUNTS[known.endpoint].has(metric) && (told.asked.has(metric) || !told.existing.has(metric))
      return points.get(field)?.get(minute) ?? (isNone ? 0 : null)
    }
    const {endpoint, modelId, tier} = known
    return [
      {endpoint, modelId, tier, minutes: times.map((minute) => minuteFrom(minute, (field) => fieldAt(field, minute)))},
    ]
  })
}

/** A minute, field by field; written out so that all minutes have one shape, which is what makes many of them quick. */
export function minuteFrom(minute: number, fieldAt: (field: Field) => number | null): TrafficMinute {
  return {
    minute,
    invocations: fieldAt('invocations'),
    clientErrors: fieldAt('clientErrors'),
    serverErrors: fieldAt('serverErrors'),
    throttles: fieldAt('throttles'),
    input: fieldAt('input'),
    output: fieldAt('output'),
    cacheRead: fieldAt('cacheRead'),
    cacheWrite: fieldAt('cacheWrite'),
    quotaTokens: fieldAt('quotaTokens'),
    latencyP50: fieldAt('latencyP50'),
    latencyP99: fieldAt('latencyP99'),
    ttftP50: fieldAt('ttftP50'),
    ttftP99: fieldAt('ttftP99'),
  }
}

/**
 * The points of one metric. Several tiers that were asked for may have led to the one that served: they add up, but a
 * percentile of both is not known from those of each. Two names of a metric stand for the same: the greater counts.
 */
function pointsOf(
  series: readonly MetricMinutes[],
  metric: TrafficMetric,
  statistic: MetricMinutes['statistic'],
): Points {
  const its = series.filter((one) => one.known.metric === metric && one.statistic === statistic)
  const names = [...groupBy(its, ({known}) => known.source.name).values()]
  const byName = names.map((same) => joined(same, statistic === 'sum' ? add : notKnown))
  return joined(
    byName.map((points) => ({points})),
    Math.max,
  )
}

const add = (one: number, other: number): number => one + other
const notKnown = (): undefined => undefined

function joined(
  series: readonly {readonly points: Points}[],
  combine: (one: number, other: number) => number | undefined,
): Points {
  const [only, ...others] = series
  if (only && others.length === 0) return only.points
  const all = new Map<number, number | undefined>()
  for (const [minute, value] of series.flatMap(({points}) => [...points])) {
    const known = all.get(minute)
    all.set(minute, all.has(minute) ? (known === undefined ? undefined : combine(known, value)) : value)
  }
  return new Map([...all].flatMap(([minute, value]) => (value === undefined ? [] : [[minute, value] as const])))
}
