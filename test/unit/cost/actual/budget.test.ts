import {describe, expect, test} from 'vitest'
import type {ActualForecast} from '../../../../src/lib/cost/actual/actual.schema.js'
import {judgeBudget, parseBudget} from '../../../../src/lib/cost/actual/budget.js'

const forecast = (soFar: number, month: number, over: Partial<ActualForecast> = {}): ActualForecast => ({
  source: 'cost-explorer',
  how: '',
  soFar: {currency: 'USD', amount: soFar},
  month: {currency: 'USD', amount: month},
  low: null,
  high: null,
  ...over,
})

describe('parseBudget', () => {
  test.each([
    ['5000', 5000],
    ['$5,000/month', 5000],
    ['12.50 USD / month', 12.5],
  ])('%s', (text, usd) => {
    expect(parseBudget(text)).toEqual({usd})
  })

  test.each(['', '0', '-5', '5000/year', 'EUR 5', '5,00', '1e3', '9'.repeat(400), '5/day'])('%s is refused', (text) => {
    expect(() => parseBudget(text)).toThrow(expect.objectContaining({code: 'NO_BUDGET'}))
  })
})

describe('judgeBudget', () => {
  test('within the budget so far and by every forecast', () => {
    expect(judgeBudget({usd: 100}, [forecast(40, 90), forecast(41, 100)])).toMatchObject({passed: true, failures: []})
  })

  test('one forecast beyond is enough to fail', () => {
    const {passed, failures} = judgeBudget({usd: 100}, [forecast(40, 90), forecast(41, 101, {source: 'metrics'})])

    expect([passed, failures]).toEqual([false, ['by metrics: $101.00 forecast']])
  })

  test('what is spent comes before what is forecast', () => {
    expect(judgeBudget({usd: 100}, [forecast(100.5, 200)]).failures).toEqual(['billed: $100.50 so far'])
  })

  test('nothing known, and another currency, pass no gate', () => {
    const yuan = {soFar: {currency: 'CNY', amount: 1}, month: {currency: 'CNY', amount: 2}}

    expect(judgeBudget({usd: 100}, []).passed).toBe(false)
    expect(judgeBudget({usd: 100}, [forecast(0, 0, yuan)]).passed).toBe(false)
  })
})

describe('what is not known of a month', () => {
  test('does not hide what was billed already', () => {
    const {passed, failures} = judgeBudget({usd: 100}, [forecast(150, 0, {month: null}), forecast(1, 2)])

    expect([passed, failures]).toEqual([false, ['billed: $150.00 so far']])
  })

  test('passes no gate where nobody forecasts, or something could not be read', () => {
    const billed = forecast(90, 0, {month: null})

    expect(judgeBudget({usd: 100}, [billed, forecast(1, 2, {source: 'metrics'})]).failures).toEqual([
      'what this month comes to is not known',
    ])
    expect(judgeBudget({usd: 100}, [forecast(1, 2)], ['the bill could not be read']).passed).toBe(false)
  })
})
