import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {ArrivalShape, OpenLevel, Share} from '../../../../src/lib/bench/arrivals/level.js'
import {type ArrivalBounds, openArrivals} from '../../../../src/lib/bench/arrivals/open-arrivals.js'
import {randomStream, STREAMS} from '../../../../src/lib/bench/arrivals/random.js'
import {spreadAt} from '../../../../src/lib/bench/arrivals/spread-at.js'

const WHOLE: Share = {index: 0, of: 1}

function sends(level: OpenLevel, bounds: Partial<ArrivalBounds> = {}, share = WHOLE): {k: number; atMs: number}[] {
  const arrivals = openArrivals(level, {seed: 1, requests: undefined, durationMs: undefined, ...bounds}, share)
  const found: {k: number; atMs: number}[] = []
  while (arrivals.advance()) found.push({k: arrivals.k, atMs: arrivals.atMs})
  return found
}

function times(level: OpenLevel, bounds?: Partial<ArrivalBounds>): number[] {
  return sends(level, bounds).map(({atMs}) => atMs)
}

function gaps(ascending: readonly number[]): number[] {
  return ascending.slice(1).map((atMs, place) => atMs - (ascending[place] ?? Number.NaN))
}

function variation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) / mean
}

const SHAPES: readonly ArrivalShape[] = [
  {kind: 'constant'},
  {kind: 'poisson'},
  {kind: 'gamma', shape: 0.5},
  {kind: 'gamma', shape: 4},
  {kind: 'burst', size: 5, periodMs: 40},
]

const shapes = fc.constantFrom(...SHAPES)
const levels: fc.Arbitrary<OpenLevel> = fc.oneof(
  fc.record({kind: fc.constant('rate' as const), perSecond: fc.integer({min: 1, max: 500}), shape: shapes}),
  fc.record({
    kind: fc.constant('ramp' as const),
    from: fc.integer({min: 1, max: 100}),
    to: fc.integer({min: 1, max: 300}),
    durationMs: fc.integer({min: 100, max: 3000}),
    curve: fc.constantFrom('linear' as const, 'exponential' as const),
    shape: shapes,
  }),
)

describe('shares', () => {
  test('all shares together are the whole, to the last bit, however many there are', () => {
    fc.assert(
      fc.property(levels, fc.integer({min: 1, max: 9}), fc.integer(), (level, of, seed) => {
        const bounds = {seed, durationMs: 2000, requests: 700}
        const parts = Array.from({length: of}, (_, index) => sends(level, bounds, {index, of}))

        const joined = parts.flat().sort((a, b) => a.k - b.k)

        expect(joined).toEqual(sends(level, bounds))
        for (const [index, part] of parts.entries()) expect(part.every(({k}) => k % of === index)).toBe(true)
      }),
      {numRuns: 60},
    )
  })

  test('sends ascend from t0 on and end before the duration', () => {
    fc.assert(
      fc.property(levels, fc.integer({min: 50, max: 2000}), (level, durationMs) => {
        const found = times(level, {durationMs})

        expect(gaps(found).every((gap) => gap >= 0)).toBe(true)
        expect(found.every((atMs) => atMs >= 0 && atMs < durationMs)).toBe(true)
      }),
      {numRuns: 60},
    )
  })
})

describe('rates', () => {
  test.each(SHAPES.slice(0, 4))('a rate of $kind is exact', (shape) => {
    const found = times({kind: 'rate', perSecond: 50, shape}, {durationMs: 20_000})

    expect(found.length).toBe(1000)
  })

  test.each<[string, Partial<ArrivalBounds>]>([
    ['a number of requests', {requests: 2000, warmUp: {requests: 150}}],
    ['a time', {durationMs: 10_000, warmUp: {ms: 750}}],
  ])('without a warm-up of %s, the rate of what is left is exact, whatever the seed', (_, bounds) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const found = times({kind: 'rate', perSecond: 200, shape: {kind: 'poisson'}}, {...bounds, seed})
      const left = found.slice(150)

      expect([found.length, found.filter((atMs) => atMs < 750).length]).toEqual([2000, 150])
      expect(gaps(found).every((gap) => gap >= 0)).toBe(true)
      expect((left.length - 1) / ((left.at(-1) ?? 0) - (left[0] ?? 0))).toBeCloseTo(0.2, 3)
    }
  })

  test('a number of requests takes the time that its rate gives', () => {
    const found = times({kind: 'rate', perSecond: 100, shape: {kind: 'poisson'}}, {requests: 5000})

    expect(found.length).toBe(5000)
    expect(found.at(-1)).toBeLessThan(50_000)
    expect(found.at(-1)).toBeGreaterThan(49_500)
  })

  test('constant sends are one gap apart', () => {
    expect(times({kind: 'rate', perSecond: 4, shape: {kind: 'constant'}}, {durationMs: 1000})).toEqual([
      0, 250, 500, 750,
    ])
  })

  test('bursts come together at their period', () => {
    const shape = {kind: 'burst', size: 2, periodMs: 30} as const

    expect(times({kind: 'rate', perSecond: 1, shape}, {durationMs: 61})).toEqual([0, 0, 30, 30, 60, 60])
  })

  test('a replay is sent at its own times', () => {
    const level = {kind: 'replay', atMs: Float64Array.of(0, 3, 3, 90)} as const

    expect(times(level)).toEqual([0, 3, 3, 90])
    expect(times(level, {durationMs: 50, requests: 2})).toEqual([0, 3])
  })
})

describe('randomness', () => {
  test.each([
    [{kind: 'poisson'} as const, 1],
    [{kind: 'gamma', shape: 4} as const, 0.5],
    [{kind: 'gamma', shape: 0.25} as const, 2],
  ])('gaps of %o vary by %f', (shape, cv) => {
    const found = gaps(times({kind: 'rate', perSecond: 500, shape}, {requests: 20_000}))

    expect(variation(found)).toBeGreaterThan(cv * 0.95)
    expect(variation(found)).toBeLessThan(cv * 1.05)
  })

  test('gaps of Poisson arrivals are exponential (Kolmogorov and Smirnov)', () => {
    const found = gaps(times({kind: 'rate', perSecond: 500, shape: {kind: 'poisson'}}, {requests: 10_000, seed: 42}))

    const sorted = Float64Array.from(found).sort()
    const distance = sorted.reduce((most, gap, place) => {
      const expected = 1 - Math.exp(-gap / 2)
      return Math.max(most, expected - place / sorted.length, (place + 1) / sorted.length - expected)
    }, 0)

    // One in a thousand would be further off.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(sorted.length))
  })

  test('another seed gives another sequence, the same seed the same', () => {
    const level = {kind: 'rate', perSecond: 100, shape: {kind: 'poisson'}} as const

    expect(times(level, {requests: 5, seed: 1})).toEqual(times(level, {requests: 5, seed: 1}))
    expect(times(level, {requests: 5, seed: 1})).not.toEqual(times(level, {requests: 5, seed: 2}))
    expect(times(level, {requests: 5, seed: 2 ** 40})).not.toEqual(times(level, {requests: 5, seed: 2 ** 41}))
  })

  test('numbers are uniform and streams of one seed are not alike', () => {
    const [arrivals, think] = [randomStream(9, STREAMS.arrivals), randomStream(9, STREAMS.think)]
    const places = Array.from({length: 40_000}, (_, k) => k)

    const counts = new Float64Array(20)
    for (const k of places) counts[Math.floor(arrivals.at(k) * 20)] = (counts[Math.floor(arrivals.at(k) * 20)] ?? 0) + 1
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    const product = places.reduce((sum, k) => sum + (arrivals.at(k) - 0.5) * (think.at(k) - 0.5), 0) / places.length

    // 19 degrees of freedom: one in a thousand is above 43.8.
    expect(chiSquare).toBeLessThan(43.8)
    expect(Math.abs(product)).toBeLessThan(0.002)
  })

  test('a spread has its mean and never goes below zero', () => {
    const random = randomStream(3, STREAMS.think)
    const mean = (spread: Parameters<typeof spreadAt>[0]): number =>
      Array.from({length: 10_000}, (_, k) => spreadAt(spread, random, k)).reduce((sum, value) => sum + value, 0) /
      10_000

    expect(mean({kind: 'normal', mean: 100, deviation: 10})).toBeCloseTo(100, -0.5)
    expect(mean({kind: 'uniform', low: 10, high: 30})).toBeCloseTo(20, -0.5)
    expect(mean({kind: 'constant', value: 7})).toBe(7)
    expect(mean({kind: 'normal', mean: -100, deviation: 10})).toBe(0)
  })
})

describe('ramps', () => {
  const LINEAR = {
    kind: 'ramp',
    from: 0,
    to: 100,
    durationMs: 10_000,
    curve: 'linear',
    shape: {kind: 'constant'},
  } as const
  const EXPONENTIAL = {...LINEAR, from: 10, to: 160, curve: 'exponential'} as const

  test('a linear ramp sends the area under its line, a quarter of it in the first half', () => {
    const found = times(LINEAR)

    expect(found.length).toBe(500)
    expect(found.filter((atMs) => atMs < 5000).length).toBe(125)
  })

  test('an exponential ramp doubles in equal times', () => {
    const found = times(EXPONENTIAL)
    const quarters = [0, 1, 2, 3].map((quarter) => found.filter((atMs) => Math.floor(atMs / 2500) === quarter).length)

    // The integral of 10·16^(t/10) over ten seconds.
    expect(found.length).toBe(Math.round(1500 / Math.log(16)))
    for (const [place, count] of quarters.slice(1).entries()) {
      expect(count / (quarters[place] ?? Number.NaN)).toBeCloseTo(2, 0.5)
    }
  })

  test('a falling ramp and a level one are ramps too', () => {
    expect(times({...LINEAR, from: 100, to: 0}).filter((atMs) => atMs < 5000).length).toBe(375)
    expect(times({...EXPONENTIAL, from: 20, to: 20}).length).toBe(200)
  })
})
