import {describe, expect, test} from 'vitest'
import {ownPricesSchema} from '../../../src/lib/cost/own-prices/own-prices.schema.js'
import {withOwnPrices} from '../../../src/lib/cost/own-prices/with-own-prices.js'
import type {RateQuery} from '../../../src/lib/prices/price-book.js'
import {bookOf} from '../../support/cost-case.js'

const MODEL = 'amazon.nova-lite-v1:0'
const asked: RateQuery = {
  modelId: MODEL,
  meter: 'tokens',
  of: 'input',
  variant: null,
  region: 'us-east-1',
  route: 'in-region',
  tier: 'standard',
}
const listed = bookOf([{modelId: MODEL, amount: {input: 0.06, output: 0.24}}])

function rateOf(own: readonly object[], query: Partial<RateQuery> = {}) {
  return withOwnPrices(listed, ownPricesSchema.parse(own), 'workloads.yaml').rate({...asked, ...query})
}

describe('a price of one’s own', () => {
  test('wins over the list, and says where it stands', () => {
    const rate = rateOf([{model: MODEL, input: 0.05}])

    expect(rate).toMatchObject({sources: ['workloads.yaml'], note: 'your own price', currency: 'USD'})
    expect(rate?.amount.toString()).toBe('0.05')
  })

  test('leaves to the list what it does not name', () => {
    expect(rateOf([{model: MODEL, input: 0.05}], {of: 'output'})?.amount.toString()).toBe('0.24')
    expect(rateOf([{model: MODEL, region: 'eu-west-1', input: 0.05}])?.amount.toString()).toBe('0.06')
    expect(rateOf([{model: MODEL, route: 'global', input: 0.05}])?.amount.toString()).toBe('0.06')
    expect(rateOf([{model: MODEL, tier: 'batch', input: 0.05}])?.amount.toString()).toBe('0.06')
  })

  test('may price what no list prices', () => {
    const own = [{model: 'guardrails', meter: 'guardrail-text-unit', variant: 'content', unit: 0.12}]
    const query = {modelId: 'guardrails', meter: 'guardrail-text-unit', of: 'unit', variant: 'content'} as const

    expect(rateOf(own, query)).toMatchObject({per: 1000, unit: '1,000 text units'})
  })

  test('is sold where it holds', () => {
    const own = ownPricesSchema.parse([{model: MODEL, tier: 'flex', input: 0.03}])

    expect(withOwnPrices(listed, own, '').sold(MODEL, 'tokens')).toContainEqual({
      ...{region: '*', routing: null, tier: 'flex', variant: null},
    })
  })

  test.each([
    [{model: MODEL}, 'give input, output or cache prices of tokens'],
    [{model: MODEL, unit: 3}, 'give input, output or cache prices of tokens'],
    [{model: MODEL, meter: 'generated-image', input: 3}, 'give the price of generated-image as unit'],
    [{model: MODEL, input: -3}, 'no amount'],
  ])('%o is refused', (own, why) => {
    const {error} = ownPricesSchema.safeParse([own])

    expect(error?.issues.map(({message}) => message).join()).toContain(why)
  })
})
