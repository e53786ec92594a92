import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import type {
  KnownMetric,
  MetricMinutes,
  TrafficMetric,
  TrafficSource,
} from '../../../../src/lib/monitor/board/traffic/ports.js'
import {DAY_REGIONS} from './troubles.js'

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
/** One id in four is called for so long, and then another one. */
const LIFE_MINUTES = 5 * HOUR_MINUTES
/** Beyond the two weeks that CloudWatch lists a metric, in a day: all that were called before. */
const FORMER_LIVES = 2
/** One id in so many is a profile of the account's own, new each time. */
const OWN = 10

const NAMES: Readonly<Record<TrafficMetric, string>> = {
  invocations: 'Invocations',
  clientErrors: 'InvocationClientErrors',
  serverErrors: 'InvocationServerErrors',
  throttles: 'InvocationThrottles',
  input: 'InputTokenCount',
  output: 'OutputTokenCount',
  cacheRead: 'CacheReadInputTokenCount',
  cacheWrite: 'CacheWriteInputTokenCount',
  quotaTokens: 'EstimatedTPMQuotaUsage',
  latency: 'InvocationLatency',
  ttft: 'TimeToFirstToken',
}
const METRICS = Object.keys(NAMES) as readonly TrafficMetric[]

interface Caller {
  readonly modelId: string
  readonly seed: number
  /** Minutes since 1970. */
  readonly from: number
  readonly to: number
}

/** CloudWatch of an account that calls so many ids, a quarter of them in each Region; ids come and go. */
export class CalledModels implements TrafficSource {
  readonly #now: () => number
  readonly #startMinute: number
  readonly #count: number
  readonly #ids: ReadonlyMap<string, readonly string[]>
  readonly #callers = new Map<string, ReadonlyMap<string, readonly Caller[]>>()

  constructor(catalog: Catalog, count: number, now: () => number) {
    this.#now = now
    this.#startMinute = Math.floor(now() / MINUTE_MS)
    this.#count = count
    this.#ids = new Map(DAY_REGIONS.map((region) => [region, idsOf(catalog, region)]))
  }

  async list(region: string): Promise<readonly KnownMetric[]> {
    const callers = this.#callersOf(region)
    this.#callers.set(region, callers)
    return [...callers.keys()].flatMap((modelId) => METRICS.map((metric) => toKnown(modelId, metric)))
  }

  async read(region: string, {from, metrics, to}: Parameters<TrafficSource['read']>[1]) {
    const callers = this.#callers.get(region) ?? new Map<string, readonly Caller[]>()
    const series = metrics.flatMap((known) => {
      const lives = callers.get(known.modelId) ?? []
      const statistics = known.metric === 'latency' || known.metric === 'ttft' ? (['p50', 'p99'] as const) : SUM
      return statistics.map(
        (statistic): MetricMinutes => ({known, statistic, points: this.#points({known, statistic}, lives, from, to)}),
      )
    })
    return {series, queries: series.length}
  }

  /** Who calls, and who called before. */
  #callersOf(region: string): ReadonlyMap<string, readonly Caller[]> {
    const ids = this.#ids.get(region) ?? []
    const perRegion = ids.length === 0 ? 0 : Math.ceil(this.#count / DAY_REGIONS.length)
    const now = Math.floor(this.#now() / MINUTE_MS)
    const callers = new Map<string, readonly Caller[]>()
    for (let slot = 0; slot < perRegion; slot += 1) {
      for (const caller of livesOf(slot, {region, ids, now, start: this.#startMinute})) {
        callers.set(caller.modelId, [...(callers.get(caller.modelId) ?? []), caller])
      }
    }
    return callers
  }

  #points({known, statistic}: Omit<MetricMinutes, 'points'>, lives: readonly Caller[], from: number, to: number) {
    const nowMs = this.#now()
    const points = new Map<number, number>()
    for (const caller of lives) {
      for (let minute = Math.max(from, caller.from); minute < Math.min(to, caller.to); minute += 1) {
        const grown = Math.min(1, (nowMs - minute * MINUTE_MS) / MINUTE_MS)
        const value = grown <= 0 ? undefined : sampleOf(known.metric, statistic, caller.seed, minute, grown)
        if (value !== undefined) points.set(minute, value)
      }
    }
    return points
  }
}

const SUM = ['sum'] as const

/** Ids that the Region can call: models and profiles. */
function idsOf({models}: Catalog, region: string): readonly string[] {
  return models.flatMap(({profiles}) => profiles.flatMap(({id, routes}) => (region in routes ? [id] : [])))
}

function livesOf(
  slot: number,
  {
    ids,
    now,
    region,
    start,
  }: {readonly region: string; readonly ids: readonly string[]; readonly now: number; readonly start: number},
): readonly Caller[] {
  const idOf = (life: number): string =>
    slot % OWN === OWN - 1
      ? `arn:aws:bedrock:${region}:111122223333:application-inference-profile/day${slot}life${life + FORMER_LIVES}`
      : (ids[(slot + life * 7 + 7 * FORMER_LIVES) % ids.length] ?? '')
  if (slot % 4 < 3) return [{modelId: idOf(0), seed: slot, from: 0, to: Number.POSITIVE_INFINITY}]
  // Not all change at once.
  const begun = start - ((slot * 17) % LIFE_MINUTES)
  const last = Math.floor((now - begun) / LIFE_MINUTES)
  return Array.from({length: last + FORMER_LIVES + 1}, (_, index) => {
    const life = index - FORMER_LIVES
    const from = begun + life * LIFE_MINUTES
    return {modelId: idOf(life), seed: slot + life, from, to: from + LIFE_MINUTES}
  })
}

function toKnown(modelId: string, metric: TrafficMetric): KnownMetric {
  const source = {namespace: 'AWS/Bedrock', name: NAMES[metric], dimensions: {ModelId: modelId}}
  return {endpoint: 'runtime', modelId, tier: null, metric, source}
}

/** Steady but for a wave, bursts with throttles, and the minute that goes on, which grows. */
function sampleOf(
  metric: TrafficMetric,
  statistic: MetricMinutes['statistic'],
  seed: number,
  minute: number,
  grown: number,
): number | undefined {
  const calls = Math.round((20 + (seed % 13) * 7 + 10 * Math.sin(minute / 9 + seed)) * grown)
  const burst = (minute + seed * 5) % 240 < 12
  switch (metric) {
    case 'invocations':
      return calls
    case 'clientErrors':
      return seed % 7 === 0 && minute % 5 === 0 ? 1 : undefined
    case 'serverErrors':
      return seed % 11 === 0 && burst ? Math.round(calls / 12) : undefined
    case 'throttles':
      return seed % 5 === 0 && burst ? Math.round(calls / 6) : undefined
    case 'latency':
    case 'ttft': {
      const usual = metric === 'latency' ? 900 + seed : 310
      return statistic === 'p50' ? usual : usual * 4 + (calls % 97)
    }
    default:
      return calls * TOKENS[metric]
  }
}

const TOKENS = {input: 2400, output: 310, cacheRead: 900, cacheWrite: 40, quotaTokens: 4000} as const
