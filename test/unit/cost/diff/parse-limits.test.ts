import {expect, test} from 'vitest'
import {parseLimits} from '../../../../src/lib/cost/diff/parse-limits.js'

test.each([
  ['5000', '5000', 'USD'],
  ['$7.5k', '7500', 'USD'],
  ['1,200.50', '1200.5', 'USD'],
  ['9k CNY', '9000', 'CNY'],
  ['EUR 12', '12', 'EUR'],
  ['0', '0', 'USD'],
])('%s is an amount', (text, amount, currency) => {
  const [limit] = parseLimits([text], []).maxMonthly

  expect([limit?.amount.toFixed(), limit?.currency]).toEqual([amount, currency])
})

test('an increase may be a percentage', () => {
  const [limit] = parseLimits([], ['2.5 %']).maxIncrease

  expect(limit?.kind === 'percent' && limit.percent.toFixed()).toBe('2.5')
})

test.each(['', 'much', '-5', '10%', '5 USD EUR', 'USD 5 USD', '1e999', 'NaN', '5 dollars'])(
  '"%s" is no monthly limit',
  (text) => {
    expect(() => parseLimits([text], [])).toThrow(expect.objectContaining({code: 'INVALID_LIMIT', exitCode: 2}))
  },
)

test.each(['%', '-10%', 'ten%', '5%5', ''])('"%s" is no limit of an increase', (text) => {
  expect(() => parseLimits([], [text])).toThrow(expect.objectContaining({code: 'INVALID_LIMIT'}))
})

test('one currency has one monthly limit', () => {
  expect(() => parseLimits(['5', '6 CNY', '$7'], [])).toThrow(/twice in USD/)
})
