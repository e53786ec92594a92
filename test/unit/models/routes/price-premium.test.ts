import {beforeAll, expect, test} from 'vitest'
import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import type {CatalogPrice} from '../../../../src/lib/catalog/catalog.schema.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {catalogOffer} from '../../../../src/lib/models/offers/catalog-offer.js'
import {premiumWords, pricePremium} from '../../../../src/lib/models/routes/price-premium.js'
import {judgeRoutes} from '../../../../src/lib/models/routes/route-verdicts.js'

let catalog: Catalog
let prices: readonly CatalogPrice[]

beforeAll(async () => {
  catalog = await openCatalog()
  prices = await catalog.prices()
})

function premium(modelId: string, region: string, mode: 'in-region' | 'geo' | 'global', book = prices) {
  const offer = catalogOffer(catalog, region)
  const routes = judgeRoutes({modelId, catalog, offer, region, unreadReason: undefined, isEnabled: undefined})
  return pricePremium(modelId, region, mode, routes, book)
}

test('the geographic route of a current Claude model is 10 % above the Global one', () => {
  expect(premium('anthropic.claude-sonnet-4-6', 'eu-central-1', 'geo')).toEqual({
    over: 'global',
    percent: 10,
    asOf: '2026-08-20',
  })
})

test('nothing is compared where there is no Global route, or the Global route is the recommendation', () => {
  expect(premium('amazon.nova-lite-v1:0', 'eu-central-1', 'geo')).toBeNull()
  expect(premium('anthropic.claude-sonnet-4-6', 'sa-east-1', 'global')).toBeNull()
})

test('a price that is not known, or of another date, is compared with nothing', () => {
  const global = (price: CatalogPrice) => price.routing === 'global'
  const later = prices.map((price) => (global(price) ? {...price, asOf: '2027-01-01'} : price))

  expect(
    premium(
      'anthropic.claude-sonnet-4-6',
      'eu-central-1',
      'geo',
      prices.filter((price) => !global(price)),
    ),
  ).toBeNull()
  expect(premium('anthropic.claude-sonnet-4-6', 'eu-central-1', 'geo', later)).toBeNull()
})

test.each([
  [10, '10 % above the Global price (prices of 2026-08-20)'],
  [0, 'at the Global price (prices of 2026-08-20)'],
  [-5, '5 % below the Global price (prices of 2026-08-20)'],
])('%s in words', (percent, words) => {
  expect(premiumWords({over: 'global', percent, asOf: '2026-08-20'})).toBe(words)
})
