/** Metrics of what was called, as CloudWatch has them. Both names of the metrics of caches are one kind. */
export type CallMetric = 'invocations' | 'throttles' | 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'copies'

/** One metric of one called id. */
export interface CallSeries {
  /** As called: an id, or the ARN of an inference profile or of a model of one's own. */
  readonly modelId: string
  readonly metric: CallMetric
  /** Start of the period in seconds since 1970 → its sum; of copies the most at once. */
  readonly points: ReadonlyMap<number, number>
}

export interface CallMetricQuery {
  readonly metrics: readonly CallMetric[]
  readonly isWanted: (modelId: string) => boolean
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** 60, 300 or 3600: minutes are kept for 15 days, five minutes for 63, hours for 455. */
  readonly periodSeconds: number
}

/** CloudWatch as capacity needs it. A metric that was never written has no series. */
export interface CallMetricSource {
  /** cloudwatch:ListMetrics, cloudwatch:GetMetricData. */
  readCalls(region: string, query: CallMetricQuery, signal?: AbortSignal): Promise<readonly CallSeries[]>
}
