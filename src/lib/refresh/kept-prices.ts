import type {Catalog} from '../catalog/catalog.js'
import type {PriceList} from '../prices/price-list.js'
import type {OpenedPart} from './cache-file.js'
import type {CachedPrices} from './cached-facts.js'
import {isFresh} from './is-fresh.js'

/** Where prices come from: one word, the moment of the oldest read, and why not live where that was wanted. */
export interface PriceBasis {
  readonly kind: 'live' | 'cache' | 'bundle'
  readonly asOf: string
  readonly why: string | null
}

export interface LivePrices {
  /** What is known of any Region, from the reads of now or from those that were kept. */
  readonly lists: readonly PriceList[]
  readonly basis: PriceBasis
  /** What happened to the cache, one line each, for stderr. */
  readonly warnings: readonly string[]
}

export interface KeptPricesInput {
  /** Whose age is told. */
  readonly regions: readonly string[]
  /** Older lists do not count; undefined: any age. */
  readonly maxAgeMs?: number | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What was kept, or nothing but the bundle. */
export function keptPrices(
  {content, ignored}: OpenedPart<CachedPrices>,
  {maxAgeMs, now, regions}: KeptPricesInput,
  catalog: Pick<Catalog, 'compiledOn'>,
  why: string | null,
): LivePrices {
  const lists = (content?.lists ?? []).filter(({readAt}) => isFresh(readAt, maxAgeMs, now))
  const asOf = oldestRead(lists.filter(({region}) => regions.includes(region)))
  return {
    lists,
    basis: asOf === undefined ? {kind: 'bundle', asOf: catalog.compiledOn, why} : {kind: 'cache', asOf, why},
    warnings: ignored === undefined ? [] : [`ignored  ${ignored}`],
  }
}

export function oldestRead(lists: readonly PriceList[]): string | undefined {
  return lists.map(({readAt}) => readAt).sort()[0]
}
