import {expect, test} from 'vitest'
import {percentile} from '../../../src/lib/monitor/percentile.js'
import {
  showCount,
  showDuration,
  showElapsed,
  showMs,
  showShare,
  sparkline,
} from '../../../src/lib/monitor/quantities.js'

test.each([
  [undefined, '-', '- ms'],
  [0, '<1', '<1 ms'],
  [12.6, '13', '13 ms'],
  [9999, '9999', '9999 ms'],
  [12_340, '12.3s', '12.3 s'],
])('%s ms is shown as %s in a column and as %s in a line', (ms, cell, words) => {
  expect([showMs(ms), showDuration(ms)]).toEqual([cell, words])
})

test.each([
  [0, '0'],
  [999, '999'],
  [12_345, '12,345'],
  [999_999, '999,999'],
  [1_234_567, '1.2M'],
])('a count of %i is shown as %s', (count, text) => {
  expect(showCount(count)).toBe(text)
})

test.each([
  [-5, '0s'],
  [59_999, '59s'],
  [252_000, '4m 12s'],
  [3_840_000, '1h 04m'],
  [183_600_000, '2d 03h'],
])('%i ms have elapsed: %s', (ms, text) => {
  expect(showElapsed(ms)).toBe(text)
})

test('nothing out of nothing is no error rate', () => {
  expect([showShare(0, 0), showShare(1, 3)]).toEqual(['0.0 %', '33.3 %'])
})

test('a value above nothing never looks like nothing', () => {
  expect(sparkline([0, 1, 100])).toBe('▁▂█')
  expect(sparkline([0, 0])).toBe('▁▁')
})

test('a percentile is one of the samples, by nearest rank', () => {
  const samples = [5, 1, 4, 2, 3]

  expect([0, 0.5, 0.99, 1].map((share) => percentile(samples, share))).toEqual([1, 3, 5, 5])
  expect(percentile([], 0.5)).toBeUndefined()
  expect(samples).toEqual([5, 1, 4, 2, 3])
})
