import {usageError} from '../../core/errors.js'
import type {CallMetric, CallMetricSource, CallSeries} from './ports.js'
import type {LogCounts} from './read-logs.js'
import {EMPTY_MINUTE, type Traffic, type TrafficMinute, withRequests} from './traffic.js'

export interface MetricQuestion {
  readonly region: string
  readonly isWanted: (modelId: string) => boolean
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** What requests allow themselves to write: metrics do not tell. */
  readonly maxTokens: number | null
}

const METRICS = ['invocations', 'throttles', 'input', 'output', 'cacheRead', 'cacheWrite'] as const
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** As CloudWatch keeps them. */
const MINUTES_KEPT_DAYS = 15
const FIVE_MINUTES_KEPT_DAYS = 63

/** The traffic of each minute out of CloudWatch; beyond 15 days the mean of five minutes, which hides peaks. */
export async function metricTraffic(
  {from, isWanted, maxTokens, region, to}: MetricQuestion,
  source: CallMetricSource,
  signal?: AbortSignal,
): Promise<Traffic & Pick<LogCounts, 'calledAs'>> {
  const days = (to - from) / DAY_MS
  if (days > FIVE_MINUTES_KEPT_DAYS) {
    throw usageError('METRICS_GONE', `CloudWatch has no minutes of ${Math.ceil(days)} days ago.`, {
      why: 'It keeps minutes for 15 days, five minutes for 63, and hours after that.',
      hint: 'Ask with --since 15d, or read invocation logs with --from-logs.',
    })
  }
  const stride = days > MINUTES_KEPT_DAYS ? 5 : 1
  const step = stride * MINUTE_MS
  const [first, beyond] = [Math.floor(from / step), Math.floor(to / step)]
  const query = {metrics: METRICS, isWanted, from: first * step, to: beyond * step, periodSeconds: step / 1000}
  const series = await source.readCalls(region, query, signal)
  const sums = sumSeries(series)
  const periods = Array.from({length: beyond - first}, (_, index) => ((first + index) * step) / 1000)
  const size = meanSize(sums)
  const minutes = periods.flatMap((second) => spread(toMinute(sums, second, size, maxTokens), stride))
  const throttles = totalOf(sums.get('throttles'))
  return {
    minutes,
    from: new Date(first * step).toISOString(),
    calledAs: countCalls(series),
    notes: [
      ...(throttles > 0
        ? [
            `${throttles} throttles count as demand of the mean size, each for one request: retries of the SDK make them more`,
          ]
        : []),
      ...(stride > 1
        ? ['minutes older than 15 days are gone: the mean of five stands for each, which hides peaks']
        : []),
    ],
  }
}

type Sums = ReadonlyMap<CallMetric, ReadonlyMap<number, number>>

function sumSeries(series: readonly CallSeries[]): Sums {
  const sums = new Map<CallMetric, Map<number, number>>()
  for (const {metric, points} of series) {
    const sum = sums.get(metric) ?? new Map<number, number>()
    for (const [second, value] of points) sum.set(second, (sum.get(second) ?? 0) + value)
    sums.set(metric, sum)
  }
  return sums
}

/** What was called, and how often it was answered. */
function countCalls(series: readonly CallSeries[]): Readonly<Record<string, number>> {
  const counts = new Map([...new Set(series.map(({modelId}) => modelId))].sort().map((id) => [id, 0]))
  for (const {metric, modelId, points} of series) {
    if (metric === 'invocations') counts.set(modelId, (counts.get(modelId) ?? 0) + totalOf(points))
  }
  return Object.fromEntries(counts)
}

type Size = Pick<TrafficMinute, 'input' | 'cacheRead' | 'cacheWrite' | 'output'>

function meanSize(sums: Sums): Size {
  const calls = Math.max(1, totalOf(sums.get('invocations')))
  const mean = (metric: CallMetric) => totalOf(sums.get(metric)) / calls
  return {input: mean('input'), cacheRead: mean('cacheRead'), cacheWrite: mean('cacheWrite'), output: mean('output')}
}

function toMinute(sums: Sums, second: number, mean: Size, maxTokens: number | null): TrafficMinute {
  const at = (metric: CallMetric) => sums.get(metric)?.get(second) ?? 0
  const [answered, throttled] = [at('invocations'), at('throttles')]
  const requests = Math.round(answered + throttled)
  if (requests === 0) return EMPTY_MINUTE
  const tokens = (metric: keyof Size) =>
    answered === 0 ? mean[metric] * requests : at(metric) + (at(metric) / answered) * throttled
  return {
    requests,
    input: tokens('input'),
    cacheRead: tokens('cacheRead'),
    cacheWrite: tokens('cacheWrite'),
    output: tokens('output'),
    maxTokens: maxTokens === null ? null : maxTokens * requests,
  }
}

/** One period as so many minutes, whole requests in turn. */
function spread(period: TrafficMinute, minutes: number): readonly TrafficMinute[] {
  if (minutes === 1) return [period]
  return Array.from({length: minutes}, (_, index) => {
    const upTo = (end: number) => Math.floor((period.requests * end) / minutes)
    return withRequests(period, upTo(index + 1) - upTo(index))
  })
}

function totalOf(points: ReadonlyMap<number, number> | undefined): number {
  let sum = 0
  for (const value of points?.values() ?? []) sum += value
  return sum
}
