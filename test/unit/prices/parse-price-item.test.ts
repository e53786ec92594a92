import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {foldPrices} from '../../../src/lib/prices/fold-prices.js'
import {modelNames} from '../../../src/lib/prices/model-names.js'
import {type ParsedPrice, parsePriceItem} from '../../../src/lib/prices/parse-price-item.js'
import amazonBedrock from '../../cases/prices/amazon-bedrock.json' with {type: 'json'}
import foundationModels from '../../cases/prices/foundation-models.json' with {type: 'json'}

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

test('whatever a list holds is a price or counted, never a crash', () => {
  const products = [...amazonBedrock, ...foundationModels].map(({item}) => item)
  const mutated = fc
    .tuple(fc.constantFrom(...products), fc.jsonValue(), fc.nat(400))
    .map(([item, value, at]) => replaceAt(item, value, at))

  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated), (item) => {
      const parsed = parsePriceItem(item, names)
      expect(parsed.kind === 'unparsed' || parsed.modelId !== '').toBe(true)
    }),
    {numRuns: 500},
  )
})

/** The document with its `at`th value, in depth-first order, replaced. */
function replaceAt(item: object, value: unknown, at: number): unknown {
  let left = at % JSON.stringify(item).split(':').length
  return JSON.parse(JSON.stringify(item), (_, old: unknown) => (left-- === 0 ? value : old))
}

describe('foldPrices', () => {
  const [input, output] = amazonBedrock.map(({item}) => item)

  test('one row for each model, routing and tier, with the newest publication', () => {
    const {prices, publishedOn, unparsed} = foldPrices([input, output], 'us-east-1', names)

    expect(prices).toEqual([
      {
        modelId: 'amazon.nova-pro-v1:0',
        routing: 'regional',
        tier: 'standard',
        meter: 'tokens',
        variant: null,
        currency: 'USD',
        amount: {input: 0.8, output: 3.2},
        skus: expect.any(Object),
      },
    ])
    expect([publishedOn, unparsed]).toEqual(['2026-11-18', []])
  })

  test('the same price twice is one price', () => {
    expect(foldPrices([input, input], 'us-east-1', names).prices).toHaveLength(1)
  })

  test('two prices for one thing are both told and neither is believed', () => {
    const dearer = JSON.parse(JSON.stringify(input).replace('0.0008000000', '0.0009000000')) as unknown

    const {prices, unparsed} = foldPrices([input, dearer], 'us-east-1', names)

    expect(prices).toEqual([])
    expect(unparsed.map(({reason, products}) => [reason, products])).toEqual([['conflicting prices', 2]])
  })

  test('prices of other Regions are left to their own lists', () => {
    expect(foldPrices([input], 'eu-central-1', names)).toMatchObject({prices: [], unparsed: []})
  })
})
