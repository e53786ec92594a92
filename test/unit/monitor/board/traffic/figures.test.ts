import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Figures, figuresOf, pulseOf} from '../../../../../src/lib/monitor/board/traffic/figures.js'
import type {TrafficMinute} from '../../../../../src/lib/monitor/board/traffic/traffic.schema.js'
import {minuteWith, rowWith} from '../../../../support/traffic-row.js'

const AT = 1000

interface Case {
  readonly says: string
  readonly minutes: readonly TrafficMinute[]
  readonly figures: Partial<Figures>
}

const CASES: readonly Case[] = [
  {
    says: 'requests are those answered, failed and throttled, of the minute alone',
    minutes: [
      minuteWith(AT - 1, {invocations: 600}),
      minuteWith(AT, {invocations: 90, clientErrors: 12, serverErrors: 6, throttles: 12}),
      minuteWith(AT + 1, {invocations: 9000}),
    ],
    figures: {requestsPerSecond: 2},
  },
  {
    says: 'shares are of the requests of five minutes',
    minutes: [
      minuteWith(AT - 5, {throttles: 1000}),
      minuteWith(AT - 4, {invocations: 70, throttles: 20, clientErrors: 4, serverErrors: 6}),
      minuteWith(AT, {invocations: 100}),
    ],
    figures: {throttleShare: 0.1, errorShare: 0.05, throttles: 20},
  },
  {
    says: 'a share of no requests is not known',
    minutes: [minuteWith(AT - 9, {invocations: 5})],
    figures: {requestsPerSecond: 0, throttleShare: null, errorShare: null, latencyP50: null, cachedShare: null},
  },
  {
    says: 'what was read from the cache is no part of the input',
    minutes: [minuteWith(AT, {input: 100, cacheRead: 600, cacheWrite: 100, output: 50})],
    figures: {input: 100, cacheRead: 600, cacheWrite: 100, output: 50, cachedShare: 0.75},
  },
  {
    says: 'what AWS estimates of a quota is of the minute, and unknown where it says nothing',
    minutes: [minuteWith(AT - 1, {quotaTokens: 9000}), minuteWith(AT, {invocations: 1})],
    figures: {quotaTokens: null},
  },
  {
    says: 'the middle p50 is that of most requests, and the p99 the highest: no percentile is averaged',
    minutes: [
      minuteWith(AT - 2, {invocations: 1, latencyP50: 9000, latencyP99: 12_000, ttftP50: 700, ttftP99: 900}),
      minuteWith(AT - 1, {invocations: 10, latencyP50: 1000, latencyP99: 2000, ttftP50: 300, ttftP99: 400}),
      minuteWith(AT, {invocations: 5, latencyP50: 1100, latencyP99: 2500, ttftP50: 310, ttftP99: 450}),
    ],
    figures: {latencyP50: 1000, latencyP99: 12_000, ttftP50: 300, ttftP99: 900},
  },
  {
    says: 'speed is output over the time after the first token',
    minutes: [minuteWith(AT, {invocations: 10, output: 2000, latencyP50: 2500, ttftP50: 500})],
    figures: {outputPerSecond: 100},
  },
  {
    says: 'without a first token nothing streams, and speed is not known',
    minutes: [minuteWith(AT, {invocations: 10, output: 2000, latencyP50: 2500})],
    figures: {outputPerSecond: null},
  },
  {
    says: 'what no metric tells stays unknown, as of mantle',
    minutes: [
      minuteWith(AT, {invocations: 60, throttles: null, serverErrors: null, cacheRead: null, cacheWrite: null}),
    ],
    figures: {requestsPerSecond: 1, throttleShare: null, errorShare: 0, cacheRead: null, cachedShare: null},
  },
]

describe('figures of a row', () => {
  test.each(CASES)('$says', ({figures, minutes}) => {
    expect(figuresOf([rowWith(minutes)], AT)).toMatchObject(figures)
  })

  test('rows together come to what they come to one by one', () => {
    const counts = fc.record({
      minute: fc.integer({min: AT - 8, max: AT + 1}),
      invocations: fc.nat(1000),
      throttles: fc.nat(100),
      input: fc.nat(100_000),
      latencyP50: fc.integer({min: 1, max: 9000}),
      latencyP99: fc.integer({min: 1, max: 90_000}),
    })
    const minutes = fc.uniqueArray(counts, {selector: ({minute}) => minute, maxLength: 10})
    fc.assert(
      fc.property(fc.array(minutes, {minLength: 1, maxLength: 4}), (all) => {
        const rows = all.map((some) => rowWith(some.map(({minute, ...rest}) => minuteWith(minute, rest))))
        const together = figuresOf(rows, AT)
        const apart = rows.map((row) => figuresOf([row], AT))
        const sum = (fieldOf: (one: Figures) => number | null) =>
          apart.reduce((total, one) => total + (fieldOf(one) ?? 0), 0)

        expect(together.requestsPerSecond).toBeCloseTo(
          sum((one) => one.requestsPerSecond),
          6,
        )
        expect(together.input).toBe(sum(({input}) => input))
        expect(together.throttles).toBe(sum(({throttles}) => throttles))
        expect(together.latencyP99 ?? 0).toBe(Math.max(...apart.map(({latencyP99}) => latencyP99 ?? 0)))
        const medians = apart.flatMap(({latencyP50}) => latencyP50 ?? [])
        if (medians.length > 0) {
          expect(together.latencyP50).toBeGreaterThanOrEqual(Math.min(...medians))
          expect(together.latencyP50).toBeLessThanOrEqual(Math.max(...medians))
        }
      }),
      {numRuns: 100},
    )
  })
})

test('a pulse has a place for each minute, empty where nothing was counted', () => {
  const rows = [
    rowWith([
      minuteWith(AT - 5, {invocations: 9}),
      minuteWith(AT - 2, {invocations: 1, input: 10, output: 5, cacheRead: 99, ttftP99: 700}),
      minuteWith(AT + 1, {invocations: 7}),
    ]),
    rowWith([minuteWith(AT - 2, {invocations: 2, throttles: 4, ttftP99: 900}), minuteWith(AT, {invocations: 4})]),
  ]

  const pulse = pulseOf(rows, {count: 4, last: AT})

  expect(pulse).toEqual({requests: [null, 7, null, 4], tokens: [null, 15, null, 0], ttftP99: [null, 900, null, null]})
})
