import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {metricTraffic} from '../../../../src/lib/capacity/traffic/metric-traffic.js'
import type {CallMetric, CallMetricSource} from '../../../../src/lib/capacity/traffic/ports.js'
import {rateProblems, rateTraffic} from '../../../../src/lib/capacity/traffic/rate.js'
import {scaleTraffic, sumTraffic} from '../../../../src/lib/capacity/traffic/traffic.js'
import {minuteOf, threeLevels} from '../../../support/capacity-case.js'

const SIZE = {input: 1000, output: 200, cacheRead: 0, maxTokens: 400}

describe('a rate', () => {
  test('is levels one after the other', () => {
    expect(rateTraffic('10/min:30m,60/min:20m,150/min:10m', SIZE).minutes).toEqual(threeLevels())
  })

  test.each([
    ['60/min', 60, 3600],
    ['2/s:1m', 1, 120],
    ['90/hour:2h', 120, 180],
    ['1.5k/min:2m', 2, 3000],
    ['0/min:5m,1/min:1m', 6, 1],
  ])('%s is %i minutes with %i requests', (text, minutes, requests) => {
    const traffic = rateTraffic(text, SIZE)

    expect(traffic.minutes).toHaveLength(minutes)
    expect(sumTraffic(traffic.minutes)).toMatchObject({requests, input: 1000 * requests})
  })

  test('of less than one a minute comes as whole requests in turn', () => {
    const counts = rateTraffic('90/hour:4m', SIZE).minutes.map(({requests}) => requests)

    expect(counts).toEqual([1, 2, 1, 2])
  })

  test('tells everything that is wrong with it at once', () => {
    expect(rateProblems('10/min:30m,abc,5/min:xx,7/week')).toEqual([
      '"abc" is no level',
      '"xx" is no time of whole minutes',
      '"7/week" is no level',
    ])
    expect(rateProblems('10/min:30m, 60/min:20m')).toEqual([])
    expect(rateProblems('0/min')).toEqual(['no request is in it'])
  })

  test.each([
    '',
    '10',
    '0/min',
    '0.1/min:5m',
    '10/min:0m',
    '10/min:90s',
    '10/week',
    '-1/min',
    '1/min,',
    '1/min:500d',
    '9999999999/s:1m',
  ])('%j is refused', (text) => {
    expect(() => rateTraffic(text, SIZE)).toThrow(expect.objectContaining({code: 'RATE_INVALID', exitCode: 2}))
  })
})

describe('more or fewer requests', () => {
  test('are as many in all as the factor says, of their own size, and none where there was none', () => {
    const counts = fc.array(fc.integer({min: 0, max: 500}), {maxLength: 40})
    fc.assert(
      fc.property(counts, fc.double({min: 0, max: 3, noNaN: true}), (requests, factor) => {
        const minutes = requests.map((count) => minuteOf(count))
        const scaled = scaleTraffic(minutes, factor)
        const sum = sumTraffic(scaled)

        expect(Math.abs(sum.requests - sumTraffic(minutes).requests * factor)).toBeLessThanOrEqual(0.51)
        expect(sum.input).toBeCloseTo(1000 * sum.requests, 3)
        expect(scaled.filter(({requests: count}, index) => count > 0 && requests[index] === 0)).toEqual([])
      }),
    )
  })

  test('of one a minute leave some minutes without any', () => {
    const minutes = Array.from({length: 10}, () => minuteOf(1))

    expect(sumTraffic(scaleTraffic(minutes, 0.8)).requests).toBe(8)
    expect(scaleTraffic(threeLevels(), 1.2).map(({requests}) => requests)).toEqual(
      threeLevels([12, 72, 180]).map(({requests}) => requests),
    )
  })
})

describe('metrics', () => {
  const START = Date.parse('2026-11-20T10:00:00Z')

  /** Points by minute from the start. */
  function source(points: Readonly<Partial<Record<CallMetric, readonly number[]>>>): CallMetricSource {
    return {
      readCalls: (_region, query) =>
        Promise.resolve(
          Object.entries(points).flatMap(([metric, values]) =>
            ['m', 'other'].filter(query.isWanted).map((modelId) => ({
              modelId,
              metric: metric as CallMetric,
              points: new Map(
                values.flatMap((value, index): [number, number][] =>
                  value === 0 ? [] : [[query.from / 1000 + index * query.periodSeconds, value]],
                ),
              ),
            })),
          ),
        ),
    }
  }

  const question = {region: 'us-east-1', isWanted: (id: string) => id === 'm', from: START, maxTokens: null}

  test('are minutes of requests and tokens', async () => {
    const traffic = await metricTraffic(
      {...question, to: START + 3 * 60_000, maxTokens: 400},
      source({invocations: [10, 0, 2], input: [10_000, 0, 2000], output: [2000, 0, 400]}),
    )

    expect(traffic.minutes).toEqual([minuteOf(10), {...minuteOf(0), maxTokens: null}, minuteOf(2)])
    expect(traffic).toMatchObject({from: '2026-11-20T10:00:00.000Z', calledAs: {m: 12}, notes: []})
  })

  test('make demand of throttles, of the size of what was answered', async () => {
    const {minutes, notes} = await metricTraffic(
      {...question, to: START + 2 * 60_000},
      source({invocations: [10, 0], throttles: [5, 1], input: [10_000, 0], output: [2000, 0]}),
    )

    expect(minutes).toEqual([
      {...minuteOf(15), maxTokens: null},
      {...minuteOf(1), maxTokens: null},
    ])
    expect(notes[0]).toContain('6 throttles')
  })

  test('of more than 15 days are spread over five minutes, and say so', async () => {
    const {minutes, notes} = await metricTraffic(
      {...question, to: START + 20 * 86_400_000},
      source({invocations: [7], input: [7000], output: [1400]}),
    )

    expect(minutes.slice(0, 5).map(({requests}) => requests)).toEqual([1, 1, 2, 1, 2])
    expect(sumTraffic(minutes)).toMatchObject({requests: 7, input: 7000})
    expect(notes[0]).toContain('hides peaks')
  })

  test('of more than 63 days are gone', async () => {
    await expect(metricTraffic({...question, to: START + 64 * 86_400_000}, source({}))).rejects.toMatchObject({
      code: 'METRICS_GONE',
      exitCode: 2,
    })
  })
})
