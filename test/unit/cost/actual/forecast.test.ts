import {expect, test} from 'vitest'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {forecasts} from '../../../../src/lib/cost/actual/forecast.js'
import {billedLine, billOf, usedLine, windowOf} from './build-actual.js'

const days = Array.from({length: 21}, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`)
const forecast = {amount: '30', currency: 'USD', low: '25', high: '35'}

test('Cost Explorer’s forecast begins today: what is billed of today already is not counted twice', () => {
  const lines = [...days, '2026-10-31'].map((day) => billedLine(day))
  const credit = {day: '2026-11-02', recordType: 'Credit', amount: decimal(-5), currency: 'USD'}
  const [found] = forecasts(null, billOf(lines, {forecast, adjustments: [credit]}), windowOf('30d'))

  expect(found).toMatchObject({
    source: 'cost-explorer',
    soFar: {currency: 'USD', amount: 58},
    month: {currency: 'USD', amount: 85},
    low: 80,
    high: 90,
  })
})

test('the straight line goes on at the mean of the whole days read', () => {
  // $3 a day from the 1st to the 20th, and half of today: 9.5 days of November are left.
  const used = [
    usedLine(days.slice(0, 20)),
    usedLine(['2026-11-21'], {days: new Map([['2026-11-21', decimal(500_000)]])}),
  ]
  const [found] = forecasts(used, null, windowOf('2026-11-01'))

  expect(found).toMatchObject({source: 'metrics', soFar: {amount: 61.5}, month: {amount: 61.5 + 9.5 * 3}})
})

test('days that do not reach today forecast nothing', () => {
  expect(forecasts([usedLine(days)], billOf([], {forecast}), windowOf('2026-11-01', '2026-11-20'))).toEqual([])
})
