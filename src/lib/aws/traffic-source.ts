import type {Metric} from '@aws-sdk/client-cloudwatch'
import type {KnownMetric, MetricMinutes, TrafficMetric, TrafficSource} from '../monitor/board/traffic/ports.js'
import {listMetrics, MANTLE_METRICS, RUNTIME_METRICS, readMetrics, subjectOf, TOKEN_METRICS} from './metric-data.js'
import type {Wire} from './wire.js'

/** Namespace → metric → what it is. Mantle has no latency, and counts throttles among the errors of callers. */
const METRICS: Readonly<Record<string, Readonly<Record<string, TrafficMetric>>>> = {
  [RUNTIME_METRICS]: {
    ...TOKEN_METRICS[RUNTIME_METRICS],
    Invocations: 'invocations',
    InvocationClientErrors: 'clientErrors',
    InvocationServerErrors: 'serverErrors',
    InvocationThrottles: 'throttles',
    EstimatedTPMQuotaUsage: 'quotaTokens',
    InvocationLatency: 'latency',
    TimeToFirstToken: 'ttft',
  },
  [MANTLE_METRICS]: {
    ...TOKEN_METRICS[MANTLE_METRICS],
    Inferences: 'invocations',
    InferenceClientErrors: 'clientErrors',
  },
}
const MINUTE_SECONDS = 60
const MINUTE_MS = 60_000

export function createTrafficSource(wire: Wire): TrafficSource {
  return {
    async list(region, signal) {
      const namespaces = Object.keys(METRICS)
      const listed = await Promise.all(namespaces.map((namespace) => listMetrics(wire, region, namespace, signal)))
      return listed.flat().flatMap(toKnown)
    },
    async read(region, {from, metrics, to}, signal) {
      const asked = metrics.flatMap((known) => statisticsOf(known).map((statistic) => ({known, statistic})))
      const queries = asked.map(({known, statistic}) => ({
        metric: toMetric(known),
        statistic: statistic === 'sum' ? 'Sum' : statistic,
      }))
      const range = {from: from * MINUTE_MS, to: to * MINUTE_MS, periodSeconds: MINUTE_SECONDS}
      const answers = await readMetrics(wire, region, queries, range, signal)
      const series = asked.map((one, index): MetricMinutes => ({...one, points: inMinutes(answers[index])}))
      return {series, queries: queries.length}
    },
  }
}

function toKnown(metric: Metric): readonly KnownMetric[] {
  const {Dimensions = [], MetricName: name = '', Namespace: namespace = ''} = metric
  const kind = METRICS[namespace]?.[name]
  const subject = subjectOf(metric)
  if (kind === undefined || !subject) return []
  const dimensions = Object.fromEntries(Dimensions.map(({Name = '', Value = ''}) => [Name, Value]))
  return [{...subject, metric: kind, source: {namespace, name, dimensions}}]
}

function toMetric({source: {dimensions, name, namespace}}: KnownMetric): Metric {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({Name, Value})),
  }
}

function statisticsOf({metric}: KnownMetric): readonly MetricMinutes['statistic'][] {
  return metric === 'latency' || metric === 'ttft' ? ['p50', 'p99'] : ['sum']
}

function inMinutes(points: ReadonlyMap<number, number> = new Map()): ReadonlyMap<number, number> {
  return new Map([...points].map(([time, value]) => [Math.floor(time / MINUTE_MS), value]))
}
