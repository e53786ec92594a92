import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {chooseUnits, marginalUnits, priceUnits} from '../../../../src/lib/capacity/plan/choose-units.js'
import type {TokenRates} from '../../../../src/lib/capacity/plan/plan-cost.js'
import type {OnDemandLimits} from '../../../../src/lib/capacity/plan/simulate.js'
import {
  aloneOf,
  enoughOf,
  planOf,
  type SweepFrame,
  sweepUnits,
  unitsForAll,
} from '../../../../src/lib/capacity/plan/sweep.js'
import type {TrafficMinute} from '../../../../src/lib/capacity/traffic/traffic.js'
import {decimal, toNumber} from '../../../../src/lib/core/decimal.js'
import type {Rate} from '../../../../src/lib/prices/price-book.js'
import {EXAMPLE_LIMITS, exampleRates, minuteOf, threeLevels} from '../../../support/capacity-case.js'

function frameOf(change: Partial<Omit<SweepFrame, 'limits'>> & {readonly limits?: Partial<OnDemandLimits>} = {}) {
  return {
    minutes: threeLevels(),
    retryMinutes: 0,
    unitTokens: 60_000,
    ...change,
    limits: {...EXAMPLE_LIMITS, ...change.limits},
  }
}

const hour = (unitHourly = 6) => ({rates: exampleRates(), unitHourly: decimal(unitHourly), minutes: 60})

function totals(frame: SweepFrame): readonly number[] {
  const plans = [0, 1, 2, 3].map((units) => planOf(units, frame))
  return priceUnits(plans, hour()).map(({cost}) => (cost === null ? Number.NaN : toNumber(cost.total)))
}

describe('the worked example', () => {
  test('is swept from no unit to what takes all', () => {
    expect(sweepUnits(frameOf()).map(({units}) => units)).toEqual([0, 1, 2, 3])
  })

  test('costs what was worked out by hand', () => {
    const priced = priceUnits(sweepUnits(frameOf()), hour())

    expect(priced.map(({cost}) => cost && [cost.capacity, cost.tokens, cost.total].map(toNumber))).toEqual([
      [0, 15, 15],
      [6, 7.2, 13.2],
      [12, 3, 15],
      [18, 0, 18],
    ])
    expect(chooseUnits(priced, 0)?.units).toBe(1)
  })

  test('says what each further unit is worth', () => {
    const marginal = marginalUnits(sweepUnits(frameOf()), decimal('0.006'), 60)

    expect(marginal.map(({requests, unit, worthHourly}) => [unit, requests, toNumber(worthHourly)])).toEqual([
      [1, 1800, 10.8],
      [2, 700, 4.2],
      [3, 500, 3],
    ])
  })

  const longer = threeLevels().map((one) => ({...one, maxTokens: 4000 * one.requests}))
  test.each<[string, Parameters<typeof frameOf>[0], readonly number[], number]>([
    ['traffic × 0.8', {minutes: threeLevels([8, 48, 120])}, [13.2, 10.2, 13.2, 18], 1],
    ['traffic × 1.2', {minutes: threeLevels([12, 72, 180])}, [16.8, 14.64, 16.8, 19.8], 2],
    ['output × 10', {limits: {outputFactor: 10}}, [12.96, 11.16, 15, 18], 2],
    ['output × 15', {limits: {outputFactor: 15}}, [10.8, 10.2, 15, 18], 2],
    ['60 seconds', {minutes: longer, limits: {latencySeconds: 60}}, [9, 9.6, 14.4, 18], 3],
    ['12 seconds', {minutes: longer, limits: {latencySeconds: 12}}, [13.56, 11.76, 15, 18], 2],
    ['a unit of 30,000', {unitTokens: 30_000}, [15, 16.2, 19.2, 22.5], 2],
    ['a unit of 90,000', {unitTokens: 90_000}, [15, 10.5, 12, 18], 1],
  ])('with %s', (_, change, expected, best) => {
    const frame = frameOf(change)

    expect(totals(frame)).toEqual(expected)
    expect(chooseUnits(priceUnits(sweepUnits(frame), hour()), 0)?.units).toBe(best)
  })

  test('where none keeps to what may be lost, the plan that loses least is chosen', () => {
    const plans = priceUnits([planOf(0, frameOf()), planOf(0, frameOf({limits: {tokensPerMinute: 100_000}}))], hour())

    expect(chooseUnits(plans, 0)?.tally.throttled).toBe(500)
  })

  test('what may be lost makes fewer units enough', () => {
    expect(
      chooseUnits(priceUnits(sweepUnits(frameOf({minutes: threeLevels([12, 72, 180])})), hour()), 300)?.units,
    ).toBe(1)
  })
})

describe('prices that are not known', () => {
  test('of a unit leave the plan without units its cost', () => {
    const priced = priceUnits(sweepUnits(frameOf()), {...hour(), unitHourly: null})

    expect(priced.map(({cost}) => cost && toNumber(cost.total))).toEqual([15, null, null, null])
    expect(chooseUnits(priced, 500)?.units).toBe(0)
  })

  test('of tokens leave only the plan that uses none its cost', () => {
    const priced = priceUnits(sweepUnits(frameOf()), {...hour(), rates: {}})

    expect(priced.map(({cost}) => cost && toNumber(cost.total))).toEqual([null, null, null, 18])
  })

  test('do not matter where nothing of that kind is used', () => {
    const {cacheRead: _, ...rates} = exampleRates()

    expect(priceUnits(sweepUnits(frameOf()), {...hour(), rates})[1]?.cost).not.toBeNull()
    expect(totalsOfCached(rates)).toBeNull()
  })
})

function totalsOfCached(rates: TokenRates) {
  const minutes = [minuteOf(10, {cacheRead: 10_000})]
  return priceUnits([planOf(0, frameOf({minutes}))], {...hour(), rates})[0]?.cost
}

describe('units for all', () => {
  test('take every request of the share of minutes that is asked for', () => {
    expect([1, 5 / 6, 0.5].map((cover) => unitsForAll(frameOf(), cover))).toEqual([3, 2, 1])
    expect(aloneOf(2, frameOf()).tally).toMatchObject({baseline: 2500, throttled: 500, throttledMinutes: 10})
  })

  test('are none where there is no request', () => {
    expect(unitsForAll(frameOf({minutes: []}))).toBe(0)
    expect(sweepUnits(frameOf({minutes: []})).map(({units}) => units)).toEqual([0])
  })

  test('in very many are taken in steps, the last included', () => {
    const plans = sweepUnits(frameOf({unitTokens: 130}))

    expect(plans.length).toBeLessThan(210)
    expect(plans.at(-1)?.tally.throttled).toBe(0)
    expect(plans.at(-1)?.tally.onDemand).toBe(0)
  })
})

const count = fc.integer({min: 0, max: 400})
const anyMinute: fc.Arbitrary<TrafficMinute> = fc
  .record({requests: count, input: fc.integer({min: 1, max: 9000}), output: fc.integer({min: 0, max: 3000})})
  .chain(({input, output, requests}) =>
    fc.option(fc.integer({min: 1, max: 9000})).map((most) =>
      minuteOf(requests, {
        input: input * requests,
        output: output * requests,
        maxTokens: most === null ? null : most * requests,
      }),
    ),
  )
const anyFrame = fc.record({
  minutes: fc.array(anyMinute, {maxLength: 30}),
  retryMinutes: fc.integer({min: 0, max: 4}),
  unitTokens: fc.integer({min: 500, max: 200_000}),
  limits: fc.record({
    tokensPerMinute: fc.integer({min: 1000, max: 1_000_000}),
    requestsPerMinute: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({min: 0, max: 300})),
    outputFactor: fc.constantFrom(1, 5, 10, 15),
    latencySeconds: fc.constantFrom(0, 5, 60, 200),
  }),
})

describe('whatever the traffic', () => {
  test('every request goes one way', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({min: 0, max: 20}), (frame, units) => {
        const {baseline, onDemand, requests, throttled} = planOf(units, frame).tally

        expect(baseline + onDemand + throttled).toBe(requests)
        expect(Math.min(baseline, onDemand, throttled)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('one more unit loses no more requests, and takes no fewer', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({min: 0, max: 20}), (frame, units) => {
        const [fewer, more] = [units, units + 1].map((each) => planOf(each, {...frame, retryMinutes: 0}).tally)

        expect(more?.throttled).toBeLessThanOrEqual(fewer?.throttled ?? 0)
        expect(more?.baseline).toBeGreaterThanOrEqual(fewer?.baseline ?? 0)
      }),
    )
  })

  test('the quota that is said to be enough is', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        const enough = enoughOf(frame)
        const limits = {...frame.limits, ...enough}

        expect(planOf(0, {...frame, limits, retryMinutes: 0}).tally.throttled).toBe(0)
      }),
    )
  })

  test('units that take all leave nothing on demand', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        const {onDemand, throttled} = planOf(unitsForAll(frame), frame).tally

        expect([onDemand, throttled]).toEqual([0, 0])
      }),
    )
  })

  test('twice the prices are twice the cost', () => {
    const twice = (rates: TokenRates): TokenRates =>
      Object.fromEntries(
        Object.entries(rates).map(([kind, rate]: [string, Rate]) => [kind, {...rate, amount: rate.amount.times(2)}]),
      )
    fc.assert(
      fc.property(anyFrame, fc.integer({min: 0, max: 9}), (frame, units) => {
        const once = priceUnits([planOf(units, frame)], hour(6))[0]?.cost?.total
        const double = priceUnits([planOf(units, frame)], {...hour(12), rates: twice(exampleRates())})[0]?.cost?.total

        expect(double && once && toNumber(double.minus(once.times(2)))).toBeCloseTo(0, 6)
      }),
    )
  })
})
