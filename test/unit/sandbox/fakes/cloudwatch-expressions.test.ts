import type {MetricDataQuery} from '@aws-sdk/client-cloudwatch'
import {describe, expect, test} from 'vitest'
import type {Line} from '../../../../src/lib/sandbox/fakes/cloudwatch/math-values.js'
import {labelOf} from '../../../../src/lib/sandbox/fakes/cloudwatch/metric-label.js'
import {answerQueries} from '../../../../src/lib/sandbox/fakes/cloudwatch/metric-math.js'
import {periods} from '../../../../src/lib/sandbox/fakes/cloudwatch/periods.js'
import {finder} from '../../../../src/lib/sandbox/fakes/cloudwatch/search.js'

// A Saturday.
const NOON = Date.parse('2026-11-21T12:00:00Z')
const MINUTE_MS = 60_000
const at = (minute: number) => new Date(NOON + minute * MINUTE_MS)

const METRICS: Readonly<Record<string, readonly (number | undefined)[]>> = {
  a: [1, 2, 3, 4],
  b: [10, undefined, undefined, 40],
  c: [undefined, 7],
  none: [],
}

function evaluate(Expression: string, Period?: number): readonly Line[] {
  const queries: MetricDataQuery[] = [
    ...Object.keys(METRICS).map((Id) => ({
      Id,
      MetricStat: {Metric: {Namespace: 'n', MetricName: Id}, Period: 60, Stat: 'Sum'},
    })),
    {Id: 'e', Expression, Period},
  ]
  const answers = answerQueries(queries, {
    pointsOf: ({Metric = {}}) =>
      (METRICS[Metric.MetricName ?? ''] ?? []).flatMap((value, minute) =>
        value === undefined ? [] : [{at: at(minute), value}],
      ),
    momentsOf: (period) => Array.from({length: 240 / period}, (_, index) => at((index * period) / 60)),
    search: () => [],
  })
  return answers.at(-1) ?? []
}

const valuesOf = (lines: readonly Line[]) => lines.map(({points}) => points.map(({value}) => value))

describe('functions', () => {
  test.each([
    ['FILL(b, 0)', [[10, 0, 0, 40]]],
    ['FILL(b, REPEAT)', [[10, 10, 10, 40]]],
    ['FILL(b, LINEAR)', [[10, 20, 30, 40]]],
    ['FILL(c, REPEAT)', [[7, 7, 7]]],
    ['FILL(c, LINEAR)', [[7]]],
    ['FILL(b, a)', [[10, 2, 3, 40]]],
    ['SORT([a, b, c, none], AVG, DESC)', [[10, 40], [7], [1, 2, 3, 4], []]],
    ['SORT([a, b, c], SUM, ASC, 2)', [[7], [1, 2, 3, 4]]],
    ['SLICE(SORT([a, b, c], MAX, ASC), 1)', [[7], [10, 40]]],
    ['SLICE([a, b, c], 0, 1)', [[1, 2, 3, 4]]],
    ['FIRST([b, a])', [[10, 40]]],
    ['LAST([b, a])', [[1, 2, 3, 4]]],
    ['a * METRIC_COUNT([a, b])', [[2, 4, 6, 8]]],
    ['a / DATAPOINT_COUNT(a)', [[0.25, 0.5, 0.75, 1]]],
    ['DATAPOINT_COUNT([a, b])', [[2, 1, 1, 2]]],
    ['a - a + STDDEV(b)', [[15, 15, 15, 15]]],
    ['TIME_SERIES(5)', [[5, 5, 5, 5]]],
    ['TIME_SERIES(AVG(a))', [[2.5, 2.5, 2.5, 2.5]]],
    ['[HOUR(c), MINUTE(c), DAY(c), DATE(c), MONTH(c), YEAR(c)]', [[12], [1], [6], [21], [11], [2026]]],
    ['EPOCH(c) - c', [[NOON / 1000 + 60 - 7]]],
    ['IF(DAY(a) >= 6, a, 0)', [[1, 2, 3, 4]]],
  ])('%s', (expression, values) => {
    expect(valuesOf(evaluate(expression))).toEqual(values)
  })

  test('a series of a number has the period of its query', () => {
    expect(valuesOf(evaluate('TIME_SERIES(5)', 120))).toEqual([[5, 5]])
  })

  test.each([
    'SORT(a, AVG)',
    'SORT([a], MEDIAN, ASC)',
    'SLICE([a], REPEAT)',
    'TIME_SERIES(a)',
    'LAST(3)',
    'NOPE(a)',
    'SUM()',
  ])('%s is refused', (expression) => {
    expect(() => evaluate(expression)).toThrow('Error in expression')
  })
})

const DOLLAR = '$$'

describe('labels', () => {
  const points = [3, 9, 6].map((value, minute) => ({at: at(minute), value}))
  const metric = {namespace: 'AWS/Bedrock', name: 'Invocations', dimensions: {ModelId: 'm'}, stat: 'Sum'}
  const line: Line = {label: 'Invocations', period: 60, points, metric}
  const grounds = {account: '111122223333', region: 'us-east-1', timezone: '+0000'}

  /** What is in braces as CloudWatch has it. */
  const dynamic = (text: string | undefined) => text?.replaceAll('{', `${DOLLAR}{`)

  test.each([
    [undefined, 'Invocations'],
    ['calls', 'calls'],
    ["{PROP('Dim.ModelId')} {PROP('MetricName')} of {PROP('Region')}", 'm Invocations of us-east-1'],
    ['{LABEL}: {MIN} to {MAX}, {LAST} last', 'Invocations: 3 to 9, 6 last'],
    ['{AVG} {SUM} {DATAPOINT_COUNT} {FIRST}', '6 18 3 3'],
    ['{MAX_TIME}', '2026-11-21T12:01:00+0000'],
    ["{NOTHING} {PROP('Dim.Other')}", "{NOTHING} {PROP('Dim.Other')}"],
  ])('%s', (wanted, told) => {
    expect(labelOf(dynamic(wanted), line, grounds)).toBe(dynamic(told))
  })

  test('times are those of the zone that is asked for', () => {
    expect(labelOf(dynamic('{LAST_TIME}'), line, {...grounds, timezone: '+0130'})).toBe('2026-11-21T13:32:00+0130')
    expect(labelOf(dynamic('{LAST_TIME}'), line, {...grounds, timezone: '-0800'})).toBe('2026-11-21T04:02:00-0800')
  })

  test('nothing is told of no values', () => {
    expect(labelOf(dynamic('{MAX} {LAST_TIME}'), {...line, points: []}, grounds)).toBe('-- --')
  })
})

describe('searches', () => {
  const metric = (name: string, model: string) =>
    ({namespace: 'AWS/Bedrock', name, dimensions: {ModelId: model}, unit: 'Count', since: 0, until: 1}) as const
  const all = [
    metric('InputTokenCount', 'us.nova'),
    metric('OutputTokenCount', 'us.nova'),
    metric('Invocations', 'eu.nova'),
  ]

  test.each([
    ['', 3],
    ['{AWS/Bedrock,ModelId}', 3],
    ['{AWS/Bedrock,ModelId} MetricName="InputTokenCount" OR MetricName="OutputTokenCount"', 2],
    ['MetricName=("InputTokenCount" OR "Invocations")', 2],
    ['nova NOT us', 1],
    ['ModelId="us.nova" AND NOT (MetricName="InputTokenCount")', 1],
    ['(us OR eu) Invocations', 1],
    ['us Invocations OR eu', 1],
    ['NOT nova', 0],
  ])('%s finds %i', (text, count) => {
    expect(all.filter(finder(text))).toHaveLength(count)
  })

  test.each(['a OR', '(a', 'a)', 'NOT', '"a'])('%s cannot be understood', (text) => {
    expect(() => finder(text)).toThrow('cannot be understood')
  })
})

describe('periods', () => {
  const from = NOON - 10 * MINUTE_MS

  test.each([1, 5, 10, 20, 30, 60])('%i seconds: what is written by the minute has a value each minute', (seconds) => {
    expect(periods(from, NOON, seconds, NOON).map((span) => span.at)).toEqual(
      Array.from({length: 10}, (_, index) => at(index - 10)),
    )
  })

  test('of less than a minute there is nothing after three hours', () => {
    const spans = periods(NOON - 4 * 60 * MINUTE_MS, NOON, 10, NOON)

    expect(spans[0]?.at).toEqual(at(-180))
    expect(spans).toHaveLength(180)
  })

  test.each([2, 15, 45, 61, 90])('%i seconds are none', (seconds) => {
    expect(() => periods(from, NOON, seconds, NOON)).toThrow('must be 1, 5, 10, 20, 30 or a multiple of 60')
  })
})
