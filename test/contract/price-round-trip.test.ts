import {afterAll, beforeAll, expect, test} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import type {Catalog} from '../../src/lib/catalog/catalog.js'
import type {CatalogPrice} from '../../src/lib/catalog/catalog.schema.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {foldPrices} from '../../src/lib/prices/fold-prices.js'
import {toCatalogPrices} from '../../src/lib/prices/list-prices.js'
import {modelNames} from '../../src/lib/prices/model-names.js'
import {PRICE_KINDS, type PriceKind, type PriceList} from '../../src/lib/prices/price-list.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

// The bundled book, sold by the sandbox in the spelling of AWS, read back by the client and the parser.

let catalog: Catalog
let sandbox: Sandbox
let session: AwsSession
let lists: readonly PriceList[]
let products = 0

beforeAll(async () => {
  sandbox = await startSandbox({scenario: 'clean'})
  catalog = await openCatalog()
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}, region: 'us-east-1'})
  const source = await session.prices('aws')
  if (!source) throw new Error('the partition aws has a Price List')
  const offers = await source.listOffers()
  const names = modelNames(catalog)
  const places = offers.flatMap((offer) => catalog.regions.map(({name}) => ({offer, region: name})))
  lists = await Promise.all(
    places.map(async ({offer, region}) => {
      const items = await source.listProducts(offer, region)
      products += items.length
      return {offer, region, readAt: '2026-11-21', ...foldPrices(items, region, names)}
    }),
  )
}, 60_000)

afterAll(async () => {
  session.close()
  await sandbox.close()
})

/** One amount of a row. */
interface Point {
  readonly row: CatalogPrice
  readonly kind: PriceKind
}

const ANOTHER_SERVICE = 'another service of AWS sells it'
const LONG_PROMPTS = 'usage types say that a prompt is long, not how long'

/** Why an amount of the book does not come back, the first that fits. */
const EXCEPTIONS: readonly (readonly [string, (point: Point) => boolean])[] = [
  [
    ANOTHER_SERVICE,
    ({row}) => /^(aurora-postgresql|cloudwatch-logs|opensearch-serverless|s3-vectors)$/.test(row.modelId),
  ],
  [LONG_PROMPTS, ({row}) => row.tier.includes(':input>')],
  ['the usage type was never seen', ({row}) => row.tier === 'ultrafast' || row.modelId === 'evaluations'],
  [
    'the usage type was never seen',
    ({row}) => row.meter === 'agentcore-invocation' && /^(identity|policy)$/.test(row.variant ?? ''),
  ],
  ['the list prices a whole video', ({row}) => row.modelId.startsWith('amazon.nova-reel')],
  ['the book has it a thousand times too low', ({row}) => /marengo-embed/.test(row.modelId) && row.meter === 'tokens'],
  [
    'where the model is not offered itself, the price of its profile is listed',
    ({row}) => row.region === '*' && row.routing === 'in-region' && isOnlyByProfile(row),
  ],
  ['each Region has a price of its own', ({row}) => row.region === '*' && row.modelId === 'qwen.qwen3-next-80b-a3b'],
]

function isOnlyByProfile({modelId}: CatalogPrice): boolean {
  const model = catalog.model(modelId)
  return model !== undefined && !model.inRegion.includes('us-east-1') && model.profiles.length > 0
}

test('at least 99 % of the book’s amounts come back equal, and each other one has its reason', async () => {
  const points = (await catalog.prices()).flatMap((row) =>
    PRICE_KINDS.filter((kind) => row.region !== null && row.amount[kind] !== null).map((kind) => ({row, kind})),
  )
  const sold = soldAmounts(lists.flatMap(toCatalogPrices))

  const lost = points.filter((point) => !amountsFor(point, sold).has(point.row.amount[point.kind] ?? Number.NaN))

  const reasons = lost.map((point) => EXCEPTIONS.find(([, fits]) => fits(point))?.[0] ?? wordsOf(point))
  const count = (reason: string) => reasons.filter((one) => one === reason).length
  const inBedrocksOffers = points.length - count(ANOTHER_SERVICE)
  const ofKnownLength = inBedrocksOffers - count(LONG_PROMPTS)
  const equal = points.length - lost.length
  expect(reasons.filter((reason) => EXCEPTIONS.every(([known]) => known !== reason))).toEqual([])
  expect(points.length).toBeGreaterThan(8000)
  expect(equal / ofKnownLength).toBeGreaterThan(0.99)
  expect(equal / inBedrocksOffers).toBeGreaterThan(0.97)
})

test('more than 8,000 products are read, and the few that nobody understands are told with their reasons', () => {
  const unparsed = lists.flatMap((list) => list.unparsed)

  const unread = unparsed.filter(({reason}) => reason !== 'long prompts of unknown length')
  const count = (told: typeof unparsed) => told.reduce((sum, {products: of}) => sum + of, 0)
  expect(products).toBeGreaterThan(8000)
  expect(new Set(unread.map(({reason}) => reason))).toEqual(
    new Set(['implausible price', 'unknown model', 'unknown unit', 'unknown usage type']),
  )
  expect(unread).toContainEqual({
    usageType: 'Nova2.0Pro-Customization-Training',
    name: 'Nova 2.0 Pro',
    reason: 'unknown model',
    products: 1,
  })
  expect(count(unread)).toBeLessThan(products / 100)
})

test('what is free comes back free, not unknown', () => {
  const free = lists.flatMap(({prices}) => prices).filter(({amount}) => amount.unit === 0)

  expect(new Set(free.map(({modelId, variant}) => `${modelId} ${variant}`))).toEqual(
    new Set(['guardrails pii-regex', 'guardrails word']),
  )
})

type SoldAmounts = ReadonlyMap<string, ReadonlySet<number>>

/** What is sold in each Region, and under `*` what is sold anywhere. */
function soldAmounts(rows: readonly CatalogPrice[]): SoldAmounts {
  const amounts = new Map<string, Set<number>>()
  for (const row of rows) {
    for (const kind of PRICE_KINDS) {
      const amount = row.amount[kind]
      if (amount === null) continue
      for (const region of [row.region, '*']) {
        const key = keyOf({row: {...row, region}, kind})
        const known = amounts.get(key)
        if (known) known.add(amount)
        else amounts.set(key, new Set([amount]))
      }
    }
  }
  return amounts
}

/** A price that is not told by route stands in the list as that of the Region. */
function amountsFor({row, kind}: Point, sold: SoldAmounts): ReadonlySet<number> {
  const modelId = catalog.model(row.modelId)?.aliasOf ?? row.modelId
  const routings = row.routing === null ? [null, 'in-region' as const] : [row.routing]
  const keys = routings.map((routing) => keyOf({row: {...row, modelId, routing}, kind}))
  return new Set(keys.flatMap((key) => [...(sold.get(key) ?? [])]))
}

function keyOf({row, kind}: Point): string {
  const {meter, modelId, region, routing, tier, variant} = row
  return JSON.stringify([modelId, region, routing, tier, meter, variant, kind])
}

function wordsOf({row, kind}: Point): string {
  return `${keyOf({row, kind})} ${row.amount[kind]}`
}
