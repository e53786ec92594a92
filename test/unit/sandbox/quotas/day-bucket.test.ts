import {expect, test} from 'vitest'
import {DayBucket} from '../../../../src/lib/sandbox/quotas/day-bucket.js'

const DAY_MS = 86_400_000

test('is used up within a day, and full at midnight', () => {
  const bucket = new DayBucket(1000)

  bucket.take(400, DAY_MS)
  bucket.take(700, 2 * DAY_MS - 1)

  expect(bucket.level(2 * DAY_MS - 1)).toBe(-100)
  expect(bucket.level(2 * DAY_MS)).toBe(1000)
})

test('what a call of yesterday gives back does not make it more than full', () => {
  const bucket = new DayBucket(1000)

  bucket.take(400, DAY_MS)
  bucket.take(-300, 2 * DAY_MS)

  expect(bucket.level(2 * DAY_MS)).toBe(1000)
  bucket.take(250, 2 * DAY_MS)
  bucket.fill()
  expect(bucket.level(2 * DAY_MS)).toBe(1000)
})
