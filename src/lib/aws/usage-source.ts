import type {Metric} from '@aws-sdk/client-cloudwatch'
import type {TokenSeries, UsageSource} from '../cost/actual/ports.js'
import {listMetrics, type MetricPoints, readMetrics, subjectOf, TOKEN_METRICS} from './metric-data.js'
import type {Wire} from './wire.js'

const DAY_SECONDS = 86_400

type Subject = Pick<TokenSeries, 'endpoint' | 'modelId' | 'tier' | 'kind'>
type Named = TokenSeries & {readonly name: string}

export function createUsageSource(wire: Wire): UsageSource {
  let asked = 0
  return {
    metricsAsked: () => asked,
    async readTokens(region, range, signal) {
      const namespaces = Object.keys(TOKEN_METRICS)
      const metrics = await Promise.all(namespaces.map((namespace) => listMetrics(wire, region, namespace, signal)))
      const listed = metrics.flat().flatMap((metric) => {
        const subject = tokensOf(metric)
        return subject ? [{metric, subject, statistic: 'Sum'}] : []
      })
      const days = {from: Date.parse(range.from), to: Date.parse(range.to), periodSeconds: DAY_SECONDS}
      const read = await readMetrics(wire, region, listed, days, signal)
      asked += listed.length
      return joinNames(
        listed.map(({metric, subject}, index) => ({
          ...subject,
          name: metric.MetricName ?? '',
          days: byDay(read[index]),
        })),
      )
    },
  }
}

/** Tokens by what was called, and by what was called and tier. */
function tokensOf(metric: Metric): Subject | undefined {
  const {MetricName = '', Namespace = ''} = metric
  const names: Readonly<Record<string, Readonly<Record<string, TokenSeries['kind']>>>> = TOKEN_METRICS
  const kind = names[Namespace]?.[MetricName]
  const subject = subjectOf(metric)
  return kind && subject && {...subject, kind}
}

function byDay(points: MetricPoints = new Map()): ReadonlyMap<string, number> {
  return new Map([...points].map(([time, value]) => [new Date(time).toISOString().slice(0, 10), value]))
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
