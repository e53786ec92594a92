import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import type {RegionOffer} from '../../../src/lib/models/offers/offer.js'
import {openPart} from '../../../src/lib/refresh/cache-file.js'
import {OFFERS} from '../../../src/lib/refresh/cached-facts.js'
import {type RefreshPorts, refreshCatalog} from '../../../src/lib/refresh/refresh-catalog.js'
import {withFolder} from '../../support/process-stage.js'
import {ACCOUNT, smallCatalog} from '../../support/sandbox-world.js'

const failure = (fault: 'service' | 'access' | 'interrupted', code: string) =>
  new BedrockctlError(code, `${code} it is`, {fault, action: 'bedrock:ListFoundationModels'})

function anOffer(region: string, kind: 'live' | 'bundle' = 'live'): RegionOffer {
  return {region, origin: {kind, region, asOf: '2026-11-21T12:00:00Z', source: 'test'}, models: [], profiles: []}
}

function ports(folder: string, over: Partial<RefreshPorts> = {}): RefreshPorts {
  return {
    catalog: smallCatalog(),
    identity: {whoAmI: async () => ({account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/test`, userId: 'A'})},
    optIns: {listRegionOptIns: async () => new Map([['af-south-1', 'disabled']])},
    offers: {readOffer: async (region) => anOffer(region)},
    quotas: {listQuotas: async () => []},
    prices: async () => ({listOffers: async () => ['AmazonBedrock'], listProducts: async () => []}),
    bundledOffer: (region) => anOffer(region, 'bundle'),
    cacheFolder: folder,
    simulated: () => false,
    now: () => new Date('2026-11-21T12:00:00Z'),
    ...over,
  }
}

const input = {
  regions: [],
  configuredRegion: 'us-east-1',
  parts: ['models', 'prices', 'quotas'],
  dryRun: false,
} as const

test('every Region of the partition that the account has enabled', () =>
  withFolder(async (folder) => {
    const {regions, notEnabled, unread} = await refreshCatalog(input, ports(folder))

    expect(regions).toEqual(['us-east-1', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-north-1', 'eu-south-1'])
    expect([notEnabled, unread]).toEqual([['af-south-1'], []])
  }))

test('where the enabled Regions cannot be read, all are tried and those not enabled are no failure', () =>
  withFolder(async (folder) => {
    const denied = {listRegionOptIns: () => Promise.reject(failure('access', 'ACCESS_DENIED'))}
    const closed = async (region: string) => {
      if (region === 'af-south-1') throw failure('access', 'REGION_NOT_ENABLED')
      return anOffer(region)
    }

    const result = await refreshCatalog(input, ports(folder, {optIns: denied, offers: {readOffer: closed}}))

    expect([result.notEnabled, result.unread]).toEqual([['af-south-1'], []])
  }))

test('stopped on the way it keeps the Regions that are whole, and says so', () =>
  withFolder(async (folder) => {
    const stop = new AbortController()
    const readOffer = async (region: string) => {
      if (region === 'eu-west-1') stop.abort()
      if (region.startsWith('eu-')) throw failure('interrupted', 'INTERRUPTED')
      return anOffer(region)
    }

    const result = await refreshCatalog({...input, parts: ['models']}, ports(folder, {offers: {readOffer}}), {
      signal: stop.signal,
    })

    const [part] = result.parts
    const kept = await openPart(OFFERS, part?.file ?? '')
    expect([result.interrupted, part?.state, part?.regions]).toEqual([true, 'written', ['us-east-1']])
    expect(kept.content?.offers.map(({region}) => region)).toEqual(['us-east-1'])
  }))

test('when nothing could be read the first failure is thrown and no file is made', () =>
  withFolder(async (folder) => {
    const throttled = () => Promise.reject(failure('service', 'THROTTLED'))
    const nothing = ports(folder, {
      offers: {readOffer: throttled},
      quotas: {listQuotas: throttled},
      prices: async () => ({listOffers: throttled, listProducts: throttled}),
    })

    await expect(refreshCatalog(input, nothing)).rejects.toMatchObject({code: 'THROTTLED', exitCode: 5})
    expect(await openPart(OFFERS, `${folder}/offers.json`)).toMatchObject({content: undefined, ignored: undefined})
  }))

test('one part that cannot be read costs the others nothing, and its file stays', () =>
  withFolder(async (folder) => {
    const denied = () => Promise.reject(failure('access', 'ACCESS_DENIED'))
    const prices = async () => ({listOffers: denied, listProducts: denied})

    const {parts, unread} = await refreshCatalog(input, ports(folder, {prices}))

    expect(parts.map(({part, state}) => [part, state])).toEqual([
      ['models', 'written'],
      ['prices', 'kept'],
      ['quotas', 'written'],
    ])
    expect(unread).toMatchObject([{region: 'all Regions', code: 'ACCESS_DENIED'}])
  }))

test('a partition without a Price List is told as such, not as a failure', () =>
  withFolder(async (folder) => {
    const {parts, unread} = await refreshCatalog(input, ports(folder, {prices: async () => undefined}))

    expect(parts.find(({part}) => part === 'prices')?.state).toBe('unavailable')
    expect(unread).toEqual([])
  }))

test('a Region of another partition than that of the credentials is refused', () =>
  withFolder(async (folder) => {
    await expect(refreshCatalog({...input, regions: ['us-gov-west-1']}, ports(folder))).rejects.toMatchObject({
      code: 'WRONG_PARTITION',
      exitCode: 2,
    })
  }))

test('progress counts every read, to the last', () =>
  withFolder(async (folder) => {
    const seen: (readonly [number, number])[] = []

    await refreshCatalog(input, ports(folder), {onProgress: (done, total) => seen.push([done, total])})

    expect(seen.at(-1)).toEqual([18, 18])
    expect(seen.every(([done, total]) => done <= total)).toBe(true)
  }))
