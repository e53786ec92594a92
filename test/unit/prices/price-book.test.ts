import {describe, expect, test} from 'vitest'
import type {RateQuery} from '../../../src/lib/prices/price-book.js'
import {bookOf, type ShortPrice} from '../../support/cost-case.js'

const MODEL = 'amazon.one-v1:0'
const asked: RateQuery = {
  modelId: MODEL,
  meter: 'tokens',
  of: 'input',
  variant: null,
  region: 'eu-central-1',
  route: 'in-region',
  tier: 'standard',
}

function amountOf(prices: readonly Omit<ShortPrice, 'modelId'>[], query: Partial<RateQuery> = {}): string | undefined {
  const book = bookOf(prices.map((price) => ({modelId: MODEL, ...price})))
  return book.rate({...asked, ...query})?.amount.toString()
}

describe('the book', () => {
  test('prefers the Region’s own price to one for any Region', () => {
    const prices = [{amount: {input: 1}}, {region: 'eu-central-1', amount: {input: 2}}]

    expect(amountOf(prices)).toBe('2')
    expect(amountOf(prices, {region: 'us-east-1'})).toBe('1')
  })

  test('never takes a price of a Region group that is not known', () => {
    expect(amountOf([{region: null, amount: {input: 1}}])).toBeUndefined()
  })

  test('has no price for another tier, route or variant, and derives none', () => {
    const prices = [{routing: 'in-region', amount: {input: 1}}] as const

    expect(amountOf(prices, {tier: 'batch'})).toBeUndefined()
    expect(amountOf(prices, {route: 'global'})).toBeUndefined()
    expect(amountOf(prices, {route: 'mantle'})).toBeUndefined()
    expect(amountOf(prices, {variant: 'custom-model'})).toBeUndefined()
    expect(amountOf(prices, {of: 'cacheRead'})).toBeUndefined()
  })

  test('bills a geographic call at the In-Region rate of its source where the list tells no other', () => {
    expect(amountOf([{routing: 'in-region', amount: {input: 1}}], {route: 'geo'})).toBe('1')
    expect(
      amountOf(
        [
          {routing: 'in-region', amount: {input: 1}},
          {routing: 'geo', amount: {input: 2}},
        ],
        {route: 'geo'},
      ),
    ).toBe('2')
  })

  test('takes the price of long prompts only beyond their length', () => {
    const prices = [{amount: {input: 1}}, {tier: 'standard:input>200000', amount: {input: 2}}]

    expect(amountOf(prices, {inputTokens: 200_000})).toBe('1')
    expect(amountOf(prices, {inputTokens: 200_001})).toBe('2')
    expect(amountOf(prices)).toBe('1')
  })

  test('has no price for a long prompt whose kind is sold for short ones only', () => {
    const prices = [{amount: {cacheRead: 1}}, {tier: 'standard:input>200000', amount: {input: 2}}]

    expect(amountOf(prices, {of: 'cacheRead', inputTokens: 300_000})).toBeUndefined()
  })

  test('tells what is sold, each combination once', () => {
    const book = bookOf([
      {modelId: MODEL, routing: 'geo', amount: {input: 1}},
      {modelId: MODEL, routing: 'geo', amount: {output: 2}},
      {modelId: MODEL, routing: 'geo', tier: 'batch', amount: {input: 1}},
    ])

    expect(book.sold(MODEL, 'tokens')).toEqual([
      {region: '*', routing: 'geo', tier: 'standard', variant: null},
      {region: '*', routing: 'geo', tier: 'batch', variant: null},
    ])
    expect(book.sold('amazon.two-v1:0', 'tokens')).toEqual([])
  })
})
