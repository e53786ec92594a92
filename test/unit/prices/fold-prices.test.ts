import fc from 'fast-check'
import {expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {foldPrices} from '../../../src/lib/prices/fold-prices.js'
import {modelNames} from '../../../src/lib/prices/model-names.js'
import {buildProduct} from './build-product.js'

const names = modelNames(await openCatalog())
const fold = (...items: readonly unknown[]) => foldPrices(items, 'us-east-1', names)

test('one row for each model, routing and tier, with the newest publication', () => {
  const {prices, publishedOn, unparsed} = fold(
    buildProduct({usageType: 'USE1-NovaPro-input-tokens', price: {USD: '0.0008'}, sku: 'ONE'}),
    buildProduct({
      usageType: 'USE1-NovaPro-output-tokens',
      price: {USD: '0.0032'},
      sku: 'TWO',
      publicationDate: '2026-11-19T00:00:00Z',
    }),
  )

  expect(prices).toEqual([
    {
      modelId: 'amazon.nova-pro-v1:0',
      routing: 'regional',
      tier: 'standard',
      meter: 'tokens',
      variant: null,
      currency: 'USD',
      amount: {input: 0.8, output: 3.2},
      skus: {input: 'ONE', output: 'TWO'},
    },
  ])
  expect([publishedOn, unparsed]).toEqual(['2026-11-19', []])
})

test('the same price twice is one price', () => {
  expect(fold(buildProduct({}), buildProduct({sku: 'OTHER'})).prices).toHaveLength(1)
})

test('two prices for one thing are both told and neither is believed', () => {
  const {prices, unparsed} = fold(buildProduct({}), buildProduct({price: {USD: '0.0009'}}))

  expect(prices).toEqual([])
  expect(unparsed).toEqual([
    {usageType: 'NovaPro-input-tokens', name: 'amazon.nova-pro-v1:0', reason: 'conflicting prices', products: 2},
  ])
})

test('a row for each currency of a price', () => {
  const {prices} = fold(buildProduct({price: {USD: '0.0008', CNY: '0.0058'}}))

  expect(prices.map(({currency, amount}) => [currency, amount.input])).toEqual([
    ['CNY', 5.8],
    ['USD', 0.8],
  ])
})

test('what other Regions sell is left to their own lists, understood or not', () => {
  const there = {region: 'eu-central-1'}
  const items = [buildProduct(there), buildProduct({...there, usageType: 'EUC1-NovaPro-input-tokens-turbo'})]

  expect(fold(...items)).toMatchObject({prices: [], unparsed: []})
})

test('a cache write of thirty minutes is the plain one where no shorter is sold', () => {
  const half = 'USE1-openai.gpt-5.6-terra-mantle-cache-write-tokens-30m-standard'
  const five = 'USE1-openai.gpt-5.6-terra-mantle-cache-write-tokens-5m-standard'
  const written = (...usageTypes: readonly string[]) =>
    fold(...usageTypes.map((usageType) => buildProduct({usageType}))).prices.map(({variant, amount}) => [
      variant,
      amount,
    ])

  expect(written(half)).toEqual([[null, {cacheWrite: 0.8}]])
  expect(written(half, five)).toEqual([
    [null, {cacheWrite: 0.8}],
    ['cache-30m', {cacheWrite: 0.8}],
  ])
})

test('the two prices of a model on mantle, regional and Global, stay apart', () => {
  const {prices} = fold(
    buildProduct({usageType: 'USE1-xai.grok-4.7-mantle-input-tokens-standard', price: {USD: '0.0022'}}),
    buildProduct({usageType: 'USE1-xai.grok-4.7-mantle-input-tokens-global-standard', price: {USD: '0.002'}}),
  )

  expect(prices.map(({routing, variant, amount}) => [routing, variant, amount.input])).toEqual([
    ['mantle', null, 2.2],
    ['mantle', 'global', 2],
  ])
})

test('every product is in the rows once or among the unparsed once', () => {
  const product = fc.record({
    usageType: fc.constantFrom(
      'USE1-NovaPro-input-tokens',
      'USE1-NovaPro-output-tokens-batch',
      'USE1-NovaPro-cache-write-input-token-count',
      'USE1-Guardrail-TopicPolicyUnitsConsumed',
      'USE1-NovaPro-mood-tokens',
      'USE1-xai.grok-4.7-mantle-cache-write-tokens-30m-standard',
      'USE1-xai.grok-4.7-mantle-cache-write-tokens-5m-standard',
    ),
    unit: fc.constantFrom('1K tokens', 'TextUnit', 'parsec'),
    price: fc.constantFrom({USD: '0.0008'}, {USD: '0.0009'}, {USD: '0', CNY: '0.1'}, {}),
    region: fc.constantFrom('us-east-1', 'us-west-2', ''),
  })

  fc.assert(
    fc.property(fc.uniqueArray(product, {selector: ({usageType}) => usageType}), (products) => {
      const {prices, unparsed} = fold(...products.map((one, index) => buildProduct({...one, sku: `SKU${index}`})))
      const places = prices.flatMap(({currency, skus}) => Object.values(skus).map((sku) => `${sku} ${currency}`))
      const understood = new Set(places.map((place) => place.split(' ')[0]))
      const refused = unparsed.reduce((sum, meter) => sum + meter.products, 0)
      const elsewhere = products.filter(({region}) => region === 'us-west-2').length
      expect(new Set(places).size).toBe(places.length)
      expect(understood.size + refused + elsewhere).toBe(products.length)
    }),
    {numRuns: 500},
  )
})
