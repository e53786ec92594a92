import {beforeAll, expect, test} from 'vitest'
import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {BedrockctlError, type Fault} from '../../../../src/lib/core/errors.js'
import {catalogOffer} from '../../../../src/lib/models/offers/catalog-offer.js'
import {collectOffers, type OfferCache} from '../../../../src/lib/models/offers/collect-offers.js'
import type {OfferSource, RegionOffer} from '../../../../src/lib/models/offers/offer.js'

let catalog: Catalog

beforeAll(async () => {
  catalog = await openCatalog()
})

const NO_CACHE: OfferCache = {get: () => undefined}

function live(region: string): RegionOffer {
  return {
    ...catalogOffer(catalog, region),
    origin: {kind: 'live', region, asOf: '2026-11-21T09:00:00Z', source: 'test'},
  }
}

function source(failures: Readonly<Record<string, BedrockctlError>> = {}): OfferSource {
  return {
    readOffer: async (region) => {
      const failure = failures[region]
      if (failure) throw failure
      return live(region)
    },
  }
}

function failure(code: string, fault: Fault = 'access'): BedrockctlError {
  return new BedrockctlError(code, `${code} happened`, {
    fault,
    hint: 'Do this.',
    action: 'bedrock:ListInferenceProfiles',
  })
}

const cached = (region: string): OfferCache => ({
  get: (name, maxAgeMs) =>
    name === region && (maxAgeMs === undefined || maxAgeMs >= 1000)
      ? {...live(name), origin: {...live(name).origin, kind: 'cache'}}
      : undefined,
})

const kinds = (offers: readonly RegionOffer[]) => offers.map(({origin}) => origin.kind)

test('live beats the cache, which is not looked at unless an age is allowed', async () => {
  const ports = {catalog, source: source(), cache: cached('us-east-1')}
  const regions = ['us-east-1', 'eu-west-1']

  expect(kinds((await collectOffers({regions, maxAgeMs: undefined}, ports)).offers)).toEqual(['live', 'live'])
  expect(kinds((await collectOffers({regions, maxAgeMs: 1000}, ports)).offers)).toEqual(['cache', 'live'])
  expect(kinds((await collectOffers({regions, maxAgeMs: 999}, ports)).offers)).toEqual(['live', 'live'])
})

test('offline the cache beats the bundle, whatever its age', async () => {
  const {offers} = await collectOffers(
    {regions: ['us-east-1', 'eu-west-1'], maxAgeMs: undefined},
    {catalog, source: undefined, cache: cached('us-east-1')},
  )

  expect(kinds(offers)).toEqual(['cache', 'bundle'])
})

test('a Region that fails is told and costs the others nothing', async () => {
  const {offers, unread} = await collectOffers(
    {regions: ['us-east-1', 'eu-west-1'], maxAgeMs: undefined},
    {catalog, source: source({'eu-west-1': failure('THROTTLED', 'service')}), cache: NO_CACHE},
  )

  expect(offers.map(({region}) => region)).toEqual(['us-east-1'])
  expect(unread).toEqual([
    {
      region: 'eu-west-1',
      action: 'bedrock:ListInferenceProfiles',
      code: 'THROTTLED',
      reason: 'THROTTLED happened',
      hint: 'Do this.',
    },
  ])
})

test('a Region that the account has not enabled is known, not unread', async () => {
  const {notEnabled, unread} = await collectOffers(
    {regions: ['us-east-1', 'ap-east-2'], maxAgeMs: undefined},
    {catalog, source: source({'ap-east-2': failure('REGION_NOT_ENABLED')}), cache: NO_CACHE},
  )

  expect([notEnabled, unread]).toEqual([['ap-east-2'], []])
})

test('when no Region could be read the first failure is the answer', async () => {
  const failures = {'us-east-1': failure('CREDENTIALS_EXPIRED'), 'eu-west-1': failure('CREDENTIALS_EXPIRED')}

  await expect(
    collectOffers(
      {regions: Object.keys(failures), maxAgeMs: undefined},
      {catalog, source: source(failures), cache: NO_CACHE},
    ),
  ).rejects.toMatchObject({code: 'CREDENTIALS_EXPIRED', exitCode: 4})
})

test('an interruption leaves what was read as the answer', async () => {
  const failures = {'eu-west-1': failure('INTERRUPTED', 'interrupted')}
  const {offers, unread} = await collectOffers(
    {regions: ['us-east-1', 'eu-west-1'], maxAgeMs: undefined},
    {catalog, source: source(failures), cache: NO_CACHE},
  )

  expect([offers.length, unread[0]?.code]).toEqual([1, 'INTERRUPTED'])
})

test('an interruption before anything was read is no answer', async () => {
  const failures = {'us-east-1': failure('INTERRUPTED', 'interrupted')}

  await expect(
    collectOffers({regions: ['us-east-1'], maxAgeMs: undefined}, {catalog, source: source(failures), cache: NO_CACHE}),
  ).rejects.toMatchObject({exitCode: 130})
})

test('progress counts every Region to the end', async () => {
  const seen: [number, number][] = []
  await collectOffers(
    {regions: ['us-east-1', 'eu-west-1', 'eu-west-2'], maxAgeMs: undefined},
    {catalog, source: source(), cache: NO_CACHE},
    {onProgress: (done, total) => seen.push([done, total])},
  )

  expect(seen).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ])
})
