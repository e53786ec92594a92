import {expect, test} from 'vitest'
import type {CatalogPrice} from '../../../../src/lib/catalog/catalog.schema.js'
import {groupRows} from '../../../../src/lib/cost/prices/group-rows.js'
import {listPrices, type PricesInput} from '../../../../src/lib/cost/prices/list-prices.js'
import {createPriceBook} from '../../../../src/lib/prices/price-book.js'

const NONE = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null}

function price(differs: Partial<CatalogPrice>): CatalogPrice {
  return {
    modelId: 'anthropic.one',
    profileId: null,
    region: 'us-east-1',
    routing: 'in-region',
    tier: 'standard',
    meter: 'tokens',
    variant: null,
    unit: '1M tokens',
    currency: 'USD',
    amount: {...NONE, input: 3, output: 15},
    skus: null,
    note: null,
    asOf: '2026-11-20',
    sources: ['a list'],
    confidence: 'high',
    ...differs,
  }
}

const PRICES = [
  price({}),
  price({routing: 'geo'}),
  price({region: 'eu-west-1'}),
  price({region: 'eu-west-1', routing: 'geo'}),
  price({region: '*', routing: 'global', amount: {...NONE, input: 2.5, output: 12}}),
  price({region: null, tier: 'batch'}),
  price({tier: 'standard:input>200000', amount: {...NONE, input: 6}}),
  price({
    ...{routing: null, tier: 'provisioned', meter: 'model-unit-hour', variant: '1-month', unit: 'model unit hour'},
    ...{amount: {...NONE, unit: 20}, skus: {unit: 'SKU1'}, sources: ['AWS Price List AmazonBedrock, published 2026']},
  }),
]

function sheet(differs: Partial<PricesInput> = {}) {
  const subject = {id: 'anthropic.one', name: 'One', profileId: undefined}
  return listPrices(
    {subject, regions: [], route: undefined, tier: undefined, meter: undefined, unparsed: false, ...differs},
    {
      book: createPriceBook(PRICES),
      origin: {kind: 'bundle', asOf: '2026-11-21', why: null},
      lists: [
        {
          ...{
            offer: 'AmazonBedrock',
            region: 'us-east-1',
            readAt: '2026-11-21T00:00:00Z',
            publishedOn: null,
            prices: [],
          },
          unparsed: [{usageType: 'New-meter', name: null, reason: 'unknown unit', products: 2}],
        },
      ],
      secondOpinion: async () => null,
      simulated: () => false,
    },
  )
}

test('every price is a row of one kind, tokens before other meters', async () => {
  const {rows, unread} = await sheet()

  expect(rows.map(({kind, meter}) => `${meter} ${kind}`).at(0)).toBe('tokens input')
  expect(rows.at(-1)).toMatchObject({meter: 'model-unit-hour', amount: 20, sku: 'SKU1', offer: 'AmazonBedrock'})
  expect(unread).toEqual([])
})

test('a Region keeps its own prices and those of any, never those of an unknown group', async () => {
  const {rows} = await sheet({regions: ['eu-west-1']})

  expect(new Set(rows.map(({region}) => region))).toEqual(new Set(['eu-west-1', '*']))
})

test.each([
  [{route: 'global'} as const, ['global', null]],
  [{tier: 'batch'}, ['in-region']],
  [{meter: 'model-unit-hour'} as const, [null]],
])('%j keeps the routes %j', async (filter, routes) => {
  expect(new Set((await sheet(filter)).rows.map(({route}) => route))).toEqual(new Set(routes))
})

test('a tier has its prices for longer prompts too', async () => {
  expect((await sheet({tier: 'standard'})).rows.map(({tier}) => tier)).toContain('standard:input>200000')
})

test('no known price is told, with how many there are without the filters', async () => {
  const {rows, unread} = await sheet({regions: ['sa-east-1'], route: 'mantle', meter: 'tokens'})

  expect(rows).toEqual([])
  expect(unread).toMatchObject([{code: 'NO_PRICE', region: 'sa-east-1'}])
  expect(unread[0]?.reason).toContain('no price of anthropic.one (sa-east-1, mantle, tokens) is known')
})

test('what is not understood is listed when it is asked for', async () => {
  expect((await sheet()).unparsed).toBeNull()
  expect((await sheet({unparsed: true})).unparsed).toEqual([
    {
      offer: 'AmazonBedrock',
      region: 'us-east-1',
      usageType: 'New-meter',
      name: null,
      reason: 'unknown unit',
      products: 2,
    },
  ])
})

test('equal prices of several Regions and routes are one line', async () => {
  const groups = groupRows((await sheet({meter: 'tokens'})).rows)

  expect(groups.map(({amount, regions, routes}) => [routes, regions, amount])).toEqual([
    [['in-region', 'geo'], ['eu-west-1', 'us-east-1'], {input: 3, output: 15}],
    [['in-region'], ['us-east-1'], {input: 6}],
    [['in-region'], [null], {input: 3, output: 15}],
    [['global'], ['*'], {input: 2.5, output: 12}],
  ])
})
