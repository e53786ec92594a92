import {
  CloudWatchClient,
  type GetMetricDataCommandOutput,
  type Metric,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch'
import {BedrockctlError} from '../core/errors.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

/** GetMetricData takes 500 queries a request and gives 100,800 datapoints. */
const MOST_QUERIES = 500
const MOST_DATAPOINTS = 100_800

/** The namespaces of what is called; guardrails, agents and AgentCore have their own. */
export const RUNTIME_METRICS = 'AWS/Bedrock'
export const MANTLE_METRICS = 'AWS/BedrockMantle'

/** What the token metrics of each namespace count. AWS has written both names of the cache metrics. */
export const TOKEN_METRICS = {
  [RUNTIME_METRICS]: {
    InputTokenCount: 'input',
    OutputTokenCount: 'output',
    CacheReadInputTokenCount: 'cacheRead',
    CacheReadInputTokens: 'cacheRead',
    CacheWriteInputTokenCount: 'cacheWrite',
    CacheWriteInputTokens: 'cacheWrite',
  },
  [MANTLE_METRICS]: {TotalInputTokens: 'input', TotalOutputTokens: 'output'},
} as const satisfies Readonly<Record<string, Readonly<Record<string, 'input' | 'output' | 'cacheRead' | 'cacheWrite'>>>>

/** Who was called by the dimensions of a metric, and in which tier where the metric tells it apart. */
export interface MetricSubject {
  readonly endpoint: 'runtime' | 'mantle'
  readonly modelId: string
  /** ResolvedServiceTier; null where all tiers are counted together. */
  readonly tier: string | null
}

/** undefined for metrics of other dimensions: they count the same calls again. */
export function subjectOf({Namespace, Dimensions = []}: Metric): MetricSubject | undefined {
  const dimensions = new Map(Dimensions.map(({Name = '', Value = ''}) => [Name, Value]))
  const only = dimensions.size === 1
  if (Namespace === MANTLE_METRICS) {
    const modelId = dimensions.get('Model')
    return modelId !== undefined && only ? {endpoint: 'mantle', modelId, tier: null} : undefined
  }
  const modelId = dimensions.get('ModelId')
  const tier = dimensions.get('ResolvedServiceTier') ?? null
  const isTiered = dimensions.size === 3 && tier !== null && dimensions.has('ServiceTier')
  return modelId !== undefined && (only || isTiered) ? {endpoint: 'runtime', modelId, tier} : undefined
}

export interface MetricRange {
  /** Milliseconds since 1970; the end is not part of it. */
  readonly from: number
  readonly to: number
  readonly periodSeconds: number
}

export interface MetricQuery {
  readonly metric: Metric
  readonly statistic: string
}

/** Start of the period in milliseconds since 1970 → value. */
export type MetricPoints = Map<number, number>

export function cloudWatchOf(wire: Wire, region: string): CloudWatchClient {
  return wire.client('cloudwatch', region, (config) => new CloudWatchClient(config))
}

/** Every metric of a namespace that had data in the last two weeks: cloudwatch:ListMetrics. */
export async function listMetrics(
  wire: Wire,
  region: string,
  Namespace: string,
  signal: AbortSignal | undefined,
): Promise<readonly Metric[]> {
  const client = cloudWatchOf(wire, region)
  return wire.call('cloudwatch', {action: 'cloudwatch:ListMetrics', region}, signal, (abortSignal) =>
    collectPages(
      paginateListMetrics({client}, {Namespace}, {abortSignal}),
      (page) => page.Metrics,
      (page) => page.NextToken,
    ),
  )
}

/** The datapoints of each query, in their order, by as few requests as hold them: cloudwatch:GetMetricData. */
export async function readMetrics(
  wire: Wire,
  region: string,
  queries: readonly MetricQuery[],
  range: MetricRange,
  signal: AbortSignal | undefined,
): Promise<readonly MetricPoints[]> {
  const client = cloudWatchOf(wire, region)
  const read = (batch: readonly MetricQuery[]) =>
    wire.call('cloudwatch', {action: 'cloudwatch:GetMetricData', region}, signal, async (abortSignal) => {
      const results = await collectPages(
        paginateGetMetricData({client}, {...metricRequest(batch, range)}, {abortSignal}),
        (page: GetMetricDataCommandOutput) => page.MetricDataResults,
        (page) => page.NextToken,
      )
      return pointsOf(batch.length, results)
    })
  return (await Promise.all(metricBatches(queries, range).map(read))).flat()
}

/** Parts of a list of queries that one request each may have. */
export function metricBatches<Query>(queries: readonly Query[], range: MetricRange): readonly (readonly Query[])[] {
  const points = Math.max(1, (range.to - range.from) / 1000 / range.periodSeconds)
  const size = Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_DATAPOINTS / points)))
  return Array.from({length: Math.ceil(queries.length / size)}, (_, at) => queries.slice(at * size, (at + 1) * size))
}

/** One request of a batch; its results are told apart by their places. */
export function metricRequest(batch: readonly MetricQuery[], {from, periodSeconds, to}: MetricRange) {
  const MetricDataQueries = batch.map(
    ({metric, statistic}, index): MetricDataQuery => ({
      Id: `q${index}`,
      MetricStat: {Metric: metric, Period: periodSeconds, Stat: statistic},
    }),
  )
  return {MetricDataQueries, StartTime: new Date(from), EndTime: new Date(to)}
}

/** The datapoints by the places of the queries: a query may come in parts, and one without data has none. */
export function pointsOf(queries: number, results: readonly MetricDataResult[]): readonly MetricPoints[] {
  const points = Array.from({length: queries}, (): MetricPoints => new Map())
  for (const {Id = '', Messages = [], StatusCode, Timestamps = [], Values = []} of results) {
    if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') throw unreadable(StatusCode, Messages[0]?.Value)
    const its = points[Number(Id.slice(1))]
    Timestamps.forEach((time, at) => {
      const value = Values[at]
      if (value !== undefined) its?.set(time.getTime(), value)
    })
  }
  return points
}

function unreadable(code: string, message: string | undefined): BedrockctlError {
  return new BedrockctlError('SERVICE_ERROR', `CloudWatch gave no data for a metric (${code}).`, {
    fault: 'service',
    why: message,
    hint: 'Try again; --debug tells more.',
  })
}
