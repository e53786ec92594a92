import {expect, test} from 'vitest'
import {type BilledTokens, collectedCost} from '../../../../src/lib/batch/collect/collected-cost.js'
import {decimal} from '../../../../src/lib/core/decimal.js'
import type {PriceBook, Rate} from '../../../../src/lib/prices/price-book.js'

const MODEL = 'amazon.nova-lite-v1:0'
const USED: BilledTokens = {
  input: 2_000_000,
  output: 1_000_000,
  uncounted: 0,
  tier: 'batch',
  modelId: MODEL,
  billed: {modelId: MODEL, profileId: undefined, route: 'in-region', region: 'us-east-1'},
}

function bookOf(amounts: Readonly<Record<string, string>>, currency = 'USD'): PriceBook {
  const rate = (amount: string): Rate => ({
    amount: decimal(amount),
    per: 1_000_000,
    unit: '1M tokens',
    currency,
    sku: null,
    asOf: '2026-11-01',
    sources: ['Price List'],
    confidence: 'high',
    note: null,
  })
  return {
    rate: ({of, tier}) => (tier === 'batch' && amounts[of] !== undefined ? rate(amounts[of]) : undefined),
    sold: () => [],
    rows: () => [],
    subjects: [],
  }
}

test('tokens come to what the batch rows of the book say', () => {
  const cost = collectedCost([USED, USED], bookOf({input: '0.03', output: '0.12'}))

  expect(cost).toEqual({amount: 0.36, currency: 'USD', source: 'Price List', asOf: '2026-11-01', why: null})
})

test.each([
  ['no batch price is known', [USED], bookOf({input: '0.03'})],
  ['no batch price is known', [{...USED, billed: undefined}], bookOf({input: '0.03', output: '0.12'})],
  ['1,200 answers do not tell', [{...USED, uncounted: 1200}], bookOf({input: '0.03', output: '0.12'})],
  ['no tokens were counted', [{...USED, input: 0, output: 0}], bookOf({})],
  ['no price book', [USED], undefined],
] as const)('where %s there is no amount', (why, jobs, book) => {
  const cost = collectedCost(jobs, book)

  expect(cost.amount).toBeNull()
  expect(cost.why).toContain(why)
})
