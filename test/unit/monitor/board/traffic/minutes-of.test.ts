import {expect, test} from 'vitest'
import {minutesOf} from '../../../../../src/lib/monitor/board/traffic/minutes-of.js'
import type {KnownMetric, MetricMinutes} from '../../../../../src/lib/monitor/board/traffic/ports.js'
import {knownMetric, minuteWith, SONNET} from '../../../../support/traffic-row.js'

const AT = 1000
type Statistic = MetricMinutes['statistic']

const told = (known: KnownMetric, value: number, statistic: Statistic = 'sum'): MetricMinutes => ({
  known,
  statistic,
  points: new Map([[AT, value]]),
})
const named = (metric: KnownMetric['metric'], name: string, dimensions: Record<string, string> = {}) =>
  knownMetric(metric, {source: {namespace: 'AWS/Bedrock', name, dimensions}})
const tiered = (metric: KnownMetric['metric'], asked: string) =>
  knownMetric(metric, {
    tier: 'default',
    source: {namespace: 'AWS/Bedrock', name: metric, dimensions: {ServiceTier: asked, ResolvedServiceTier: 'default'}},
  })
const read = (series: readonly MetricMinutes[], listed = series.map(({known}) => known)) =>
  minutesOf(series, listed)[0]?.minutes

test('both names of a metric of caches stand for the same tokens: the greater counts', () => {
  const series = [
    told(knownMetric('invocations'), 2),
    told(named('cacheRead', 'CacheReadInputTokenCount'), 900),
    told(named('cacheRead', 'CacheReadInputTokens'), 880),
  ]

  expect(read(series)).toEqual([minuteWith(AT, {invocations: 2, cacheRead: 900})])
})

test('several tiers that were asked for and served by one add up; their percentiles do not', () => {
  const series = [
    ...['default', 'priority'].flatMap((asked) => [
      told(tiered('invocations', asked), 3),
      told(tiered('latency', asked), 500, 'p50'),
      told(tiered('latency', asked), 900, 'p99'),
    ]),
    told(tiered('ttft', 'default'), 80, 'p50'),
  ]

  expect(minutesOf(series, [])).toEqual([
    {endpoint: 'runtime', modelId: SONNET, tier: 'default', minutes: [minuteWith(AT, {invocations: 6, ttftP50: 80})]},
  ])
})

test('a count that never was is none; one that was not asked now is not known', () => {
  const calls = knownMetric('invocations')
  const minutes = read([told(calls, 2)], [calls, knownMetric('throttles')])

  expect(minutes).toEqual([minuteWith(AT, {invocations: 2, throttles: null})])
})

test('mantle has no metric of throttles, caches and latency: none of it is known', () => {
  const mantle = {endpoint: 'mantle', modelId: 'openai.gpt-5.5'} as const
  const series = [told(knownMetric('invocations', mantle), 2), told(knownMetric('input', mantle), 10)]

  expect(read(series)).toEqual([
    minuteWith(AT, {
      ...{invocations: 2, input: 10},
      ...{throttles: null, serverErrors: null, cacheRead: null, cacheWrite: null},
    }),
  ])
})

test('what has no point has no minutes', () => {
  expect(minutesOf([{known: knownMetric('invocations'), statistic: 'sum', points: new Map()}], [])).toEqual([])
})
