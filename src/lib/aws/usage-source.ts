import {
  CloudWatchClient,
  type Metric,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch'
import type {DayRange, TokenSeries, UsageSource} from '../cost/actual/ports.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

type Subject = Pick<TokenSeries, 'endpoint' | 'modelId' | 'tier' | 'kind'>

/** Namespace → metric → what it counts. AWS has written both names of the cache metrics. */
const METRICS: Readonly<Record<string, Readonly<Record<string, TokenSeries['kind']>>>> = {
  'AWS/Bedrock': {
    InputTokenCount: 'input',
    OutputTokenCount: 'output',
    CacheReadInputTokenCount: 'cacheRead',
    CacheReadInputTokens: 'cacheRead',
    CacheWriteInputTokenCount: 'cacheWrite',
    CacheWriteInputTokens: 'cacheWrite',
  },
  'AWS/BedrockMantle': {TotalInputTokens: 'input', TotalOutputTokens: 'output'},
}
/** Of one request; GetMetricData also gives 100,800 datapoints at most, and a query has one a day. */
const MOST_QUERIES = 500
const MOST_DATAPOINTS = 100_800
const DAY_SECONDS = 86_400

type Named = TokenSeries & {readonly name: string}

interface Listed {
  readonly metric: Metric
  readonly subject: Subject
}

export function createUsageSource(wire: Wire): UsageSource {
  return {
    async readTokens(region, range, signal) {
      const client = wire.client('cloudwatch', region, (config) => new CloudWatchClient(config))
      const list = (Namespace: string) =>
        wire.call('cloudwatch', {action: 'cloudwatch:ListMetrics', region}, signal, (abortSignal) =>
          collectPages(
            paginateListMetrics({client}, {Namespace}, {abortSignal}),
            (page) => page.Metrics,
            (page) => page.NextToken,
          ),
        )
      const metrics = (await Promise.all(Object.keys(METRICS).map(list))).flat()
      const listed = metrics.flatMap((metric) => {
        const subject = subjectOf(metric)
        return subject ? [{metric, subject}] : []
      })
      const read = (batch: readonly Listed[]) =>
        wire.call('cloudwatch', {action: 'cloudwatch:GetMetricData', region}, signal, (abortSignal) =>
          readBatch(client, batch, range, abortSignal),
        )
      return joinNames((await Promise.all(batches(listed, range).map(read))).flat())
    },
  }
}

/** Tokens by what was called, and by what was called and tier; other dimensions count the same tokens again. */
function subjectOf({Namespace = '', MetricName = '', Dimensions = []}: Metric): Subject | undefined {
  const kind = METRICS[Namespace]?.[MetricName]
  const dimensions = new Map(Dimensions.map(({Name = '', Value = ''}) => [Name, Value]))
  if (kind === undefined) return undefined
  if (Namespace === 'AWS/BedrockMantle') {
    const modelId = dimensions.get('Model')
    if (modelId === undefined || dimensions.size !== 1) return undefined
    return {endpoint: 'mantle', modelId, tier: null, kind}
  }
  const modelId = dimensions.get('ModelId')
  const tier = dimensions.get('ResolvedServiceTier') ?? null
  const isTiered = dimensions.size === 3 && tier !== null && dimensions.has('ServiceTier')
  if (modelId === undefined || !(dimensions.size === 1 || isTiered)) return undefined
  return {endpoint: 'runtime', modelId, tier, kind}
}

function batches(listed: readonly Listed[], {from, to}: DayRange): readonly (readonly Listed[])[] {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_SECONDS / 1000
  const size = Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_DATAPOINTS / days)))
  return Array.from({length: Math.ceil(listed.length / size)}, (_, at) => listed.slice(at * size, (at + 1) * size))
}

async function readBatch(
  client: CloudWatchClient,
  batch: readonly Listed[],
  {from, to}: DayRange,
  abortSignal: AbortSignal,
): Promise<readonly Named[]> {
  const MetricDataQueries = batch.map(
    ({metric}, index): MetricDataQuery => ({
      Id: `q${index}`,
      MetricStat: {Metric: metric, Period: DAY_SECONDS, Stat: 'Sum'},
    }),
  )
  const StartTime = new Date(from)
  const EndTime = new Date(to)
  const results = await collectPages(
    paginateGetMetricData({client}, {MetricDataQueries, StartTime, EndTime}, {abortSignal}),
    (page) => page.MetricDataResults,
    (page) => page.NextToken,
  )
  const days = batch.map(() => new Map<string, number>())
  for (const {Id = '', Timestamps = [], Values = []} of results) {
    const its = days[Number(Id.slice(1))]
    Timestamps.forEach((time, at) => {
      its?.set(time.toISOString().slice(0, 10), Values[at] ?? 0)
    })
  }
  return batch.map(({metric, subject}, index) => ({
    ...subject,
    name: metric.MetricName ?? '',
    days: days[index] ?? new Map(),
  }))
}

/** AWS may write a metric under both of its names: they stand for the same tokens, so the greater counts. */
function joinNames(series: readonly Named[]): readonly TokenSeries[] {
  // Several tiers that were asked for may have led to one that served.
  const served = joinAlike(
    series,
    (one, other) => one + other,
    ({name}) => name,
  )
  return joinAlike(served, Math.max, () => '').map(({name: _, ...rest}) => rest)
}

function joinAlike(
  series: readonly Named[],
  combine: (one: number, other: number) => number,
  apart: (one: Named) => string,
): readonly Named[] {
  const joined = new Map<string, Named>()
  for (const one of series) {
    const key = JSON.stringify([one.endpoint, one.modelId, one.tier, one.kind, apart(one)])
    const known = joined.get(key)
    if (!known) {
      joined.set(key, one)
      continue
    }
    const days = new Map(known.days)
    for (const [day, tokens] of one.days) days.set(day, combine(days.get(day) ?? 0, tokens))
    joined.set(key, {...known, days})
  }
  return [...joined.values()]
}
