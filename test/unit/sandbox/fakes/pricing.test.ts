import {expect, test} from 'vitest'
import pricing from '../../../../src/lib/sandbox/fakes/pricing.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const {context} = aWorld()
type Query = Parameters<NonNullable<typeof pricing.GetProducts>>[0]

interface Item {
  product: {sku: string; productFamily?: string; attributes: Record<string, string>}
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

const keep = (Type: 'TERM_MATCH' | 'EQUALS', Field: string, Value: string) => ({Type, Field, Value})

test('Amazon’s models are sold for a thousand tokens, their names in attributes', async () => {
  const Filters = [keep('TERM_MATCH', 'regionCode', 'eu-central-1'), keep('EQUALS', 'feature', 'On-demand Inference')]

  const [input, output, ...more] = await items({ServiceCode: 'AmazonBedrock', Filters})

  expect(more).toEqual([])
  expect(input?.product).toMatchObject({productFamily: 'Amazon Bedrock'})
  expect(input?.product.attributes).toEqual({
    servicecode: 'AmazonBedrock',
    servicename: 'Amazon Bedrock',
    model: 'Nova Test',
    inferenceType: 'Input tokens',
    feature: 'On-demand Inference',
    usagetype: 'EUC1-NovaTest-input-tokens',
    operation: '',
    regionCode: 'eu-central-1',
    location: 'Region eu-central-1',
    locationType: 'AWS Region',
  })
  expect([input && price(input), output && price(output)]).toEqual([
    {unit: '1K tokens', usd: 0.000078},
    {unit: '1K tokens', usd: 0.000312},
  ])
})

test('a price for any Region becomes one for each Region that offers the model', async () => {
  const Filters = [keep('TERM_MATCH', 'model', 'nova test'), keep('TERM_MATCH', 'inferenceType', 'Input tokens')]

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
    'EUC1-MP:EUC1_InputTokenCount-Units': {unit: '1M tokens', usd: 3.3},
    'EUC1-MP:EUC1_CacheReadInputTokenCount-Units': {unit: '1M tokens', usd: 0.33},
    'EUC1-MP:EUC1_InputTokenCount_Global-Units': {unit: '1M tokens', usd: 3},
  })
  expect(sold.some(({product}) => 'model' in product.attributes || 'servicecode' in product.attributes)).toBe(false)
  expect(sold.some(({product}) => 'productFamily' in product)).toBe(false)
})

test.each([
  [{Type: 'CONTAINS', Field: 'usagetype', Value: 'Global'}, 1],
  [{Type: 'CONTAINS', Field: 'usagetype', Value: 'global'}, 0],
  [{Type: 'ANY_OF', Field: 'regionCode', Value: 'eu-central-1,us-east-1'}, 3],
  [{Type: 'NONE_OF', Field: 'regionCode', Value: 'eu-central-1'}, 0],
  [{Type: 'TERM_MATCH', Field: 'regionCode', Value: 'EU-Central-1'}, 3],
  [{Type: 'EQUALS', Field: 'regionCode', Value: 'EU-Central-1'}, 0],
  [{Type: 'EQUALS', Field: 'servicename', Value: 'Claude Test 1 (Amazon Bedrock Edition)'}, 3],
  [{Type: 'TERM_MATCH', Field: 'servicename', Value: 'claude test 1 (amazon bedrock edition)'}, 3],
  [{Type: 'EQUALS', Field: 'servicename', Value: 'claude test 1 (amazon bedrock edition)'}, 0],
  [{Type: 'TERM_MATCH', Field: 'ServiceCode', Value: 'AmazonBedrockFoundationModels'}, 3],
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

test('services and attribute values are told', async () => {
  const {Services = []} = await ask(pricing, 'DescribeServices', {}, context())
  const [agents] =
    (await ask(pricing, 'DescribeServices', {ServiceCode: 'AmazonBedrockAgentCore'}, context())).Services ?? []
  const values = {ServiceCode: 'AmazonBedrockFoundationModels', AttributeName: 'regionCode'}

  expect(Services.map(({ServiceCode}) => ServiceCode)).toEqual([
    'AmazonBedrock',
    'AmazonBedrockAgentCore',
    'AmazonBedrockFoundationModels',
    'AmazonBedrockService',
  ])
  expect(agents?.AttributeNames).toContain('usagetype')
  expect(await ask(pricing, 'GetAttributeValues', values, context())).toMatchObject({
    AttributeValues: [{Value: 'eu-central-1'}],
  })
})

test.each([
  [{ServiceCode: 'AmazonNothing'}, 'NotFoundException', 'AmazonNothing'],
  [{ServiceCode: ''}, 'InvalidParameterException', 'serviceCode cannot be null or empty'],
  [{ServiceCode: 'Amazon Bedrock'}, 'InvalidParameterException', 'ServiceCode can only contain a-z, A-Z, 0-9'],
  [{ServiceCode: 'AmazonBedrock', FormatVersion: 'aws_v9'}, 'InvalidParameterException', 'aws_v9'],
  [{ServiceCode: 'AmazonBedrock', NextToken: 'x'}, 'InvalidNextTokenException', 'token'],
])('%j is refused with %s', async (input, name, words) => {
  await expect(items(input)).rejects.toMatchObject({name, message: expect.stringContaining(words)})
})

test('an attribute that no product has is refused', async () => {
  const values = {ServiceCode: 'AmazonBedrock', AttributeName: 'volumeType'}

  await expect(ask(pricing, 'GetAttributeValues', values, context())).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})
