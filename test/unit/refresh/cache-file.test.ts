import {createHash} from 'node:crypto'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cacheFile, openPart, writeDraft, writePart} from '../../../src/lib/refresh/cache-file.js'
import {type CachedOffers, type CachedPrices, OFFERS, PRICES, QUOTAS} from '../../../src/lib/refresh/cached-facts.js'
import {offerCache} from '../../../src/lib/refresh/offer-cache.js'
import {withFolder} from '../../support/process-stage.js'

const READ_AT = '2026-11-20T18:02:00.000Z'

const offers: CachedOffers = {
  schemaVersion: 1,
  part: 'offers',
  writtenAt: READ_AT,
  account: '111122223333',
  partition: 'aws',
  offers: [
    {
      region: 'eu-central-1',
      origin: {kind: 'live', region: 'eu-central-1', asOf: READ_AT, source: 'bedrock:ListFoundationModels'},
      models: [
        {
          id: 'amazon.nova-lite-v1:0',
          name: 'Nova Lite',
          provider: 'Amazon',
          inRegion: true,
          provisionedIds: [],
          inputModalities: ['TEXT'],
          outputModalities: null,
          streaming: true,
          customizations: null,
          lifecycle: {status: 'ACTIVE', started: null, legacy: null, extendedAccess: null, endOfLife: null},
        },
      ],
      profiles: [
        {
          id: 'eu.amazon.nova-lite-v1:0',
          name: null,
          modelId: 'amazon.nova-lite-v1:0',
          kind: 'geo',
          destinations: ['eu-central-1', 'eu-west-1'],
        },
      ],
    },
  ],
}

const sealed = (content: unknown) => {
  const body = JSON.stringify(content)
  return `{"sha256":"${createHash('sha256').update(body).digest('hex')}","content":${body}}\n`
}

test('what was written is read again, and is JSON', () =>
  withFolder(async (folder) => {
    const file = cacheFile(join(folder, 'new'), 'offers', false)

    await writePart(file, offers)

    expect(await openPart(OFFERS, file)).toEqual({file, content: offers, ignored: undefined})
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({content: {account: '111122223333'}})
    expect(await readdir(join(folder, 'new'))).toEqual(['offers.json'])
  }))

test('a missing file is an empty cache', () =>
  withFolder(async (folder) => {
    expect(await openPart(OFFERS, join(folder, 'none.json'))).toMatchObject({content: undefined, ignored: undefined})
  }))

test('a run that is killed before the rename leaves the old file in use', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)
    await writePart(file, offers)

    await writeDraft(file, {...offers, writtenAt: '2027-01-01T00:00:00.000Z'})

    expect((await openPart(OFFERS, file)).content?.writtenAt).toBe(READ_AT)
  }))

test('a file that cannot be replaced is named, and no draft is left', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)
    await mkdir(join(file, 'in-the-way'), {recursive: true})

    await expect(writePart(file, offers)).rejects.toMatchObject({code: 'CACHE_NOT_WRITABLE', exitCode: 2})

    expect(await readdir(folder)).toEqual(['offers.json'])
    expect((await openPart(OFFERS, file)).ignored).toContain('is no file of ours')
  }))

test('facts of another account or partition are named and not used', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)
    await writePart(file, offers)

    const foreign = await openPart(OFFERS, file, {account: '444455556666', partition: 'aws'})
    const elsewhere = await openPart(OFFERS, file, {partition: 'aws-us-gov'})
    const own = await openPart(OFFERS, file, {account: '111122223333', partition: 'aws'})

    expect(foreign).toMatchObject({
      content: undefined,
      ignored: expect.stringContaining('not for account 444455556666'),
    })
    expect(elsewhere.ignored).toContain('not for partition aws-us-gov')
    expect(own.content).toBeDefined()
  }))

test('another version is named as such', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)
    await writeFile(file, sealed({...offers, schemaVersion: 2}))

    expect((await openPart(OFFERS, file)).ignored).toBe(`${file} is of another version`)
  }))

test('a file that was cut anywhere, or changed in one byte, is damaged', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)
    const whole = Buffer.from(sealed(offers))
    const cut = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length))
    const changed = fc
      .tuple(fc.nat(whole.length - 1), fc.integer({min: 1, max: 255}))
      .map(([at, by]) => Buffer.from(whole.map((byte, index) => (index === at ? byte ^ by : byte))))

    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, changed), async (bytes) => {
        await writeFile(file, bytes)
        expect(await openPart(OFFERS, file)).toMatchObject({content: undefined, ignored: `${file} is damaged`})
      }),
      {numRuns: 150},
    )
  }))

test('bytes of any kind never throw and are never used', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)

    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 300}), async (bytes) => {
        await writeFile(file, bytes)
        expect((await openPart(OFFERS, file)).content).toBeUndefined()
        expect((await openPart(PRICES, file)).content).toBeUndefined()
        expect((await openPart(QUOTAS, file)).content).toBeUndefined()
      }),
      {numRuns: 150},
    )
  }))

test('a stranger with a right digest cannot make us trip: what is used has its whole shape', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'offers', false)
    const [offer] = offers.offers
    const member = (value: object | undefined) => fc.constantFrom(...Object.keys(value ?? {}))
    const hostile = fc
      .tuple(member(offers), member(offer), member(offer?.models[0]), fc.jsonValue(), fc.nat(2))
      .map(([head, field, fact, value, depth]) => {
        if (depth === 0) return {...offers, [head]: value}
        if (depth === 1) return {...offers, offers: [{...offer, [field]: value}]}
        return {...offers, offers: [{...offer, models: [{...offer?.models[0], [fact]: value}]}]}
      })

    await fc.assert(
      fc.asyncProperty(hostile, async (content) => {
        await writeFile(file, sealed(content))
        const opened = await openPart(OFFERS, file)
        const kept = offerCache(opened.content, Date.now).get('eu-central-1', undefined)
        const models = kept?.models.map(({id, provisionedIds}) => `${id.length} ${provisionedIds.join()}`) ?? []
        expect(
          models.every((text) => text !== '') && (opened.content === undefined) === (opened.ignored !== undefined),
        ).toBe(true)
      }),
      {numRuns: 300},
    )
  }))

test('a part does not pass for another', () =>
  withFolder(async (folder) => {
    const file = cacheFile(folder, 'prices', false)
    const prices: CachedPrices = {...offers, part: 'prices', lists: []}
    await writePart(file, prices)

    expect((await openPart(PRICES, file)).content).toEqual(prices)
    expect((await openPart(QUOTAS, file)).ignored).toContain('is damaged')
  }))

test('an offer counts while it is young enough; one from the future does not', () => {
  const at = Date.parse(READ_AT)
  const kept = (now: number) => offerCache(offers, () => now).get('eu-central-1', 3_600_000)

  expect(kept(at + 3_600_000)?.origin).toMatchObject({kind: 'cache', asOf: READ_AT})
  expect(kept(at + 3_600_001)).toBeUndefined()
  expect(kept(at - 3_600_000)).toBeUndefined()
})
