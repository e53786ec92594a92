import {expect, test} from 'vitest'
import ce from '../../../../src/lib/sandbox/fakes/cost-explorer.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const usage = [{model: 'amazon.nova-test-v1:0', perHour: 5000, inputTokens: 400, outputTokens: 100}]
const spend = [{service: 'Amazon EC2', usageType: 'BoxUsage', region: 'us-east-1', usdPerDay: 10}]
// The clock stands at 2026-11-21T12:00Z.
const steady = aWorld({cost: {spend}})
const used = aWorld({regions: {'us-east-1': {usage}}})
const base = {
  TimePeriod: {Start: '2026-11-21', End: '2026-12-01'},
  Metric: 'UNBLENDED_COST' as const,
  Granularity: 'DAILY' as const,
}

test('the days ahead cost what the days behind did', async () => {
  const forecast = await ask(ce, 'GetCostForecast', base, steady.context())

  expect(forecast.Total).toEqual({Amount: '100', Unit: 'USD'})
  expect(forecast.ForecastResultsByTime).toHaveLength(10)
  expect(forecast.ForecastResultsByTime?.[0]).toEqual({
    TimePeriod: {Start: '2026-11-21', End: '2026-11-22'},
    MeanValue: '10',
  })
})

test('an interval is as wide as the days differ and as sure as it is asked to be', async () => {
  const width = async (PredictionIntervalLevel: number) => {
    const forecast = await ask(ce, 'GetCostForecast', {...base, PredictionIntervalLevel}, used.context())
    const {
      MeanValue,
      PredictionIntervalLowerBound: low,
      PredictionIntervalUpperBound: high,
    } = forecast.ForecastResultsByTime?.[0] ?? {}
    expect(Number(low)).toBeLessThan(Number(MeanValue))
    expect(Number(high)).toBeGreaterThan(Number(MeanValue))
    return Number(high) - Number(low)
  }

  // 1.2816 and 2.5758 standard deviations of a normal distribution.
  expect((await width(99)) / (await width(80))).toBeCloseTo(2.5758 / 1.2816, 1)
})

test('months are as far as they are asked for', async () => {
  const TimePeriod = {Start: '2026-11-21', End: '2027-01-01'}
  const {ForecastResultsByTime} = await ask(
    ce,
    'GetCostForecast',
    {...base, Granularity: 'MONTHLY', TimePeriod},
    steady.context(),
  )

  expect(ForecastResultsByTime?.map(({MeanValue}) => MeanValue)).toEqual(['100', '310'])
})

test.each([
  [{TimePeriod: {Start: '2026-11-19', End: '2026-12-01'}}, 'Earliest supported Start is 2026-11-20'],
  [
    {TimePeriod: {Start: '2026-12-01', End: '2026-12-01'}},
    'Requested Start: 2026-12-01 must be before requested End: 2026-12-01',
  ],
  [{TimePeriod: {Start: '2026-12-01', End: '2027-02-22'}}, 'Latest supported End is 2027-02-21'],
  [{Granularity: 'HOURLY' as const}, 'Only DAILY and MONTHLY granularities are supported for forecasts'],
  [{Metric: 'USAGE_QUANTITY' as const}, expect.stringMatching(/^Metric USAGE_QUANTITY is invalid/)],
])('%j is refused', async (change, message) => {
  await expect(ask(ce, 'GetCostForecast', {...base, ...change}, steady.context())).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  })
})

test('less than a full billing cycle behind is too little to go by', async () => {
  const young = aWorld({cost: {spend: spend.map((one) => ({...one, since: '2026-10-15'}))}})

  await expect(ask(ce, 'GetCostForecast', base, young.context())).rejects.toMatchObject({
    name: 'DataUnavailableException',
    message: 'Insufficient amount of historical data',
  })
})
