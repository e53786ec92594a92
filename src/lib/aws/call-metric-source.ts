import type {Metric} from '@aws-sdk/client-cloudwatch'
import type {CallMetric, CallMetricQuery, CallMetricSource, CallSeries} from '../capacity/traffic/ports.js'
import {listMetrics, RUNTIME_METRICS, readMetrics, subjectOf, TOKEN_METRICS} from './metric-data.js'
import type {Wire} from './wire.js'

/** Metric → what it counts. */
const METRICS: Readonly<Record<string, CallMetric>> = {
  ...TOKEN_METRICS[RUNTIME_METRICS],
  Invocations: 'invocations',
  InvocationThrottles: 'throttles',
  ModelCopy: 'copies',
}

interface Listed {
  readonly metric: Metric
  readonly modelId: string
  readonly kind: CallMetric
}

export function createCallMetricSource(wire: Wire): CallMetricSource {
  return {
    async readCalls(region, query, signal) {
      const metrics = await listMetrics(wire, region, RUNTIME_METRICS, signal)
      const listed = metrics.flatMap((metric) => wantedOf(metric, query))
      const queries = listed.map(({kind, metric}) => ({metric, statistic: kind === 'copies' ? 'Maximum' : 'Sum'}))
      const read = await readMetrics(wire, region, queries, query, signal)
      return joinNames(
        listed.map(({kind, modelId}, index) => ({modelId, metric: kind, points: inSeconds(read[index])})),
      )
    },
  }
}

/** By what was called alone: the metrics of tiers count the same calls again. */
function wantedOf(metric: Metric, {isWanted, metrics}: CallMetricQuery): readonly Listed[] {
  const kind = METRICS[metric.MetricName ?? '']
  const subject = subjectOf(metric)
  if (kind === undefined || !subject || subject.tier !== null) return []
  const {modelId} = subject
  return metrics.includes(kind) && isWanted(modelId) ? [{metric, modelId, kind}] : []
}

function inSeconds(points: ReadonlyMap<number, number> = new Map()): ReadonlyMap<number, number> {
  return new Map([...points].map(([time, value]) => [time / 1000, value]))
}

/** A metric under both of its names stands for the same tokens: the greater counts. */
function joinNames(series: readonly CallSeries[]): readonly CallSeries[] {
  const joined = new Map<string, CallSeries>()
  for (const one of series) {
    const key = `${one.metric} ${one.modelId}`
    const points = new Map(joined.get(key)?.points)
    for (const [second, value] of one.points) points.set(second, Math.max(points.get(second) ?? 0, value))
    joined.set(key, {...one, points})
  }
  return [...joined.values()]
}
