import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {decimal} from '../../../src/lib/core/decimal.js'
import {foldPrices} from '../../../src/lib/prices/fold-prices.js'
import {modelNames} from '../../../src/lib/prices/model-names.js'
import {type ParsedPrice, parsePriceItem} from '../../../src/lib/prices/parse-price-item.js'
import amazonBedrock from '../../cases/prices/amazon-bedrock.json' with {type: 'json'}
import foundationModels from '../../cases/prices/foundation-models.json' with {type: 'json'}
import realProducts from '../../cases/prices/real-products.json' with {type: 'json'}
import {buildProduct} from './build-product.js'

interface PriceCase {
  readonly name: string
  readonly item: object
  readonly expected: Partial<ParsedPrice>
}

const names = modelNames(await openCatalog())

describe('products of AmazonBedrock', () => {
  test.each(amazonBedrock as readonly PriceCase[])('$name', ({item, expected}) => {
    expect(parsePriceItem(item, names)).toMatchObject(expected)
  })
})

describe('products of AmazonBedrockFoundationModels', () => {
  test.each(foundationModels as readonly PriceCase[])('$name', ({item, expected}) => {
    expect(parsePriceItem(item, names)).toMatchObject(expected)
  })
})

describe('real products, and what real ones were changed into', () => {
  test.each(realProducts as readonly PriceCase[])('$name', ({item, expected}) => {
    expect(parsePriceItem(item, names)).toMatchObject(expected)
  })
})

test('whatever a list holds is a price or counted, never a crash', () => {
  const products = [...amazonBedrock, ...foundationModels, ...realProducts].map(({item}) => item)
  const mutated = fc
    .tuple(fc.constantFrom(...products), fc.jsonValue(), fc.nat(400))
    .map(([item, value, at]) => replaceAt(item, value, at))

  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated), (item) => {
      const parsed = parsePriceItem(item, names)
      expect(parsed.kind === 'unparsed' || parsed.modelId !== '').toBe(true)
      expect(() => foldPrices([item], 'us-east-1', names)).not.toThrow()
    }),
    {numRuns: 500},
  )
})

/** The document with its `at`th value, in depth-first order, replaced. */
function replaceAt(item: object, value: unknown, at: number): unknown {
  let left = at % JSON.stringify(item).split(':').length
  return JSON.parse(JSON.stringify(item), (_, old: unknown) => (left-- === 0 ? value : old))
}

test('text that no screen holds is shortened where it is told', () => {
  const endless = 'X'.repeat(10_000_000)
  const item = {product: {attributes: {usagetype: endless, model: endless, regionCode: 'us-east-1'}, sku: endless}}

  const parsed = parsePriceItem(item, names)

  expect(parsed).toMatchObject({kind: 'unparsed', usageType: `${'X'.repeat(200)}…`, name: `${'X'.repeat(200)}…`})
})

test('a name for low latency is believed where the usage type says the same', () => {
  const product = (usageType: string) =>
    parsePriceItem(buildProduct({usageType, attributes: {model: 'Nova Pro Latency Optimized'}}), names)

  expect(product('USE1-NovaPro-input-tokens-latency-optimized')).toMatchObject({tier: 'latency-optimized'})
  expect(product('USE1-NovaPro-input-tokens')).toMatchObject({kind: 'unparsed', reason: 'unknown model'})
})

test('what is dear in yuan may be usual in dollars', () => {
  const cost = (price: Readonly<Record<string, string>>) =>
    parsePriceItem(buildProduct({price, unit: '1M tokens'}), names)

  expect(cost({CNY: '1080.0000000000'})).toMatchObject({kind: 'price', amounts: {CNY: 1080}})
  expect(cost({USD: '1080.0000000000'})).toMatchObject({kind: 'unparsed', reason: 'implausible price'})
})

test.each([
  ['0.0000720000', '1K tokens', 0.072],
  ['0.0000002', '1K tokens', undefined],
  ['0.1234567890', '1M tokens', 0.123456789],
  ['8e-07', 'tokens', 0.8],
  ['1E400', '1M tokens', undefined],
  ['-0.5', '1M tokens', undefined],
  ['0x1', '1M tokens', undefined],
  ['0.12345678901234567890123', '1M tokens', undefined],
])('%s for %s is %s a million', (text, unit, amount) => {
  const parsed = parsePriceItem(buildProduct({price: {USD: text}, unit}), names)

  expect(parsed.kind === 'price' ? parsed.amounts['USD'] : undefined).toBe(amount)
})

test('scaling moves the point and nothing else', () => {
  const digits = fc.tuple(fc.nat(9_999_999), fc.nat(8))
  const units = fc.constantFrom<readonly [string, number]>(['tokens', 6], ['1K tokens', 3], ['1M tokens', 0])

  fc.assert(
    fc.property(digits, units, ([mantissa, places], [unit, shift]) => {
      const text = shifted(String(mantissa), -places)
      const parsed = parsePriceItem(buildProduct({price: {USD: text}, unit}), names)
      fc.pre(parsed.kind === 'price')
      const amounts = Object.values(parsed.amounts).map((amount) => decimal(amount).toFixed())
      expect(amounts).toEqual([shifted(String(mantissa), shift - places)])
    }),
    {numRuns: 500},
  )
})

/** Digits with the point moved, without zeros that say nothing: 1234 by -2 is 12.34. */
function shifted(whole: string, by: number): string {
  const padded = by >= 0 ? `${whole}${'0'.repeat(by)}` : whole.padStart(1 - by, '0')
  const point = by >= 0 ? padded.length : padded.length + by
  const fraction = padded.slice(point).replace(/0+$/, '')
  return `${padded.slice(0, point).replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`
}
