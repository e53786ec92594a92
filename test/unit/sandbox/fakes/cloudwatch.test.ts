import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Series, sampled} from '../../../../src/lib/sandbox/fakes/cloudwatch/series.js'
import cloudwatch from '../../../../src/lib/sandbox/fakes/cloudwatch.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const HOUR_MS = 3_600_000
const MODEL = 'eu.amazon.nova-test-v1:0'
const IMPORTED = 'arn:aws:bedrock:us-east-1:111122223333:imported-model/abcdefghijkl'

const {context} = aWorld({
  regions: {
    'us-east-1': {
      usage: [
        {model: MODEL, perHour: 1000, inputTokens: 500, outputTokens: 100, throttled: 0.1, streaming: true},
        {model: 'gone', perHour: 10, inputTokens: 5, outputTokens: 1, until: '-20d'},
        {model: IMPORTED, perHour: 12, inputTokens: 5, outputTokens: 1, copies: 2, until: '-1d'},
        {model: 'mantle-model', perHour: 10, inputTokens: 5, outputTokens: 1, mantle: true},
      ],
      guardrailUsage: [{guardrail: 'gr4il', version: '1', perHour: 10, intervened: 0.5}],
      alarms: [
        {name: 'throttles', namespace: 'AWS/Bedrock', metric: 'InvocationThrottles', threshold: 5, createdOn: '-9d'},
        {
          name: 'errors',
          namespace: 'AWS/Bedrock',
          metric: 'InvocationServerErrors',
          threshold: 5,
          createdOn: '-9d',
          state: 'ALARM',
        },
      ],
    },
  },
})
const here = context()
const query = (MetricName: string, Stat = 'Sum', Period = 3600, Id = 'q') => ({
  Id,
  MetricStat: {
    Metric: {Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{Name: 'ModelId', Value: MODEL}]},
    Period,
    Stat,
  },
})
const day = {StartTime: new Date('2026-11-20T00:00:00Z'), EndTime: new Date('2026-11-21T00:00:00Z')}

async function sum(name: string, stat = 'Sum', period = 3600): Promise<number> {
  const input = {...day, MetricDataQueries: [query(name, stat, period)]}
  const {MetricDataResults: [result] = []} = await ask(cloudwatch, 'GetMetricData', input, here)
  return (result?.Values ?? []).reduce((total, value) => total + value, 0)
}

describe('ListMetrics', () => {
  test('has the metrics of what was used in the last two weeks, by namespace and dimension', async () => {
    const models = async (input: object) =>
      (await ask(cloudwatch, 'ListMetrics', input, here)).Metrics?.map(({MetricName}) => MetricName)

    expect(await models({Namespace: 'AWS/Bedrock', Dimensions: [{Name: 'ModelId', Value: MODEL}]})).toEqual([
      'Invocations',
      'InvocationThrottles',
      'InputTokenCount',
      'OutputTokenCount',
      'InvocationLatency',
      'TimeToFirstToken',
    ])
    expect(await models({Dimensions: [{Name: 'ModelId', Value: 'gone'}]})).toEqual([])
    expect(await models({Namespace: 'AWS/BedrockMantle', MetricName: 'Inferences'})).toEqual(['Inferences'])
    expect(await models({Dimensions: [{Name: 'GuardrailArn'}], MetricName: 'InvocationsIntervened'})).toHaveLength(1)
  })
})

describe('GetMetricData', () => {
  test.each([0, -1, 100_801])('is refused with %i datapoints a page', async (MaxDatapoints) => {
    const asked = ask(
      cloudwatch,
      'GetMetricData',
      {...day, MetricDataQueries: [query('Invocations')], MaxDatapoints},
      here,
    )

    await expect(asked).rejects.toThrow('The parameter MaxDatapoints must be between 1 and 100800.')
  })

  test('gives the same numbers every time, in whichever period they are asked for', async () => {
    const invocations = await sum('Invocations')

    expect(invocations).toBeGreaterThan(10_000)
    expect(await sum('Invocations')).toBe(invocations)
    expect(await sum('Invocations', 'Sum', 60)).toBe(invocations)
    expect(await sum('Invocations', 'Sum', 86_400)).toBe(invocations)
    expect(await sum('InputTokenCount', 'SampleCount')).toBe(invocations)
  })

  test('shares and tokens are those of the usage', async () => {
    const [served, throttled, tokens] = await Promise.all(
      ['Invocations', 'InvocationThrottles', 'InputTokenCount'].map((name) => sum(name)),
    )

    expect((throttled ?? 0) / ((throttled ?? 0) + (served ?? 1))).toBeCloseTo(0.1, 2)
    expect((tokens ?? 0) / (served ?? 1)).toBeGreaterThan(470)
    expect((tokens ?? 0) / (served ?? 1)).toBeLessThan(530)
  })

  test('a metric that nobody wrote has no values', async () => {
    expect(await sum('InvocationServerErrors')).toBe(0)
  })

  test('newest first unless asked otherwise; pages hold whole results', async () => {
    const MetricDataQueries = [query('Invocations', 'Sum', 3600, 'a'), query('InputTokenCount', 'Sum', 3600, 'b')]
    const page = await ask(cloudwatch, 'GetMetricData', {...day, MetricDataQueries, MaxDatapoints: 24}, here)
    const next = {...day, MetricDataQueries, MaxDatapoints: 24, NextToken: page.NextToken}
    const rest = await ask(cloudwatch, 'GetMetricData', next, here)

    expect(page.MetricDataResults?.map(({Id, Values}) => [Id, Values?.length])).toEqual([['a', 24]])
    expect(rest.MetricDataResults?.map(({Id, Values}) => [Id, Values?.length])).toEqual([['b', 24]])
    expect(rest.NextToken).toBeUndefined()
    expect(page.MetricDataResults?.[0]?.Timestamps?.[0]).toEqual(new Date('2026-11-20T23:00:00Z'))
  })

  test('what CloudWatch refuses is refused', async () => {
    const reversed = {StartTime: day.EndTime, EndTime: day.StartTime, MetricDataQueries: [query('Invocations')]}
    const odd = {...day, MetricDataQueries: [query('Invocations', 'Sum', 90)]}
    const expression = {...day, MetricDataQueries: [{Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(METRICS())'}]}

    await expect(ask(cloudwatch, 'GetMetricData', reversed, here)).rejects.toMatchObject({name: 'ValidationError'})
    await expect(ask(cloudwatch, 'GetMetricData', odd, here)).rejects.toMatchObject({name: 'ValidationError'})
    await expect(ask(cloudwatch, 'GetMetricData', expression, here)).rejects.toMatchObject({status: 501})
  })
})

test('any cut of a time leaves the sum as it is', () => {
  const series: Series = {
    namespace: 'n',
    name: 'm',
    dimensions: {},
    unit: 'Count',
    rhythm: 'r',
    samplesPerHour: 777,
    perSample: 1,
    exact: true,
    since: 0,
    until: Number.POSITIVE_INFINITY,
  }
  const minutes = fc.integer({min: 0, max: 3 * 24 * 60})
  const count = (from: number, to: number) => sampled(series, from * 60_000, to * 60_000)?.count ?? 0

  fc.assert(
    fc.property(fc.tuple(minutes, minutes, minutes), (cuts) => {
      const [from = 0, middle = 0, to = 0] = [...cuts].sort((a, b) => a - b)
      expect(count(from, middle) + count(middle, to)).toBe(count(from, to))
    }),
  )
  expect(sampled(series, 0, HOUR_MS)?.maximum).toBe(1)
})

test('alarms are found by name, prefix and state', async () => {
  const names = async (input: object) =>
    (await ask(cloudwatch, 'DescribeAlarms', input, here)).MetricAlarms?.map(({AlarmName}) => AlarmName)

  expect(await names({})).toEqual(['throttles', 'errors'])
  expect(await names({StateValue: 'ALARM'})).toEqual(['errors'])
  expect(await names({AlarmNamePrefix: 'thr'})).toEqual(['throttles'])
  expect(await names({AlarmTypes: ['CompositeAlarm']})).toEqual([])
})

test('periods begin where the question does: nothing from before it or after it is counted', async () => {
  const [from, to] = [Date.parse('2026-11-18T10:37:20Z'), Date.parse('2026-11-20T10:37:00Z')]
  const asked = {StartTime: new Date(from), EndTime: new Date(to)}
  const values = async (Period: number) => {
    const MetricDataQueries = [query('InputTokenCount', 'Sum', Period)]
    const answer = await ask(cloudwatch, 'GetMetricData', {...asked, MetricDataQueries}, here)
    return answer.MetricDataResults?.[0]
  }
  const [days, minutes] = await Promise.all([values(86_400), values(60)])
  const total = (result: typeof days) => (result?.Values ?? []).reduce((sum, value) => sum + value, 0)

  expect(days?.Timestamps?.map((time) => time.toISOString())).toEqual([
    '2026-11-19T10:37:00.000Z',
    '2026-11-18T10:37:00.000Z',
  ])
  expect(total(days)).toBe(total(minutes))
})

test.each([
  [420, 0],
  [300, 288],
  [3600, 24],
])('of forty days ago there are data in multiples of five minutes only: %s s', async (period, count) => {
  const asked = {StartTime: new Date('2026-10-12T00:00:00Z'), EndTime: new Date('2026-10-13T00:00:00Z')}
  const MetricDataQueries = [query('Invocations', 'Sum', period)]
  const answer = await ask(cloudwatch, 'GetMetricData', {...asked, MetricDataQueries}, here)

  expect(answer.MetricDataResults?.[0]?.Values).toHaveLength(count)
})

const both = {MetricStat: query('Invocations').MetricStat, Expression: 'SUM(a)'}

test.each([
  ['one id twice', [query('Invocations'), query('OutputTokenCount')], /not unique/],
  ['an id that begins with a capital', [query('Invocations', 'Sum', 60, 'Q')], /not matching pattern/],
  ['a metric and an expression at once', [{Id: 'a', ...both}], /either MetricStat or Expression/],
  ['neither of them', [{Id: 'a'}], /either MetricStat or Expression/],
])('a query with %s is refused', async (_, MetricDataQueries, message) => {
  const asked = ask(cloudwatch, 'GetMetricData', {...day, MetricDataQueries}, here)

  await expect(asked).rejects.toMatchObject({name: 'ValidationError', message: expect.stringMatching(message)})
})

describe('GetMetricStatistics', () => {
  const Dimensions = [{Name: 'ModelId', Value: MODEL}]
  const asked = {...day, Namespace: 'AWS/Bedrock', MetricName: 'InvocationLatency', Dimensions, Period: 86_400}

  test('percentiles are extended statistics', async () => {
    const answer = await ask(cloudwatch, 'GetMetricStatistics', {...asked, ExtendedStatistics: ['p50', 'p99']}, here)

    expect(Object.keys(answer.Datapoints?.[0]?.ExtendedStatistics ?? {})).toEqual(['p50', 'p99'])
  })

  test('in a unit that the metric does not have there are none', async () => {
    const inUnit = async (Unit: 'Count' | 'Milliseconds') =>
      (await ask(cloudwatch, 'GetMetricStatistics', {...asked, Statistics: ['Average'], Unit}, here)).Datapoints

    expect(await inUnit('Milliseconds')).toHaveLength(1)
    expect(await inUnit('Count')).toEqual([])
  })

  test.each([
    ['no statistic', {}],
    ['both kinds of statistics', {Statistics: ['Sum' as const], ExtendedStatistics: ['p50']}],
    ['no time', {Statistics: ['Sum' as const], EndTime: day.StartTime}],
  ])('a question for %s is refused', async (_, more) => {
    const refused = ask(cloudwatch, 'GetMetricStatistics', {...asked, ...more}, here)

    await expect(refused).rejects.toMatchObject({name: 'InvalidParameterCombinationException'})
  })
})

test('statistics of more than 1440 periods are refused', async () => {
  const input = {
    Namespace: 'AWS/Bedrock',
    MetricName: 'Invocations',
    Dimensions: [{Name: 'ModelId', Value: MODEL}],
    StartTime: new Date('2026-11-18T00:00:00Z'),
    EndTime: new Date('2026-11-21T00:00:00Z'),
    Statistics: ['Sum' as const],
  }

  const hourly = await ask(cloudwatch, 'GetMetricStatistics', {...input, Period: 3600}, here)
  expect(hourly.Datapoints).toHaveLength(72)
  await expect(ask(cloudwatch, 'GetMetricStatistics', {...input, Period: 60}, here)).rejects.toMatchObject({
    name: 'InvalidParameterCombinationException',
  })
})

test('an imported model tells its copies while it is in use, and no longer', async () => {
  const copies = async (from: number, to: number) => {
    const answer = (await ask(
      cloudwatch,
      'GetMetricStatistics',
      {
        Namespace: 'AWS/Bedrock',
        MetricName: 'ModelCopy',
        Dimensions: [{Name: 'ModelId', Value: IMPORTED}],
        StartTime: new Date(here.now() - from * HOUR_MS),
        EndTime: new Date(here.now() - to * HOUR_MS),
        Period: 3600,
        Statistics: ['Maximum', 'Average'],
      },
      here,
    )) as {readonly Datapoints: readonly {readonly Maximum: number; readonly Average: number}[]}
    return answer.Datapoints.map(({Average, Maximum}) => [Average, Maximum])
  }

  expect(new Set((await copies(48, 26)).flat())).toEqual(new Set([2]))
  expect(await copies(20, 0)).toEqual([])
})

test.each([
  ['the metric', {MetricName: 'InvocationThrottles'}, ['throttles']],
  ['its period and statistic', {MetricName: 'InvocationThrottles', Period: 300, Statistic: 'Sum'}, ['throttles']],
  ['another period', {MetricName: 'InvocationThrottles', Period: 60}, []],
  ['other dimensions', {MetricName: 'InvocationThrottles', Dimensions: [{Name: 'ModelId', Value: MODEL}]}, []],
] as const)('alarms of a metric are those of %s', async (_, asked, names) => {
  const input = {Namespace: 'AWS/Bedrock', ...asked, Dimensions: [...('Dimensions' in asked ? asked.Dimensions : [])]}
  const {MetricAlarms = []} = await ask(cloudwatch, 'DescribeAlarmsForMetric', input, here)

  expect(MetricAlarms.map(({AlarmName}) => AlarmName)).toEqual(names)
})
