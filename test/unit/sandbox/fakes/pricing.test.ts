import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {productsOf} from '../../../../src/lib/sandbox/fakes/pricing/products.js'
import pricing from '../../../../src/lib/sandbox/fakes/pricing.js'
import {regionPrefix} from '../../../../src/lib/sandbox/world/usage-types.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const {context} = aWorld()
type Query = Parameters<NonNullable<typeof pricing.GetProducts>>[0]

interface Item {
  product: {sku: string; attributes: Record<string, string>}
  terms: {
    OnDemand: Record<
      string,
      {priceDimensions: Record<string, {unit: string; pricePerUnit: {USD: string}; description: string}>}
    >
  }
}

async function items(input: Query): Promise<Item[]> {
  const {PriceList = []} = await ask(pricing, 'GetProducts', input, context())
  return PriceList.map((text: unknown) => JSON.parse(String(text)) as Item)
}

function price({terms}: Item) {
  const [term] = Object.values(terms.OnDemand)
  const [dimension] = Object.values(term?.priceDimensions ?? {})
  return dimension && {unit: dimension.unit, usd: Number(dimension.pricePerUnit.USD)}
}

test('Amazon’s models are sold for a thousand tokens, their names in attributes', async () => {
  const Filters = [{Type: 'TERM_MATCH' as const, Field: 'regionCode', Value: 'eu-central-1'}]

  const [input, output, ...more] = await items({ServiceCode: 'AmazonBedrock', Filters})

  expect(more).toEqual([])
  expect(input?.product.attributes).toMatchObject({
    model: 'Nova Test',
    provider: 'Amazon',
    inferenceType: 'Input tokens',
    feature: 'On-demand Inference',
    usagetype: 'EUC1-NovaTest-input-tokens',
    regionCode: 'eu-central-1',
    servicename: 'Amazon Bedrock',
  })
  expect([input && price(input), output && price(output)]).toEqual([
    {unit: '1K tokens', usd: 0.000078},
    {unit: '1K tokens', usd: 0.000312},
  ])
})

test('a price for any Region becomes one for each Region that offers the model', async () => {
  const Filters = [{Type: 'TERM_MATCH' as const, Field: 'inferenceType', Value: 'Input tokens'}]

  const sold = await items({ServiceCode: 'AmazonBedrock', Filters})

  expect(Object.fromEntries(sold.map((item) => [item.product.attributes['regionCode'], price(item)?.usd]))).toEqual({
    'eu-central-1': 0.000078,
    'us-east-1': 0.00006,
    'us-gov-west-1': 0.00006,
  })
})

test('Marketplace models are sold for a million, known by servicename and usagetype only', async () => {
  const sold = await items({ServiceCode: 'AmazonBedrockFoundationModels'})

  expect(sold.map(({product}) => product.attributes['servicename'])).toEqual(
    Array(3).fill('Claude Test 1 (Amazon Bedrock Edition)'),
  )
  expect(Object.fromEntries(sold.map((item) => [item.product.attributes['usagetype'], price(item)]))).toEqual({
    'EUC1-MP:EUC1_InputTokenCount-Units': {unit: 'Units', usd: 3.3},
    'EUC1-MP:EUC1_CacheReadInputTokenCount-Units': {unit: 'Units', usd: 0.33},
    'EUC1-MP:EUC1_InputTokenCount_Global-Units': {unit: 'Units', usd: 3},
  })
  expect(sold.some(({product}) => 'model' in product.attributes)).toBe(false)
})

test.each([
  [{Type: 'CONTAINS', Field: 'usagetype', Value: 'Global'}, 1],
  [{Type: 'ANY_OF', Field: 'regionCode', Value: 'eu-central-1,us-east-1'}, 3],
  [{Type: 'NONE_OF', Field: 'regionCode', Value: 'eu-central-1'}, 0],
  [{Type: 'EQUALS', Field: 'servicename', Value: 'Claude Test 1 (Amazon Bedrock Edition)'}, 3],
  [{Type: 'TERM_MATCH', Field: 'model', Value: 'Claude Test 1'}, 0],
] as const)('the filter %j keeps %i', async (filter, count) => {
  expect(await items({ServiceCode: 'AmazonBedrockFoundationModels', Filters: [filter]})).toHaveLength(count)
})

test('pages add up, and a token is good for its own filters only', async () => {
  const input = {ServiceCode: 'AmazonBedrockFoundationModels', MaxResults: 2}
  const first = await ask(pricing, 'GetProducts', input, context())
  const second = await ask(pricing, 'GetProducts', {...input, NextToken: first.NextToken}, context())

  expect([first.PriceList?.length, second.PriceList?.length, second.NextToken]).toEqual([2, 1, undefined])
  const misused = ask(pricing, 'GetProducts', {ServiceCode: 'AmazonBedrock', NextToken: first.NextToken}, context())
  await expect(misused).rejects.toMatchObject({name: 'InvalidNextTokenException'})
})

test('services and attribute values are told; unknown ones refused', async () => {
  const {Services = []} = await ask(pricing, 'DescribeServices', {}, context())
  const values = {ServiceCode: 'AmazonBedrock', AttributeName: 'model'}

  expect(Services.map(({ServiceCode}) => ServiceCode)).toContain('AmazonBedrockFoundationModels')
  expect(await ask(pricing, 'GetAttributeValues', values, context())).toMatchObject({
    AttributeValues: [{Value: 'Nova Test'}],
  })
  await expect(items({ServiceCode: 'AmazonNothing'})).rejects.toMatchObject({name: 'NotFoundException'})
  await expect(items({ServiceCode: 'AmazonBedrock', FormatVersion: 'aws_v9'})).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})

test('the bundled catalog makes a price list whose SKUs and usage types are unique where they must be', async () => {
  const catalog = await openCatalog()

  const products = await productsOf(catalog)

  expect(products.length).toBeGreaterThan(1000)
  expect(new Set(products.map(({sku}) => sku)).size).toBe(products.length)
  expect(new Set(products.map(({offer}) => offer))).toEqual(new Set(['AmazonBedrock', 'AmazonBedrockFoundationModels']))
})

test('every Region has an abbreviation of its own', async () => {
  const {regions} = await openCatalog()

  const prefixes = regions.map(({name}) => regionPrefix(name))

  expect(new Set(prefixes).size).toBe(regions.length)
  expect(['us-east-1', 'eu-central-1', 'eu-north-1', 'ap-northeast-1', 'us-gov-west-1'].map(regionPrefix)).toEqual([
    'USE1',
    'EUC1',
    'EUN1',
    'APN1',
    'UGW1',
  ])
})
