import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {Reservoir} from '../../../../src/lib/cost/tokens/reservoir.js'
import {countedSpread, EstimateSpread} from '../../../../src/lib/cost/tokens/token-spread.js'

describe('what was counted', () => {
  test('is exact where it is everything', () => {
    expect(countedSpread([10, 30, 20, 40], 4)).toEqual({
      mean: 25,
      low: 25,
      high: 25,
      p50: 20,
      p95: 40,
      min: 10,
      max: 40,
    })
  })

  test('bounds the mean by its standard error where there is more', () => {
    // s = 12.91, n = 4 of 1000: 1.96 × 12.91 ÷ 2 × √(996 ÷ 999) = 12.63
    expect(countedSpread([10, 30, 20, 40], 1000)).toMatchObject({mean: 25, low: 12.4, high: 37.6})
  })

  test('bounds nothing with one of many, or none', () => {
    expect(countedSpread([7], 2)).toBeNull()
    expect(countedSpread([], 0)).toBeNull()
    expect(countedSpread([7], 1)).toMatchObject({mean: 7, low: 7, high: 7})
  })

  test('never has bounds on the wrong side', () => {
    const values = fc.array(fc.nat(100_000), {minLength: 2, maxLength: 60})
    fc.assert(
      fc.property(values, fc.nat(1000), (counted, more) => {
        const spread = countedSpread(counted, counted.length + more)
        const {low = -1, mean = 0, high = 0, min = 0, max = 0, p50 = 0, p95 = 0} = spread ?? {}

        expect(low).toBeGreaterThanOrEqual(0)
        expect([low <= mean, mean <= high, min <= p50, p50 <= p95, p95 <= max]).toEqual([true, true, true, true, true])
      }),
    )
  })
})

test('estimates are summed up, each bound on its own', () => {
  const spread = new EstimateSpread()
  expect(spread.spread()).toBeNull()

  spread.add({low: 1, mean: 2.4, high: 4})
  spread.add({low: 3, mean: 5.6, high: 10})

  expect(spread.spread()).toEqual({mean: 4, low: 2, high: 7, p50: 2, p95: 6, min: 2, max: 6})
  expect(spread.count).toBe(2)
})

describe('a draw', () => {
  const drawn = (size: number, of: number): readonly number[] => {
    const reservoir = new Reservoir<number>(size)
    for (let item = 0; item < of; item += 1) reservoir.add(item)
    return reservoir.items
  }

  test('keeps everything while there is room, in order', () => {
    expect(drawn(5, 3)).toEqual([0, 1, 2])
  })

  test('is the same for the same stream, and holds no item twice', () => {
    expect(drawn(50, 10_000)).toEqual(drawn(50, 10_000))
    expect(new Set(drawn(50, 10_000)).size).toBe(50)
  })

  test('is even over the stream', () => {
    const quarters = [0, 0, 0, 0]
    for (const item of drawn(2000, 100_000))
      quarters[Math.floor(item / 25_000)] = (quarters[Math.floor(item / 25_000)] ?? 0) + 1

    for (const quarter of quarters) expect(Math.abs(quarter - 500)).toBeLessThan(75)
  })
})
