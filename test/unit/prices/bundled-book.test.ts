import {expect, test} from 'vitest'
import type {CatalogPrice} from '../../../src/lib/catalog/catalog.schema.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {createPriceBook, type RateQuery, splitTier} from '../../../src/lib/prices/price-book.js'
import {PRICE_KINDS, type PriceKind} from '../../../src/lib/prices/price-list.js'

// The book held against its own rows: a look-up finds what is written, or what is written better.

const catalog = await openCatalog()
const prices = await catalog.prices()
const book = createPriceBook(prices)

/** The question whose answer this row should be. */
function question(row: CatalogPrice, of: PriceKind, region: string): RateQuery {
  const {base, aboveInputTokens} = splitTier(row.tier)
  const inputTokens = aboveInputTokens > 0 ? aboveInputTokens + 1 : undefined
  const {meter, modelId, profileId, routing, variant} = row
  return {
    modelId,
    meter,
    of,
    variant,
    region,
    route: routing,
    profileId: profileId ?? undefined,
    tier: base,
    inputTokens,
  }
}

const kindsOf = ({amount}: CatalogPrice) => PRICE_KINDS.filter((kind) => amount[kind] !== null)

test('every price of a Region is what the book answers for it', () => {
  const points = prices
    .filter(({region}) => region !== null && region !== '*')
    .flatMap((row) => kindsOf(row).map((kind) => ({row, kind, rate: book.rate(question(row, kind, row.region ?? ''))})))
  const others = points.filter(({kind, rate, row}) => rate?.amount.toNumber() !== row.amount[kind])

  expect(points.length).toBeGreaterThan(7000)
  expect(others).toEqual([])
})

test('a price for any Region is the answer where the Region has none of its own', () => {
  const known = new Set(prices.map(({modelId, region}) => `${modelId} ${region}`))
  const free = (modelId: string) => catalog.regions.find(({name}) => !known.has(`${modelId} ${name}`))?.name
  const points = prices
    .filter(({confidence, region}) => region === '*' && confidence !== 'low')
    .flatMap((row) => {
      const region = free(row.modelId)
      return region === undefined
        ? []
        : kindsOf(row).map((kind) => ({row, kind, rate: book.rate(question(row, kind, region))}))
    })

  expect(points.length).toBeGreaterThan(500)
  for (const {kind, rate, row} of points) expect(rate?.amount.toNumber()).toBe(row.amount[kind])
})

test('a price of an unknown group of Regions answers for none', () => {
  const unknown = prices.filter(({region, meter}) => region === null && meter === 'custom-model-unit-minute')

  expect(unknown.map(({amount}) => amount.unit)).toEqual([0.07144])
  expect(book.rate(question(unknown[0] as CatalogPrice, 'unit', 'ap-south-1'))).toBeUndefined()
})

test.each([
  ['us-east-1', 0.05718, 'high'],
  ['us-west-2', 0.05718, 'medium'],
  ['eu-central-1', 0.07144, 'low'],
])('a Custom Model Unit in %s costs %d a minute, of %s confidence', (region, amount, confidence) => {
  const rate = book.rate({
    ...{modelId: 'custom-model-import', meter: 'custom-model-unit-minute', of: 'unit', variant: 'v1.0'},
    ...{region, route: null, tier: 'standard'},
  })

  expect([rate?.amount.toNumber(), rate?.confidence]).toEqual([amount, confidence])
})

test('a kind that only a price for any Region has is doubted where the Region asks another price for the rest', () => {
  const cached = (region: string) =>
    book.rate({
      ...{modelId: 'amazon.nova-lite-v1:0', meter: 'tokens', of: 'cacheRead', variant: null},
      ...{region, route: 'in-region', tier: 'standard'},
    })

  expect(cached('us-east-1')).toMatchObject({confidence: 'high'})
  expect(cached('eu-central-1')).toMatchObject({confidence: 'low', note: expect.stringContaining('any Region')})
})
