import {
  CloudWatchClient,
  type Metric,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch'
import type {CallMetric, CallMetricQuery, CallMetricSource, CallSeries} from '../capacity/traffic/ports.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

/** Metric → what it counts. AWS has written both names of the cache metrics. */
const METRICS: Readonly<Record<string, CallMetric>> = {
  Invocations: 'invocations',
  InvocationThrottles: 'throttles',
  InputTokenCount: 'input',
  OutputTokenCount: 'output',
  CacheReadInputTokenCount: 'cacheRead',
  CacheReadInputTokens: 'cacheRead',
  CacheWriteInputTokenCount: 'cacheWrite',
  CacheWriteInputTokens: 'cacheWrite',
  ModelCopy: 'copies',
}
const NAMESPACE = 'AWS/Bedrock'
/** Of one request of GetMetricData. */
const MOST_QUERIES = 500
const MOST_DATAPOINTS = 100_800

interface Listed {
  readonly metric: Metric
  readonly modelId: string
  readonly kind: CallMetric
}

type Points = Map<number, number>

export function createCallMetricSource(wire: Wire): CallMetricSource {
  return {
    async readCalls(region, query, signal) {
      const client = wire.client('cloudwatch', region, (config) => new CloudWatchClient(config))
      const metrics = await wire.call('cloudwatch', {action: 'cloudwatch:ListMetrics', region}, signal, (abortSignal) =>
        collectPages(
          paginateListMetrics({client}, {Namespace: NAMESPACE}, {abortSignal}),
          (page) => page.Metrics,
          (page) => page.NextToken,
        ),
      )
      const listed = metrics.flatMap((metric) => wantedOf(metric, query))
      const read = (batch: readonly Listed[]) =>
        wire.call('cloudwatch', {action: 'cloudwatch:GetMetricData', region}, signal, (abortSignal) =>
          readBatch(client, batch, query, abortSignal),
        )
      return joinNames((await Promise.all(batches(listed, query).map(read))).flat())
    },
  }
}

/** By what was called alone: other dimensions count the same calls again. */
function wantedOf(metric: Metric, {isWanted, metrics}: CallMetricQuery): readonly Listed[] {
  const {Dimensions = [], MetricName = ''} = metric
  const [only] = Dimensions
  const kind = METRICS[MetricName]
  const modelId = only?.Value ?? ''
  const isById = Dimensions.length === 1 && only?.Name === 'ModelId'
  return kind !== undefined && isById && metrics.includes(kind) && isWanted(modelId) ? [{metric, modelId, kind}] : []
}

function batches(listed: readonly Listed[], {from, periodSeconds, to}: CallMetricQuery): readonly Listed[][] {
  const points = Math.max(1, (to - from) / 1000 / periodSeconds)
  const size = Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_DATAPOINTS / points)))
  return Array.from({length: Math.ceil(listed.length / size)}, (_, at) => listed.slice(at * size, (at + 1) * size))
}

async function readBatch(
  client: CloudWatchClient,
  batch: readonly Listed[],
  {from, periodSeconds, to}: CallMetricQuery,
  abortSignal: AbortSignal,
): Promise<readonly CallSeries[]> {
  const MetricDataQueries = batch.map(
    ({kind, metric}, index): MetricDataQuery => ({
      Id: `q${index}`,
      MetricStat: {Metric: metric, Period: periodSeconds, Stat: kind === 'copies' ? 'Maximum' : 'Sum'},
    }),
  )
  const range = {StartTime: new Date(from), EndTime: new Date(to)}
  const results = await collectPages(
    paginateGetMetricData({client}, {MetricDataQueries, ...range}, {abortSignal}),
    (page) => page.MetricDataResults,
    (page) => page.NextToken,
  )
  const points = batch.map((): Points => new Map())
  for (const {Id = '', Timestamps = [], Values = []} of results) {
    const its = points[Number(Id.slice(1))]
    Timestamps.forEach((time, at) => {
      its?.set(time.getTime() / 1000, Values[at] ?? 0)
    })
  }
  return batch.map(({kind, modelId}, index) => ({modelId, metric: kind, points: points[index] ?? new Map()}))
}

/** A metric under both of its names stands for the same tokens: the greater counts. */
function joinNames(series: readonly CallSeries[]): readonly CallSeries[] {
  const joined = new Map<string, CallSeries>()
  for (const one of series) {
    const key = `${one.metric} ${one.modelId}`
    const points: Points = new Map(joined.get(key)?.points)
    for (const [second, value] of one.points) points.set(second, Math.max(points.get(second) ?? 0, value))
    joined.set(key, {...one, points})
  }
  return [...joined.values()]
}
