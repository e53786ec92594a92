import type {TokenKind} from '../../prices/price-list.js'

/** Whole days, UTC; `to` is the first day after them. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** What of a bill is looked at. */
export interface BillFilter {
  readonly services: readonly string[]
  readonly account: string
  /** Empty: every Region. */
  readonly regions: readonly string[]
  /** Keeps what was used: no credits, refunds, taxes. */
  readonly usageOnly: boolean
}

export type BillGroup =
  | {readonly kind: 'dimension'; readonly key: 'SERVICE' | 'USAGE_TYPE' | 'REGION' | 'RECORD_TYPE'}
  | {readonly kind: 'tag'; readonly key: string}

export interface BillQuery {
  readonly range: DayRange
  readonly granularity: 'DAILY' | 'MONTHLY'
  readonly filter: BillFilter
  /** Two at most. */
  readonly groupBy: readonly BillGroup[]
}

/** One group in one day or month. Numbers are texts, as they came. */
export interface BillRow {
  readonly from: string
  /** Values of the groups, in their order; of a tag: its value, empty where there is none. */
  readonly keys: readonly string[]
  readonly amount: string
  readonly currency: string
  readonly quantity: string
  readonly unit: string
}

export interface BillForecast {
  readonly amount: string
  readonly currency: string
  /** Bounds of the prediction interval. */
  readonly low: string
  readonly high: string
}

/** What Cost Explorer is asked. Every request, each page too, is charged. */
export interface BillSource {
  /** Names of services with Bedrock in them that were billed. */
  bedrockServices(range: DayRange, account: string, signal?: AbortSignal): Promise<readonly string[]>
  rows(query: BillQuery, signal?: AbortSignal): Promise<readonly BillRow[]>
  /** For all days of the range together; `level` in percent. null: there is too little history to go by. */
  forecast(range: DayRange, filter: BillFilter, level: number, signal?: AbortSignal): Promise<BillForecast | null>
  /** Keys activated for cost allocation. */
  activeTags(signal?: AbortSignal): Promise<readonly string[]>
  /** How many requests were answered so far. */
  requests(): number
}

/** Tokens of one kind that one called id took, day by day. */
export interface TokenSeries {
  readonly endpoint: 'runtime' | 'mantle'
  /** As called: an id or ARN; of mantle, the model's id. */
  readonly modelId: string
  /** The tier that served them; null: the sum over all tiers. */
  readonly tier: string | null
  readonly kind: TokenKind
  /** ISO day → tokens. */
  readonly days: ReadonlyMap<string, number>
}

/** What CloudWatch is asked, a Region at a time. */
export interface UsageSource {
  readTokens(region: string, range: DayRange, signal?: AbortSignal): Promise<readonly TokenSeries[]>
  /** Metrics asked of GetMetricData so far, which AWS bills one by one. */
  metricsAsked(): number
}
