import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch'
import type {MetricSubject} from '../../account/ports/readers.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import type {Asking} from './asking.js'
import {readSeries, type Series, type SeriesRequest} from './metric-series.js'

type Usage = ReadValues['cloudwatch:bedrock-usage']
type ModelUsage = Usage['models'][number]

const DAY_MS = 86_400_000
const DAYS = 30
/** Burn-down factors of output tokens that AWS documents for the models of today. */
const OUTPUT_FACTORS = [1, 5, 10, 15]

const COUNTS = {
  invocations: ['Invocations'],
  throttles: ['InvocationThrottles'],
  clientErrors: ['InvocationClientErrors'],
  serverErrors: ['InvocationServerErrors'],
  inputTokens: ['InputTokenCount'],
  outputTokens: ['OutputTokenCount'],
  // AWS has written both names.
  cacheReadTokens: ['CacheReadInputTokenCount', 'CacheReadInputTokens'],
  cacheWriteTokens: ['CacheWriteInputTokenCount', 'CacheWriteInputTokens'],
  legacyInvocations: ['LegacyModelInvocations'],
} as const
type Count = keyof typeof COUNTS

/** Peaks are of these; requests are those that were served and those that were throttled. */
const PEAKS = {
  requests: ['Invocations', 'InvocationThrottles'],
  input: ['InputTokenCount'],
  cacheWrite: COUNTS.cacheWriteTokens,
  output: ['OutputTokenCount'],
  estimated: ['EstimatedTPMQuotaUsage'],
} as const

/** What was used in 30 days, and the busiest minute of the last of them. */
export async function readUsage(
  metrics: readonly MetricSubject[],
  cloudwatch: Asking<CloudWatchClient>,
  now: Date,
): Promise<Usage> {
  // Whole minutes, as CloudWatch aligns periods; a day's worth of minutes, 30 days' worth of days.
  const to = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const from = new Date(to.getTime() - DAYS * DAY_MS)
  const peakFrom = new Date(to.getTime() - DAY_MS)
  const byModel = groupBy(
    metrics.filter((metric) => metric.namespace === 'AWS/Bedrock' && hasOnly(metric, 'ModelId')),
    ({dimensions}) => dimensions['ModelId'] ?? '',
  )
  const others = metrics.filter(
    (metric) =>
      (metric.namespace === 'AWS/BedrockMantle' && (hasOnly(metric) || hasOnly(metric, 'Model'))) ||
      (metric.namespace === 'AWS/Bedrock/Guardrails' && hasOnly(metric, 'GuardrailArn', 'GuardrailVersion')),
  )
  const ofModels = [...byModel.values()].flat()
  const peakNames = new Set<string>(Object.values(PEAKS).flat())
  const [days, minutes] = await Promise.all([
    readSeries([...ofModels, ...others].map(sumOf), {from, to, periodSeconds: 86_400}, cloudwatch),
    readSeries(
      ofModels.filter(({name}) => peakNames.has(name)).map(sumOf),
      {from: peakFrom, to, periodSeconds: 60},
      cloudwatch,
    ),
  ])
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    peakFrom: peakFrom.toISOString(),
    models: [...byModel].map(([modelId, its]) => toModelUsage(modelId, its, days, minutes)),
    mantle: toMantle(others, days),
    guardrails: toGuardrails(others, days),
  }
}

const sumOf = (metric: MetricSubject): SeriesRequest => ({metric, statistic: 'Sum'})

function hasOnly({dimensions}: MetricSubject, ...names: readonly string[]): boolean {
  const keys = Object.keys(dimensions)
  return keys.length === names.length && names.every((name) => keys.includes(name))
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

type Found = ReadonlyMap<MetricSubject, Series>

/** The series of one name among the metrics of a model; the first name that has datapoints. */
function seriesOf(names: readonly string[], metrics: readonly MetricSubject[], found: Found): Series | undefined {
  return names
    .flatMap((name) => metrics.filter((metric) => metric.name === name))
    .map((metric) => found.get(metric))
    .find((series) => series !== undefined && series.size > 0)
}

function total(series: Series | undefined): number | null {
  return series === undefined ? null : [...series.values()].reduce((sum, value) => sum + value, 0)
}

function toModelUsage(modelId: string, metrics: readonly MetricSubject[], days: Found, minutes: Found): ModelUsage {
  const entries = Object.entries(COUNTS).map(([key, names]) => [key, total(seriesOf(names, metrics, days))])
  const active = [...(seriesOf(COUNTS.invocations, metrics, days) ?? [])].filter(([, value]) => value > 0)
  const lastDay = active.reduce((latest, [time]) => Math.max(latest, time), 0)
  return {
    modelId,
    ...(Object.fromEntries(entries) as Record<Count, number | null>),
    lastActiveOn: lastDay === 0 ? null : new Date(lastDay).toISOString().slice(0, 10),
    peak: toPeak(metrics, minutes),
  }
}

function toPeak(metrics: readonly MetricSubject[], minutes: Found): ModelUsage['peak'] {
  const of = (names: readonly string[]) => seriesOf(names, metrics, minutes) ?? new Map<number, number>()
  const [served, throttled] = PEAKS.requests
  const [input, cacheWrite, output] = [of(PEAKS.input), of(PEAKS.cacheWrite), of(PEAKS.output)]
  const tokens = OUTPUT_FACTORS.flatMap((outputFactor) => {
    const weighted = new Map([...output].map(([time, value]) => [time, value * outputFactor]))
    const most = highest([input, cacheWrite, weighted])
    return most === null ? [] : [{outputFactor, tokens: most}]
  })
  return {
    requestsPerMinute: highest([of([served]), of([throttled])]),
    tokensPerMinute: tokens,
    inputTokensPerMinute: highest([input]),
    outputTokensPerMinute: highest([output]),
    estimatedTokensPerMinute: highest([of(PEAKS.estimated)]),
  }
}

/** The highest of the sums at each moment; null without any datapoint. */
function highest(series: readonly Series[]): number | null {
  const sums = new Map<number, number>()
  for (const one of series) for (const [time, value] of one) sums.set(time, (sums.get(time) ?? 0) + value)
  return sums.size === 0 ? null : [...sums.values()].reduce((most, value) => Math.max(most, value), 0)
}

function toMantle(metrics: readonly MetricSubject[], days: Found): Usage['mantle'] {
  const own = metrics.filter(({namespace}) => namespace === 'AWS/BedrockMantle')
  return [...groupBy(own, ({dimensions}) => dimensions['Model'] ?? '')].map(([model, its]) => ({
    model: model === '' ? null : model,
    inferences: total(seriesOf(['Inferences'], its, days)),
    clientErrors: total(seriesOf(['InferenceClientErrors'], its, days)),
    inputTokens: total(seriesOf(['TotalInputTokens'], its, days)),
    outputTokens: total(seriesOf(['TotalOutputTokens'], its, days)),
  }))
}

function toGuardrails(metrics: readonly MetricSubject[], days: Found): Usage['guardrails'] {
  const own = metrics.filter(({namespace}) => namespace === 'AWS/Bedrock/Guardrails')
  return [...groupBy(own, ({dimensions}) => `${dimensions['GuardrailArn']} ${dimensions['GuardrailVersion']}`)].map(
    ([, its]) => ({
      arn: its[0]?.dimensions['GuardrailArn'] ?? '',
      version: its[0]?.dimensions['GuardrailVersion'] ?? null,
      invocations: total(seriesOf(['Invocations'], its, days)),
      interventions: total(seriesOf(['InvocationsIntervened'], its, days)),
    }),
  )
}
