import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {createScale} from '../../../../src/lib/output/chart/chart-scale.js'
import {formatAmount} from '../../../../src/lib/output/chart/format-amount.js'
import {listRanges} from '../../../../src/lib/output/chart/list-ranges.js'

test.each([
  [0, 'USD', '$0'],
  [0.00004, 'USD', '$0.00004'],
  [0.0301, 'USD', '$0.0301'],
  [950, 'USD', '$950'],
  [1500, 'USD', '$1.5k'],
  [999_999, 'USD', '$1M'],
  [-20_000, 'USD', '-$20k'],
  [2_410_000_000, 'tokens/month', '2.41B'],
  [5e12, 'tokens/month', '5T'],
  [1e15, 'tokens/month', '1e+15'],
  [1e-9, '', '1e-9'],
])('%d of %s reads %s', (value, unit, text) => {
  expect(formatAmount(value, unit)).toBe(text)
})

test('a linear axis is marked at 1, 2 or 5 times a power of ten', () => {
  expect(createScale('linear', 0, 1).ticks(6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(createScale('linear', -30, 170).ticks(5)).toEqual([0, 50, 100, 150])
})

test('a logarithmic axis is marked at powers of ten, more densely where it is short and less where it is long', () => {
  expect(createScale('log', 10, 100_000).ticks(6)).toEqual([10, 100, 1000, 10_000, 100_000])
  expect(createScale('log', 10, 200).ticks(6)).toEqual([10, 20, 50, 100, 200])
  expect(createScale('log', 1e-6, 1e6).ticks(5)).toEqual([1e-6, 0.001, 1, 1000, 1e6])
  expect(createScale('log', 110, 140).ticks(5)).toEqual([110, 120, 130, 140])
})

test('ticks lie within the axis, rise, and are no more than asked for; a logarithmic axis never has 0', async () => {
  const number = fc.oneof(fc.double(), fc.double({min: 0, max: 1e9, noNaN: true}), fc.integer())
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('linear' as const, 'log' as const),
      number,
      number,
      fc.integer({min: 2, max: 20}),
      async (kind, min, max, most) => {
        const scale = createScale(kind, min, max)
        const ticks = scale.ticks(most)

        expect(ticks.length).toBeLessThanOrEqual(most)
        for (const [index, tick] of ticks.entries()) {
          expect(scale.share(tick)).toBeGreaterThan(-1e-6)
          expect(scale.share(tick)).toBeLessThan(1 + 1e-6)
          expect(tick).toBeGreaterThan(ticks[index - 1] ?? Number.NEGATIVE_INFINITY)
          if (kind === 'log') expect(tick).toBeGreaterThan(0)
        }
      },
    ),
  )
})

test('an axis of numbers too small to tell apart has every tick within it', () => {
  const scale = createScale('log', 1e-250, 0)

  const shares = scale.ticks(2).map((tick) => scale.share(tick) ?? -1)

  expect(shares.length).toBeGreaterThan(0)
  for (const share of shares) expect(Math.abs(share - 0.5)).toBeLessThanOrEqual(0.5 + 1e-6)
})

test('numbers in a row are a range', () => {
  expect(listRanges([1, 2, 3, 7, 9, 10])).toBe('1-3, 7, 9-10')
  expect(listRanges([])).toBe('')
})
