import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {modelNames} from '../../src/lib/prices/model-names.js'
import {parsePriceItem} from '../../src/lib/prices/parse-price-item.js'
import type {PriceSource} from '../../src/lib/refresh/ports.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

let sandbox: Sandbox
let session: AwsSession
let prices: PriceSource

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: 'clean'})
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}, region: 'eu-west-1'})
  const source = await session.prices('aws')
  if (!source) throw new Error('the partition aws has a Price List')
  prices = source
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

const asked = () => sandbox.journal.map(({region}) => region)
const unavailable = {kind: 'error', code: 'InternalErrorException', status: 500, message: 'down'} as const

test('the service codes that hold Bedrock prices, and no others', async () => {
  const offers = await prices.listOffers()

  expect(offers).toContain('AmazonBedrock')
  expect(offers).toContain('AmazonBedrockFoundationModels')
  expect(offers.every((offer) => /^Amazon(Bedrock|KnowledgeBase)/.test(offer))).toBe(true)
})

test('every page of the products of one Region', async () => {
  const products = await prices.listProducts('AmazonBedrockFoundationModels', 'eu-central-1')

  const names = modelNames(await openCatalog())
  const parsed = products.map((product) => parsePriceItem(product, names))
  expect(products.length).toBeGreaterThan(60)
  expect(new Set(products.map((product) => JSON.stringify(product))).size).toBe(products.length)
  expect(parsed.every((one) => one.kind === 'unparsed' || one.region === 'eu-central-1')).toBe(true)
  expect(parsed).toContainEqual(
    expect.objectContaining({modelId: 'anthropic.claude-sonnet-4-6', of: 'output', amounts: {USD: 16.5}}),
  )
})

test('it asks in us-east-1, whatever Region is configured', async () => {
  await prices.listProducts('AmazonBedrock', 'eu-central-1')

  expect(new Set(asked())).toEqual(new Set(['us-east-1']))
})

test('an endpoint that is down is passed over, and not asked first again', async () => {
  sandbox.faults.add({service: 'pricing', region: 'us-east-1', effect: unavailable})

  const products = await prices.listProducts('AmazonBedrock', 'eu-central-1')
  await prices.listOffers()

  expect(products.length).toBeGreaterThan(0)
  expect(asked().filter((region) => region === 'us-east-1')).toHaveLength(1)
})

test('a policy that closes one Region leaves the others', async () => {
  sandbox.faults.add({service: 'pricing', region: 'us-east-1', effect: {kind: 'access-denied'}})

  expect(await prices.listOffers()).toContain('AmazonBedrock')
})

test('when none answers, the first failure is told', async () => {
  sandbox.faults.add({service: 'pricing', effect: {kind: 'access-denied'}})

  await expect(prices.listOffers()).rejects.toMatchObject({code: 'ACCESS_DENIED', action: 'pricing:DescribeServices'})
  expect(asked()).toEqual(['us-east-1', 'eu-central-1', 'ap-south-1'])
})

test('a caller who stops is not asked to wait for other endpoints', async () => {
  await expect(prices.listOffers(AbortSignal.abort())).rejects.toMatchObject({fault: 'interrupted'})
  expect(asked()).toEqual([])
})

test('GovCloud has no Price List of its own', async () => {
  expect(await session.prices('aws-us-gov')).toBeUndefined()
  expect(await session.prices('constructor')).toBeUndefined()
})
