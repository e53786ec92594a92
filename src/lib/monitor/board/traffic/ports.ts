/** What a metric of called models counts or measures; both names of the metrics of caches are one. */
export type TrafficMetric =
  | 'invocations'
  | 'clientErrors'
  | 'serverErrors'
  | 'throttles'
  | 'input'
  | 'output'
  | 'cacheRead'
  | 'cacheWrite'
  | 'quotaTokens'
  | 'latency'
  | 'ttft'

/** A metric that CloudWatch knows, and who was called. */
export interface KnownMetric {
  readonly endpoint: 'runtime' | 'mantle'
  /** As called: an id, or the ARN of a profile or of a model of one's own. */
  readonly modelId: string
  /** ResolvedServiceTier; null where all tiers are counted together. */
  readonly tier: string | null
  readonly metric: TrafficMetric
  readonly source: {
    readonly namespace: string
    readonly name: string
    readonly dimensions: Readonly<Record<string, string>>
  }
}

/** The minutes of one known metric: minutes since 1970 → value; a minute without a sample is not in it. */
export interface MetricMinutes {
  readonly known: KnownMetric
  /** Of latency and ttft there are two: their p50 and p99 within each minute. */
  readonly statistic: 'sum' | 'p50' | 'p99'
  readonly points: ReadonlyMap<number, number>
}

/** CloudWatch as the board needs it. What is thrown is an error of the AWS door; nothing is tried again here. */
export interface TrafficSource {
  /** cloudwatch:ListMetrics of both namespaces; metrics without data for two weeks are not in it. */
  list(region: string, signal?: AbortSignal): Promise<readonly KnownMetric[]>
  /** cloudwatch:GetMetricData of whole minutes from `from` on, up to `to`, which is not among them. */
  read(
    region: string,
    ask: {readonly metrics: readonly KnownMetric[]; readonly from: number; readonly to: number},
    signal?: AbortSignal,
  ): Promise<{
    readonly series: readonly MetricMinutes[]
    /** Queries that were sent, which AWS bills one by one. */
    readonly queries: number
  }>
}
