import {describe, expect, test} from 'vitest'
import type {CatalogPrice} from '../../../src/lib/catalog/catalog.schema.js'
import type {OfferedModel, OfferedProfile, RegionOffer} from '../../../src/lib/models/offers/offer.js'
import {toCatalogPrices} from '../../../src/lib/prices/list-prices.js'
import type {PriceList, PriceRow} from '../../../src/lib/prices/price-list.js'
import {diffOffers} from '../../../src/lib/refresh/diff-offers.js'
import {bundledPrices, diffPrices, diffPricesWithBundle} from '../../../src/lib/refresh/diff-prices.js'
import {diffQuotas} from '../../../src/lib/refresh/diff-quotas.js'
import type {Quota} from '../../../src/lib/refresh/ports.js'
import {openPriceBook} from '../../../src/lib/refresh/price-book.js'
import {smallCatalog} from '../../support/sandbox-world.js'

const REGION = 'eu-central-1'
const NOVA = 'amazon.nova-test-v1:0'

function aModel(id: string, over: Partial<OfferedModel> = {}): OfferedModel {
  return {
    id,
    name: id,
    provider: 'Amazon',
    inRegion: true,
    provisionedIds: [],
    inputModalities: null,
    outputModalities: null,
    streaming: null,
    customizations: null,
    lifecycle: {status: 'ACTIVE', started: null, legacy: null, extendedAccess: null, endOfLife: null},
    ...over,
  }
}

function aProfile(id: string, destinations: readonly string[] | null): OfferedProfile {
  return {id, name: null, modelId: id.slice(3), kind: 'geo', destinations}
}

function anOffer(
  models: readonly OfferedModel[],
  profiles: readonly OfferedProfile[] = [],
  kind: 'live' | 'bundle' = 'live',
): RegionOffer {
  return {region: REGION, origin: {kind, asOf: '2026-11-20T00:00:00Z', source: 'test'}, models, profiles}
}

describe('offers', () => {
  test('the same offer is no change, whatever its order', () => {
    const [a, b] = [aModel('a.one'), aModel('b.two')]
    const profile = (destinations: readonly string[]) => aProfile('eu.a.one', destinations)

    const changes = diffOffers(
      anOffer([a, b], [profile(['eu-west-1', 'eu-north-1'])]),
      anOffer([b, a], [profile(['eu-north-1', 'eu-west-1'])]),
    )

    expect(changes).toEqual([])
  })

  test('models and profiles that came and went', () => {
    const changes = diffOffers(
      anOffer([aModel('a.one')], [aProfile('eu.a.one', ['eu-west-1'])]),
      anOffer([aModel('b.two')], [aProfile('eu.b.two', ['eu-west-3'])]),
    )

    expect(changes.map(({kind, id}) => [kind, id])).toEqual([
      ['model-added', 'b.two'],
      ['model-gone', 'a.one'],
      ['profile-added', 'eu.b.two'],
      ['profile-gone', 'eu.a.one'],
    ])
  })

  test('status, dates and In-Region use, each with what it was', () => {
    const lifecycle = {...aModel('a.one').lifecycle, status: 'LEGACY', endOfLife: '2027-05-01'}

    const changes = diffOffers(anOffer([aModel('a.one')]), anOffer([aModel('a.one', {inRegion: false, lifecycle})]))

    expect(changes.map(({detail, before, after}) => [detail, before, after])).toEqual([
      ['status', 'ACTIVE', 'LEGACY'],
      ['end of life', null, '2027-05-01'],
      ['In-Region', 'yes', 'no'],
    ])
  })

  test('destinations that moved; unknown ones did not', () => {
    const offer = (destinations: readonly string[] | null) => anOffer([], [aProfile('eu.a.one', destinations)])

    expect(diffOffers(offer(['eu-west-1']), offer(['eu-west-1', 'eu-north-1']))).toEqual([
      {
        kind: 'destinations-changed',
        region: REGION,
        id: 'eu.a.one',
        detail: null,
        before: ['eu-west-1'],
        after: ['eu-north-1', 'eu-west-1'],
      },
    ])
    expect(diffOffers(offer(null), offer(['eu-west-1']))).toEqual([])
  })

  test('a date that only the bundle knows did not go away', () => {
    const dated = aModel('a.one', {lifecycle: {...aModel('a.one').lifecycle, endOfLife: '2027-05-01'}})

    expect(diffOffers(anOffer([dated], [], 'bundle'), anOffer([aModel('a.one')]))).toEqual([])
    expect(diffOffers(anOffer([dated]), anOffer([aModel('a.one')]))).toHaveLength(1)
  })
})

function aRow(amount: PriceRow['amount'], over: Partial<PriceRow> = {}): PriceRow {
  const what = {routing: 'regional', tier: 'standard', meter: 'tokens', variant: null, currency: 'USD'} as const
  return {modelId: NOVA, ...what, skus: {}, amount, ...over}
}

function aList(prices: readonly PriceRow[], readAt = '2026-11-20T18:02:00Z'): PriceList {
  return {offer: 'AmazonBedrock', region: REGION, readAt, publishedOn: '2026-11-18', prices, unparsed: []}
}

describe('prices', () => {
  test('old and new price, by routing, tier and kind of token', () => {
    const changes = diffPrices(
      aList([aRow({input: 3, output: 15}), aRow({input: 2}, {routing: 'global', tier: 'batch'})]),
      aList([aRow({input: 3.3, output: 15}), aRow({cacheRead: 0.3}, {routing: 'global'})]),
    )

    expect(changes.map(({kind, detail, before, after}) => [kind, detail, before, after])).toEqual([
      ['price-added', 'global cache read', null, 0.3],
      ['price-gone', 'global batch input', 2, null],
      ['price-changed', 'in-region/geo input', 3, 3.3],
    ])
  })

  test('against the bundle only what both know can change, and one source that agrees is enough', async () => {
    const bundled = bundledPrices(await smallCatalog().prices())

    expect(diffPricesWithBundle(bundled, aList([aRow({input: 0.078, output: 0.4, cacheRead: 0.01})]))).toEqual([
      {
        kind: 'price-changed',
        region: REGION,
        id: NOVA,
        detail: 'in-region/geo output',
        before: 0.312,
        after: 0.4,
      },
    ])
  })
})

describe('the price book', () => {
  const now = () => Date.parse('2026-11-20T20:02:00Z')
  const cache = {
    schemaVersion: 1,
    part: 'prices',
    writtenAt: '2026-11-20T18:02:00Z',
    account: '111122223333',
    partition: 'aws',
    lists: [aList([aRow({input: 0.09, output: 0.35})])],
  } as const
  const inputs = (prices: readonly CatalogPrice[], routing: CatalogPrice['routing']) =>
    prices
      .filter((price) => price.modelId === NOVA && price.region === REGION && price.routing === routing)
      .map(({amount}) => amount.input)

  test('a kept price takes the place of the bundled one of the same Region, routing and tier', async () => {
    const book = await openPriceBook(smallCatalog(), cache, {maxAgeMs: undefined, now})

    expect(inputs(book, 'in-region')).toEqual([0.09])
    expect(inputs(book, 'geo')).toEqual([0.09])
    expect(book.some(({modelId, region}) => modelId === NOVA && region === '*')).toBe(true)
    expect(book[0]).toMatchObject({asOf: '2026-11-20', sources: ['AWS Price List AmazonBedrock, published 2026-11-18']})
  })

  test('a list that has the input alone leaves the bundle its output', async () => {
    const inputAlone = {...cache, lists: [aList([aRow({input: 0.09})])]} as const
    const catalog = smallCatalog()
    const bundled = (await catalog.prices()).find(({modelId, region}) => modelId === NOVA && region === REGION)

    const book = await openPriceBook(catalog, inputAlone, {maxAgeMs: undefined, now})

    expect(inputs(book, 'in-region')).toEqual([0.09, null])
    expect(
      book.find(({amount, modelId, region}) => modelId === NOVA && region === REGION && amount.output),
    ).toMatchObject({amount: {output: bundled?.amount.output}})
  })

  test('one that is too old, and an empty cache, leave the bundle alone', async () => {
    const catalog = smallCatalog()

    expect(await openPriceBook(catalog, cache, {maxAgeMs: 3_600_000, now})).toEqual(await catalog.prices())
    expect(await openPriceBook(catalog, undefined, {maxAgeMs: undefined, now})).toEqual(await catalog.prices())
  })

  test('output below input is kept and marked', () => {
    expect(toCatalogPrices(aList([aRow({input: 2, output: 1})]))[0]).toMatchObject({
      confidence: 'low',
      note: 'output costs less than input: check it',
    })
  })
})

describe('quotas', () => {
  const aQuota = (code: string, value: number): Quota => {
    return {code, name: `Quota ${code}`, value, unit: 'None', adjustable: true, global: false}
  }
  const region = (...quotas: readonly Quota[]) => ({region: REGION, readAt: '2026-11-20T18:02:00Z', quotas})

  test('values that changed, quotas that came and went', () => {
    const changes = diffQuotas(
      region(aQuota('L-1', 100), aQuota('L-2', 5), aQuota('L-3', 7)),
      region(aQuota('L-1', 200), aQuota('L-3', 7), aQuota('L-4', 1)),
    )

    expect(changes.map(({kind, id, before, after}) => [kind, id, before, after])).toEqual([
      ['quota-added', 'L-4', null, 1],
      ['quota-gone', 'L-2', 5, null],
      ['quota-changed', 'L-1', 100, 200],
    ])
  })
})
