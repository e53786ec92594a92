import type {CatalogCachePart} from '../catalog/catalog-show.schema.js'
import {cacheFile, openPart} from './cache-file.js'
import {type CachedHead, type CachePart, OFFERS, PRICES, QUOTAS} from './cached-facts.js'

interface Holding {
  readonly region: string
  readonly readAt: string
  readonly records: number
}

/** What each file of the cache holds and how old it is. Simulated parts are told only where there are some. */
export async function describeCache(folder: string, now: Date): Promise<readonly CatalogCachePart[]> {
  const parts = [false, true].flatMap((simulated) => [
    describe(OFFERS, simulated, ({offers}) =>
      offers.map(({region, origin, models, profiles}) => ({
        region,
        readAt: origin.asOf,
        records: models.length + profiles.length,
      })),
    ),
    describe(PRICES, simulated, ({lists}) =>
      lists.map(({region, readAt, prices}) => ({region, readAt, records: prices.length})),
    ),
    describe(QUOTAS, simulated, ({regions}) =>
      regions.map(({region, readAt, quotas}) => ({region, readAt, records: quotas.length})),
    ),
  ])
  return (await Promise.all(parts)).filter(({simulated, state}) => !simulated || state !== 'absent')

  async function describe<Content extends CachedHead>(
    part: CachePart<Content>,
    simulated: boolean,
    holdings: (content: Content) => readonly Holding[],
  ): Promise<CatalogCachePart> {
    const {file, content, ignored} = await openPart(part, cacheFile(folder, part.name, simulated))
    const held = content === undefined ? [] : holdings(content)
    const [oldest] = held.map(({readAt}) => readAt).sort()
    return {
      part: part.name === 'offers' ? 'models' : part.name,
      simulated,
      file,
      state: content === undefined ? (ignored === undefined ? 'absent' : 'ignored') : 'used',
      reason: ignored ?? null,
      writtenAt: content?.writtenAt ?? null,
      oldest: oldest ?? null,
      ageHours: oldest === undefined ? null : Math.floor((now.getTime() - Date.parse(oldest)) / 3_600_000),
      account: content?.account ?? null,
      regions: new Set(held.map(({region}) => region)).size,
      records: held.reduce((sum, {records}) => sum + records, 0),
    }
  }
}
