import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {rateOf, ratesByTier} from '../../../../../src/lib/monitor/board/prices/rate-of.js'
import {LAST, lastMinutes, NOW, ratePrice, trafficMinute, trafficRow} from '../../../../support/board-money.js'

describe('what a row costs an hour', () => {
  test('its tokens of five minutes at the four prices, times twelve, and times 730 a month', () => {
    // A minute: 1000 × $3 + 300 × $15 + 5000 × $0.30 + 200 × $3.75, each for a million: $0.00975.
    const rate = rateOf(trafficRow(), [ratePrice()], NOW)

    expect([rate.perHour?.toFixed(), rate.perMonth?.toFixed(), rate.currency]).toEqual(['0.585', '427.05', 'USD'])
    expect([rate.missing, rate.minutes]).toEqual([[], [LAST - 4, LAST]])
  })

  test('minutes without calls count as such', () => {
    expect(rateOf(trafficRow({minutes: [trafficMinute(LAST)]}), [ratePrice()], NOW).perHour?.toFixed()).toBe('0.117')
  })

  test('a price that is missing leaves the whole unknown, names itself, and what is known stays', () => {
    const rate = rateOf(trafficRow(), [ratePrice({cacheRead: null, why: 'no such price'})], NOW)

    expect([rate.perHour, rate.perMonth, rate.knownPerHour.toFixed()]).toEqual([null, null, '0.495'])
    expect(rate.missing).toEqual(['price of tokens read from the cache: no such price'])
  })

  test('a price that is not needed may be missing', () => {
    const row = trafficRow({minutes: lastMinutes({cacheRead: 0, cacheWrite: null})})

    expect(rateOf(row, [ratePrice({cacheRead: null, cacheWrite: null})], NOW).perHour?.toFixed()).toBe('0.45')
  })

  test.each([
    ['prices were not read yet', undefined, 'the prices are not read yet'],
    ['the id was not looked up yet', [], 'it was not looked up yet'],
    ['the id is of another endpoint', [ratePrice({endpoint: 'mantle'})], 'it was not looked up yet'],
  ] as const)('unknown where %s', (_, prices, why) => {
    const rate = rateOf(trafficRow(), prices, NOW)

    expect([rate.perHour, rate.missing[0]]).toEqual([null, expect.stringContaining(why)])
  })

  test('calls without a metric of tokens are not free', () => {
    const row = trafficRow({minutes: lastMinutes({input: null, output: null, cacheRead: null, cacheWrite: null})})

    expect(rateOf(row, [ratePrice()], NOW)).toMatchObject({
      perHour: null,
      missing: ['what was used: no metric tells its tokens'],
    })
  })
})

describe('tiers', () => {
  const flex = ratePrice({tier: 'flex', input: '1.5', output: '7.5'})
  const served = lastMinutes({input: 400, output: 100, cacheRead: 0, cacheWrite: 0})
  const tiers = [trafficRow({tier: 'flex', minutes: served}), trafficRow({tier: 'default'})]

  test('what a named tier served is priced as its own, and the rest as standard', () => {
    // Less by half of 400 × $3 + 100 × $15 for a million, each minute: $0.00135.
    const rate = rateOf(trafficRow(), [ratePrice(), flex], NOW, tiers)

    expect(rate.perHour?.toFixed()).toBe('0.504')
  })

  test('tier by tier they come to the whole, whatever was used', () => {
    const tokens = fc.record({
      input: fc.nat(1_000_000),
      output: fc.nat(1_000_000),
      cacheRead: fc.nat(1_000_000),
      cacheWrite: fc.nat(1_000_000),
    })
    fc.assert(
      fc.property(tokens, tokens, (all, part) => {
        const row = trafficRow({minutes: lastMinutes(all)})
        const named = [trafficRow({tier: 'flex', minutes: lastMinutes(part)})]
        const prices = [ratePrice(), flex]
        const sum = ratesByTier(row, prices, NOW, named).reduce(
          (total, {rate}) => total + Number(rate.knownPerHour.toFixed(9)),
          0,
        )

        expect(sum).toBeCloseTo(Number(rateOf(row, prices, NOW, named).knownPerHour.toFixed(9)), 6)
      }),
      {numRuns: 50},
    )
  })
})

test('amounts of two currencies are not added', () => {
  const yuan = ratePrice({tier: 'flex', currency: 'CNY'})
  const named = [trafficRow({tier: 'flex', minutes: lastMinutes({input: 400, output: 100})})]
  const rate = rateOf(trafficRow(), [ratePrice(), yuan], NOW, named)

  expect([rate.perHour, rate.missing]).toEqual([null, ['a sum: prices are in USD and CNY']])
})

test.each(['provisioned', 'imported'] as const)(
  'tokens of what is %s cost nothing, and no price is missing',
  (kind) => {
    const rate = rateOf(trafficRow({about: {kind}}), undefined, NOW)

    expect(rate).toMatchObject({isByTheHour: true, missing: []})
    expect(rate.perHour?.toFixed()).toBe('0')
  },
)
