import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  countAt,
  perSecond,
  type RateWindow,
  ratePerSecond,
  WINDOW_SECONDS,
} from '../../../src/lib/monitor/rate-window.js'

test('the rate is over the last ten seconds, or since the start when that is less', () => {
  const window = [0, 1000, 1500, 2000].reduce<RateWindow>((kept, atMs) => countAt(kept, atMs, 1), [])

  expect(ratePerSecond(window, 1999, 0)).toBe(3 / 2)
  expect(ratePerSecond(window, 9000, 0)).toBe(4 / 10)
  expect(ratePerSecond(window, 11_000, 0)).toBe(1 / 10)
  expect(ratePerSecond(window, 60_000, 0)).toBe(0)
})

test('seconds in which nothing came count as nothing', () => {
  const window = countAt(countAt([], 1000, 2), 4000, 5)

  expect(perSecond(window, 5000, 6)).toEqual([0, 2, 0, 0, 5, 0])
})

test('whatever the clock does, slots are in order, no more than the window, and lose nothing of a second', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({min: 0, max: 200_000}), fc.integer({min: 1, max: 9})), {maxLength: 60}),
      (arrivals) => {
        const window = arrivals.reduce<RateWindow>((kept, [atMs, count]) => countAt(kept, atMs, count), [])
        const seconds = window.map(({second}) => second)

        expect(seconds).toEqual([...new Set(seconds)].sort((a, b) => a - b))
        expect((seconds.at(-1) ?? 0) - (seconds[0] ?? 0)).toBeLessThan(WINDOW_SECONDS)
        expect(window.at(-1)?.count ?? 0).toBeGreaterThanOrEqual(arrivals.at(-1)?.[1] ?? 0)
      },
    ),
  )
})
