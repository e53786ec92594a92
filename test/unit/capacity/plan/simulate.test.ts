import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {mostAdmitted, reservedTokens} from '../../../../src/lib/capacity/plan/admission.js'
import {type OnDemandLimits, simulate} from '../../../../src/lib/capacity/plan/simulate.js'
import type {Supply} from '../../../../src/lib/capacity/plan/supply.js'
import {EMPTY_MINUTE, type TrafficMinute} from '../../../../src/lib/capacity/traffic/traffic.js'
import {EXAMPLE_LIMITS, minuteOf, threeLevels} from '../../../support/capacity-case.js'

interface Given {
  readonly minutes?: readonly TrafficMinute[]
  readonly supply?: Supply | null
  readonly limits?: Partial<OnDemandLimits>
  readonly retryMinutes?: number
}

function run({limits, minutes = threeLevels(), retryMinutes = 0, supply = null}: Given) {
  return simulate(minutes, {supply, onDemand: {...EXAMPLE_LIMITS, ...limits}, retryMinutes})
}

const units = (count: number, tokens = 60_000): Supply | null =>
  count === 0 ? null : {kind: 'pool', tokens: count * tokens}

/** Requests taken, on demand and lost in minutes of one kind. */
function minute(requests: number, supply: Supply | null, limits?: Partial<OnDemandLimits>) {
  const {baseline, onDemand, throttled} = run({minutes: [minuteOf(requests)], supply, ...(limits && {limits})})
  return [baseline, onDemand, throttled]
}

describe('one minute of the worked example', () => {
  test.each([
    [0, [0, 10, 0], [0, 60, 0], [0, 100, 50]],
    [1, [10, 0, 0], [50, 10, 0], [50, 100, 0]],
    [2, [10, 0, 0], [60, 0, 0], [100, 50, 0]],
    [3, [10, 0, 0], [60, 0, 0], [150, 0, 0]],
  ])('%i units serve low, day and peak', (count, low, day, peak) => {
    expect([10, 60, 150].map((requests) => minute(requests, units(count)))).toEqual([low, day, peak])
  })
})

describe('the hour of the worked example', () => {
  test.each([
    [0, 0, 2500, 500, null],
    [1, 1800, 1200, 0, 0.6],
    [2, 2500, 500, 0, 2500 / 6000],
    [3, 3000, 0, 0, 3000 / 9000],
  ])('%i units', (count, baseline, onDemand, throttled, utilisation) => {
    const tally = run({supply: units(count)})

    expect(tally).toMatchObject({requests: 3000, baseline, onDemand, throttled})
    expect(tally.tokens).toEqual({input: 1000 * onDemand, output: 200 * onDemand, cacheRead: 0, cacheWrite: 0})
    if (utilisation === null) expect(tally.utilisation).toBeNull()
    else expect(tally.utilisation).toBeCloseTo(utilisation, 12)
  })

  test('says which quota turns nothing away', () => {
    const tally = run({})

    expect(tally.enough).toEqual({tokensPerMinute: 300_000, requestsPerMinute: 150})
    expect(tally.throttledMinutes).toBe(10)
    expect(run({limits: {tokensPerMinute: 300_000}}).throttled).toBe(0)
    expect(run({limits: {tokensPerMinute: 299_999}}).throttled).toBe(10)
  })
})

describe('what if', () => {
  const longer = threeLevels().map((one) => ({...one, maxTokens: 4000 * one.requests}))
  test.each<[string, Given, number, readonly number[]]>([
    ['traffic is a fifth less', {minutes: threeLevels([8, 48, 120])}, 60_000, [200, 0, 0, 0]],
    ['traffic is a fifth more', {minutes: threeLevels([12, 72, 180])}, 60_000, [800, 300, 0, 0]],
    ['output counts ten times', {limits: {outputFactor: 10}}, 60_000, [840, 340, 0, 0]],
    ['output counts fifteen times', {limits: {outputFactor: 15}}, 60_000, [1200, 500, 0, 0]],
    [
      'long answers are reserved for a minute',
      {minutes: longer, limits: {latencySeconds: 60}},
      60_000,
      [1500, 600, 100, 0],
    ],
    [
      'long answers are reserved for 12 seconds',
      {minutes: longer, limits: {latencySeconds: 12}},
      60_000,
      [740, 240, 0, 0],
    ],
    ['a unit serves half', {}, 30_000, [500, 250, 0, 0]],
    ['a unit serves half again', {}, 90_000, [500, 0, 0, 0]],
  ])('%s', (_, given, tokens, throttled) => {
    expect([0, 1, 2, 3].map((count) => run({...given, supply: units(count, tokens)}).throttled)).toEqual(throttled)
  })

  test('of long answers under way for 12 seconds, 76 requests a minute are admitted', () => {
    const onlyPeak = [minuteOf(150, {maxTokens: 4000 * 150})]

    expect(run({minutes: onlyPeak, limits: {latencySeconds: 12}}).onDemand).toBe(76)
  })
})

describe('edges', () => {
  test('an empty minute takes nothing and divides by nothing', () => {
    const tally = run({minutes: [EMPTY_MINUTE, minuteOf(10), EMPTY_MINUTE], supply: units(1)})

    expect(tally).toMatchObject({requests: 10, baseline: 10, onDemand: 0, throttled: 0, throttledMinutes: 0})
    expect(tally.utilisation).toBeCloseTo(10 / 150, 12)
  })

  test('no minute at all is no utilisation', () => {
    expect(run({minutes: [], supply: units(1)})).toMatchObject({requests: 0, utilisation: 0})
  })

  test('a request that reserves more than the whole quota never starts, and is told apart', () => {
    const tally = run({minutes: [minuteOf(5, {maxTokens: 5 * 300_000})]})

    expect(tally).toMatchObject({onDemand: 0, throttled: 5, tooLargeMinutes: 1})
    expect(tally.enough.tokensPerMinute).toBe(301_000)
  })

  test('a unit smaller than a request takes none', () => {
    expect(minute(10, {kind: 'pool', tokens: 1199})).toEqual([0, 10, 0])
    expect(minute(10, {kind: 'pool', tokens: 1200})).toEqual([1, 9, 0])
  })

  test('a quota of requests holds where it is the lower one', () => {
    const limits = {requestsPerMinute: 40}

    expect([10, 60, 150].map((requests) => minute(requests, null, limits))).toEqual([
      [0, 10, 0],
      [0, 40, 20],
      [0, 40, 110],
    ])
    expect(run({limits}).throttled).toBe(1500)
  })

  test('of capacity with input and output apart, the scarcer decides', () => {
    expect(minute(60, {kind: 'apart', input: 50_000, output: 6000})).toEqual([30, 30, 0])
    expect(minute(60, {kind: 'apart', input: 20_000, output: 6000})).toEqual([20, 40, 0])
  })

  test('what is read from a cache takes nothing of quota and capacity', () => {
    const cached = minuteOf(150, {cacheRead: 1000 * 150})
    const tally = run({minutes: [cached], supply: units(1)})

    expect(tally).toMatchObject({baseline: 50, onDemand: 100, throttled: 0})
    expect(tally.tokens.cacheRead).toBe(100_000)
  })

  test('what is written to a cache counts as input does', () => {
    const written = minuteOf(150, {input: 0, cacheWrite: 1000 * 150})

    expect(run({minutes: [written], supply: units(1)})).toMatchObject({baseline: 50, onDemand: 100})
  })

  test('without a quota that is known nothing is turned away', () => {
    expect(run({limits: {tokensPerMinute: Number.POSITIVE_INFINITY}}).throttled).toBe(0)
  })

  test('capacity without overflow loses what it does not take', () => {
    const tally = simulate(threeLevels(), {supply: units(1), onDemand: null, retryMinutes: 0})

    expect(tally).toMatchObject({baseline: 1800, onDemand: 0, throttled: 1200, throttledMinutes: 30})
  })
})

test('as many are admitted as fit, and not one more', () => {
  const need = fc.record({settled: fc.integer({min: 1, max: 9000}), atStart: fc.integer({min: 1, max: 90_000})})
  const limits = fc.record({latencySeconds: fc.constantFrom(0, 0.1, 1, 12, 60, 300), balance: fc.integer({max: 3e6})})
  fc.assert(
    fc.property(need, limits, fc.nat(500), (each, {balance, latencySeconds}, requests) => {
      const most = mostAdmitted(requests, each, balance, {...EXAMPLE_LIMITS, latencySeconds})
      const fits = (count: number) => reservedTokens(count, each, latencySeconds) <= balance

      expect(most === 0 || fits(most)).toBe(true)
      expect(most === requests || !fits(most + 1)).toBe(true)
    }),
  )
})

describe('requests that come again', () => {
  test('are served in the next minute that has room', () => {
    const minutes = [minuteOf(150), minuteOf(10), EMPTY_MINUTE]

    expect(run({minutes}).throttled).toBe(50)
    expect(run({minutes, retryMinutes: 1})).toMatchObject({requests: 160, onDemand: 160, throttled: 0})
  })

  test('are lost when they came as often as they may, the oldest first', () => {
    const minutes = [minuteOf(150), minuteOf(150), minuteOf(150), EMPTY_MINUTE]

    // Of the third minute 150 wait; the empty one takes 100 of them.
    expect(run({minutes, retryMinutes: 1})).toMatchObject({onDemand: 400, throttled: 50})
    expect(run({minutes: [...minutes, EMPTY_MINUTE], retryMinutes: 2})).toMatchObject({onDemand: 450, throttled: 0})
  })

  test('and still wait when the traffic ends are lost', () => {
    expect(run({minutes: [minuteOf(150)], retryMinutes: 5})).toMatchObject({onDemand: 100, throttled: 50})
  })
})
