import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {decimal, roundedUp, sumOf, toNumber} from '../../../src/lib/core/decimal.js'
import {parseMonthlyVolume, parseQuantity, parseShare} from '../../../src/lib/core/quantity.js'

describe('a quantity', () => {
  test.each([
    ['1500', '1500'],
    ['1,500', '1500'],
    ['1_500', '1500'],
    ['200k', '200000'],
    ['1.5M', '1500000'],
    ['2B', '2000000000'],
    ['.5', '0.5'],
    [' 7 ', '7'],
  ])('%s is %s', (text, expected) => {
    expect(parseQuantity(text)?.toString()).toBe(expected)
  })

  test.each(['', '-1', '1e6', '1,50', '1k5', 'many', '1 000', 'NaN', 'Infinity', '9999999999999B', '0x10'])(
    '“%s” is none',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined()
    },
  )
})

describe('a volume of a month', () => {
  test.each([
    ['200k/month', '200000'],
    ['200k', '200000'],
    ['1/s', '2628000'],
    ['1/min', '43800'],
    ['1/hour', '730'],
    ['24/day', '730'],
    ['1200 / h', '876000'],
  ])('%s is %s', (text, expected) => {
    expect(parseMonthlyVolume(text)?.toString()).toBe(expected)
  })

  test.each(['3/fortnight', '/s', '3/s/s', '-3/s', '3/'])('“%s” is none', (text) => {
    expect(parseMonthlyVolume(text)).toBeUndefined()
  })
})

describe('a share', () => {
  test.each([
    ['80%', '0.8'],
    ['0.8', '0.8'],
    ['1', '1'],
    ['100%', '1'],
    ['0', '0'],
    ['12.5 %', '0.125'],
  ])('%s is %s', (text, expected) => {
    expect(parseShare(text)?.toString()).toBe(expected)
  })

  test.each(['80', '101%', '-5%', '1.01', 'most'])('“%s” is none', (text) => {
    expect(parseShare(text)).toBeUndefined()
  })
})

describe('decimals', () => {
  const amount = fc.integer({min: 0, max: 1_000_000_000}).map((micros) => decimal(micros).div(1_000_000))

  test('sums do not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        expect(sumOf(amounts).eq(sumOf(amounts.toReversed()))).toBe(true)
      }),
    )
  })

  test('an amount comes out of JSON as it went in', () => {
    fc.assert(
      fc.property(amount, (value) => {
        expect(decimal(JSON.parse(JSON.stringify(toNumber(value)))).eq(value)).toBe(true)
      }),
    )
  })

  test('0.1 and 0.2 are 0.3', () => {
    expect(decimal(0.1).plus(0.2).eq('0.3')).toBe(true)
    expect(roundedUp(decimal('5.0001')).toString()).toBe('6')
    expect(roundedUp(decimal(5)).toString()).toBe('5')
  })
})
