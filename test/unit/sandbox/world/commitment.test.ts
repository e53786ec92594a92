import {expect, test} from 'vitest'
import {addMonths} from '../../../../src/lib/sandbox/world/commitment.js'

test.each([
  ['2027-01-31T10:00:00.000Z', 1, '2027-02-28T10:00:00.000Z'],
  ['2028-01-31T10:00:00.000Z', 1, '2028-02-29T10:00:00.000Z'],
  ['2026-08-31T00:00:00.000Z', 6, '2027-02-28T00:00:00.000Z'],
  ['2026-11-21T23:59:59.000Z', 6, '2027-05-21T23:59:59.000Z'],
  ['2026-12-31T00:00:00.000Z', 1, '2027-01-31T00:00:00.000Z'],
])('a commitment from %s of %i months ends %s', (from, months, end) => {
  expect(new Date(addMonths(Date.parse(from), months)).toISOString()).toBe(end)
})
