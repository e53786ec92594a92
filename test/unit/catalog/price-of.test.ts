import {expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {pricesFor} from '../../../src/lib/catalog/price-of.js'
import {buildPrice} from './build-catalog.js'

const MODEL = 'amazon.one-v1:0'

test('only prices of the model itself are kept', () => {
  const prices = [buildPrice({modelId: 'amazon.one-v1:1'}), buildPrice({})]

  expect(pricesFor(prices, MODEL)).toEqual([prices[1]])
})

test('a Region keeps its own prices first, then those of any Region, never those of an unknown group', () => {
  const own = buildPrice({region: 'eu-west-1', confidence: 'low'})
  const any = buildPrice({region: '*', confidence: 'high'})
  const prices = [any, buildPrice({region: null}), buildPrice({region: 'us-east-1'}), own]

  expect(pricesFor(prices, MODEL, {region: 'eu-west-1'})).toEqual([own, any])
})

test('the more trusted price comes first, then the newer, an undated one last', () => {
  const undated = buildPrice({asOf: 'undated stored copy (autumn 2026)'})
  const old = buildPrice({asOf: '2026-07-24'})
  const recent = buildPrice({asOf: '2026-11-10'})
  const trusted = buildPrice({asOf: '2026-01-01', confidence: 'high'})

  expect(pricesFor([undated, old, recent, trusted], MODEL)).toEqual([trusted, recent, old, undated])
})

test('routing, tier and profile narrow the prices', () => {
  const eu = buildPrice({routing: 'geo', profileId: `eu.${MODEL}`})
  const us = buildPrice({routing: 'geo', profileId: `us.${MODEL}`})
  const batch = buildPrice({routing: 'geo', tier: 'batch'})
  const prices = [eu, us, batch, buildPrice({})]

  expect(pricesFor(prices, MODEL, {routing: 'geo', tier: 'standard', profileId: `eu.${MODEL}`})).toEqual([eu])
})

test('Sonnet 4.6 costs a tenth more from Frankfurt than through Global', async () => {
  const prices = await (await openCatalog()).prices()
  const input = (routing: 'geo' | 'global') =>
    pricesFor(prices, 'anthropic.claude-sonnet-4-6', {region: 'eu-central-1', routing, tier: 'standard'})[0]?.amount
      .input

  expect([input('geo'), input('global')]).toEqual([3.3, 3])
})
