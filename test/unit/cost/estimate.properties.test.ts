import fc from 'fast-check'
import {expect, test} from 'vitest'
import {monthOf, type ShortPrice} from '../../support/cost-case.js'

const MODEL = 'amazon.nova-lite-v1:0'
const price = fc.integer({min: 0, max: 5_000_000}).map((millionths) => millionths / 1_000_000)
const prices = fc
  .record({input: price, output: price, cacheRead: price, cacheWrite: price})
  .map((amount): readonly ShortPrice[] => [{modelId: MODEL, amount}])
const count = fc.integer({min: 0, max: 10_000_000})
const workload = fc
  .record({
    requests: count,
    inputTokens: fc.integer({min: 0, max: 100_000}),
    outputTokens: fc.integer({min: 0, max: 100_000}),
    share: fc.integer({min: 0, max: 100}),
    hitRate: fc.integer({min: 0, max: 100}),
  })
  .map(({hitRate, share, ...rest}) => ({
    ...{kind: 'inference', model: MODEL},
    ...rest,
    cache: {share: `${share}%`, ttl: '5m', hitRate: `${hitRate}%`},
  }))

test('more requests never cost less, and twice as many cost twice as much', () => {
  fc.assert(
    fc.property(prices, workload, count, (list, one, more) => {
      const month = monthOf([one], list)
      const twice = monthOf([{...one, requests: one.requests * 2}], list)

      expect(monthOf([{...one, requests: one.requests + more}], list).gte(month)).toBe(true)
      expect(twice.eq(month.times(2))).toBe(true)
    }),
  )
})

test('two workloads cost what each costs', () => {
  fc.assert(
    fc.property(prices, workload, workload, (list, one, other) => {
      const apart = monthOf([one], list).plus(monthOf([other], list))

      expect(monthOf([one, other], list).eq(apart)).toBe(true)
    }),
  )
})

test('where all tokens cost the same, it does not matter what is cached', () => {
  fc.assert(
    fc.property(price, workload, (same, one) => {
      const list = [{modelId: MODEL, amount: {input: same, output: same, cacheRead: same, cacheWrite: same}}]

      expect(monthOf([one], list).eq(monthOf([{...one, cache: undefined}], list))).toBe(true)
    }),
  )
})
