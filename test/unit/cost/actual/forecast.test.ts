import {expect, test} from 'vitest'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {forecasts} from '../../../../src/lib/cost/actual/forecast.js'
import {parseWindow} from '../../../../src/lib/cost/actual/window.js'
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

test('without a forecast of Cost Explorer what is billed already is told, and no month', () => {
  for (const none of [null, undefined]) {
    const bill = billOf(
      days.map((day) => billedLine(day)),
      {forecast: none},
    )

    expect(forecasts(null, bill, windowOf('30d'))).toMatchObject([{soFar: {currency: 'USD', amount: 63}, month: null}])
  }
})

test('no line is drawn through no whole day', () => {
  const window = parseWindow({since: '0d', until: undefined}, new Date('2026-12-01T12:00:00Z'))

  expect(forecasts([usedLine(['2026-12-01'])], null, window)).toMatchObject([{soFar: {amount: 3}, month: null}])
})

test('an account that uses nothing spends nothing, which is known', () => {
  const amounts = {soFar: {currency: 'USD', amount: 0}, month: {currency: 'USD', amount: 0}}

  expect(forecasts([], billOf([]), windowOf('30d'))).toMatchObject([amounts, amounts])
})

test('a leap February has 29 days', () => {
  const now = new Date('2028-02-29T12:00:00Z')
  const used = [usedLine(['2028-02-27', '2028-02-28'])]

  // $6 in the two days since, and half of the 29th left.
  expect(
    forecasts(used, null, parseWindow({since: '2028-02-01', until: undefined}, now))[0]?.month?.amount,
  ).toBeCloseTo(6 + (6 / 28) * 0.5)
})
