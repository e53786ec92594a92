import {METER_IDS} from '../catalog/meters.js'
import type {RegionOffer} from '../models/offers/offer.js'
import {PRICE_KINDS, type PriceList} from '../prices/price-list.js'
import type {Quota} from './ports.js'
import {
  type Check,
  isAmount,
  isFlag,
  isMoment,
  isText,
  listOf,
  matches,
  nullOr,
  objectOf,
  oneOf,
  recordOf,
} from './shape.js'

/** What every file of the cache begins with. */
export interface CachedHead {
  readonly schemaVersion: 1
  readonly part: PartName
  /** ISO 8601; each record has the moment of its own read. */
  readonly writtenAt: string
  /** Whose credentials read it. */
  readonly account: string
  readonly partition: string
}

export type PartName = 'offers' | 'prices' | 'quotas'

export interface CachedOffers extends CachedHead {
  readonly part: 'offers'
  readonly offers: readonly RegionOffer[]
}

export interface CachedPrices extends CachedHead {
  readonly part: 'prices'
  readonly lists: readonly PriceList[]
}

export interface RegionQuotas {
  readonly region: string
  /** ISO 8601. */
  readonly readAt: string
  readonly quotas: readonly Quota[]
}

export interface CachedQuotas extends CachedHead {
  readonly part: 'quotas'
  readonly regions: readonly RegionQuotas[]
}

/** A part of the cache: its name, and how to tell that a file holds it. */
export interface CachePart<Content extends CachedHead> {
  readonly name: Content['part']
  readonly hasShape: (value: unknown) => value is Content
}

const isRegion = matches(/^[a-z]{2,4}(-[a-z]+)+-\d+$/)

function partOf<Content extends CachedHead>(
  name: Content['part'],
  members: Readonly<Record<string, Check>>,
): CachePart<Content> {
  const check = objectOf({
    part: oneOf(name),
    writtenAt: isMoment,
    account: matches(/^\d{12}$/),
    partition: matches(/^[a-z][a-z0-9-]*$/),
    ...members,
  })
  return {name, hasShape: (value): value is Content => check(value)}
}

const texts = listOf(isText)

const isOffer = objectOf({
  region: isRegion,
  origin: objectOf({kind: oneOf('live', 'cache', 'bundle'), asOf: isMoment, source: isText}),
  models: listOf(
    objectOf({
      id: isText,
      name: nullOr(isText),
      provider: nullOr(isText),
      inRegion: isFlag,
      provisionedIds: texts,
      inputModalities: nullOr(texts),
      outputModalities: nullOr(texts),
      streaming: nullOr(isFlag),
      customizations: nullOr(texts),
      lifecycle: objectOf({
        status: isText,
        started: nullOr(isText),
        legacy: nullOr(isText),
        extendedAccess: nullOr(isText),
        endOfLife: nullOr(isText),
      }),
    }),
  ),
  profiles: listOf(
    objectOf({
      id: isText,
      name: nullOr(isText),
      modelId: isText,
      kind: oneOf('geo', 'global'),
      destinations: nullOr(listOf(isRegion)),
    }),
  ),
})

const skus = recordOf(PRICE_KINDS, isText)

const amounts = recordOf(PRICE_KINDS, isAmount)

const isPriceList = objectOf({
  offer: isText,
  region: isRegion,
  readAt: isMoment,
  publishedOn: nullOr(isMoment),
  prices: listOf(
    objectOf({
      modelId: isText,
      routing: oneOf('regional', 'global', 'mantle', null),
      tier: isText,
      meter: oneOf(...METER_IDS),
      variant: nullOr(isText),
      currency: isText,
      amount: amounts,
      skus,
    }),
  ),
  unparsed: listOf(objectOf({usageType: isText, name: nullOr(isText), reason: isText, products: isAmount})),
})

const isRegionQuotas = objectOf({
  region: isRegion,
  readAt: isMoment,
  quotas: listOf(
    objectOf({
      code: isText,
      name: isText,
      value: nullOr(isAmount),
      unit: nullOr(isText),
      adjustable: nullOr(isFlag),
      global: nullOr(isFlag),
    }),
  ),
})

export const OFFERS = partOf<CachedOffers>('offers', {offers: listOf(isOffer)})
export const PRICES = partOf<CachedPrices>('prices', {lists: listOf(isPriceList)})
export const QUOTAS = partOf<CachedQuotas>('quotas', {regions: listOf(isRegionQuotas)})
