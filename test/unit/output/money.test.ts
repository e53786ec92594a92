import {expect, test} from 'vitest'
import {formatAmounts, formatCount, formatMoney, formatPrice} from '../../../src/lib/output/money.js'

test.each([
  [0, '$0.00'],
  [1234.5, '$1,234.50'],
  [0.0033, '$0.0033'],
  [0.011022, '$0.011'],
  [-12.345, '-$12.35'],
  [1e-9, '$0.000000001'],
])('%d is %s', (amount, text) => {
  expect(formatMoney(amount, 'USD')).toBe(text)
})

test('other currencies go by their code', () => {
  expect(formatMoney(12, 'CNY')).toBe('CNY 12.00')
})

test('a price is not rounded', () => {
  expect(formatPrice(0.0594, 'USD')).toBe('$0.0594')
  expect(formatPrice(3.3, 'USD')).toBe('$3.30')
})

test.each([
  [7, '7'],
  [7.25, '7.25'],
  [3500, '3,500'],
  [48_000, '48.0 k'],
  [120_000_000, '120.0 M'],
  [2_410_000_000, '2.41 B'],
])('%d is counted as %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})

test.each([
  ['cents, where they come to a unit or more', [13.14, 0.934, 0.004], ['$13.14', '$0.93', '<$0.01']],
  ['digits alike, where they come to less', [0.0535, 0.00162], ['$0.0535', '$0.0016']],
  ['cents, where there is nothing', [0], ['$0.00']],
])('a column has %s', (_what, amounts, texts) => {
  const format = formatAmounts(amounts)

  expect(amounts.map((amount) => format(amount, 'USD'))).toEqual(texts)
})
