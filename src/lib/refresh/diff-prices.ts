import type {CatalogPrice} from '../catalog/catalog.schema.js'
import {pricesFor} from '../catalog/price-of.js'
import {routingsOf} from '../prices/list-prices.js'
import type {PriceKind, PriceList, PriceRow} from '../prices/price-list.js'
import {pair} from './diff-offers.js'
import type {RefreshChange} from './refresh.schema.js'

const KINDS: readonly (readonly [PriceKind, string])[] = [
  ['input', 'input'],
  ['output', 'output'],
  ['cacheRead', 'cache read'],
  ['cacheWrite', 'cache write'],
  ['cacheWrite1h', 'cache write 1h'],
  ['unit', ''],
]

interface PricePoint {
  /** Unique within a list. */
  readonly id: string
  readonly row: PriceRow
  readonly kind: PriceKind
  /** `in-region/geo batch input`. */
  readonly detail: string
  readonly usd: number
}

/** Prices of one list that came, went or changed since it was read before. */
export function diffPrices(before: PriceList, after: PriceList): readonly RefreshChange[] {
  const {added, gone, both} = pair(pointsOf(before), pointsOf(after))
  return [
    ...added.map((point) => toChange('price-added', after, point, null, point.usd)),
    ...gone.map((point) => toChange('price-gone', after, point, point.usd, null)),
    ...both.flatMap(([old, now]) =>
      old.usd === now.usd ? [] : [toChange('price-changed', after, now, old.usd, now.usd)],
    ),
  ]
}

/** The bundled prices by model and Region, best evidence first. */
export type BundledPrices = (modelId: string, region: string) => readonly CatalogPrice[]

export function bundledPrices(prices: readonly CatalogPrice[]): BundledPrices {
  const groups = new Map<string, CatalogPrice[]>()
  for (const price of prices) {
    if (price.region === null) continue
    const key = `${price.modelId} ${price.region}`
    const group = groups.get(key)
    if (group) group.push(price)
    else groups.set(key, [price])
  }
  return (modelId, region) => pricesFor(groups.get(`${modelId} ${region}`) ?? [], modelId)
}

/**
 * Prices that the bundle has for the same model, Region, routing and tier, and otherwise. Where its sources disagree,
 * one that agrees is enough. What only one of the two knows is no change: they cover different ground.
 */
export function diffPricesWithBundle(bundled: BundledPrices, after: PriceList): readonly RefreshChange[] {
  return pointsOf(after).flatMap((point) => {
    const {currency, meter, modelId, tier, variant} = point.row
    const routings: readonly (string | null)[] = routingsOf(point.row)
    const known = bundled(modelId, after.region)
      .filter((price) => price.tier === tier && price.meter === meter && price.variant === variant)
      .filter((price) => routings.includes(price.routing) && price.currency === currency)
      .flatMap(({amount}) => amount[point.kind] ?? [])
    const [best] = known
    if (best === undefined || known.some((usd) => isSame(usd, point.usd))) return []
    return [toChange('price-changed', after, point, best, point.usd)]
  })
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(a, b)
}

function pointsOf({prices}: PriceList): readonly PricePoint[] {
  return prices.flatMap((row) =>
    KINDS.flatMap(([kind, word]) => {
      const usd = row.amount[kind]
      if (usd === undefined) return []
      const words = [
        routingsOf(row).join('/'),
        row.tier === 'standard' ? '' : row.tier,
        row.meter === 'tokens' ? word : row.meter,
        row.variant ?? '',
        row.currency === 'USD' ? '' : row.currency,
      ]
      const detail = words.filter((text) => text !== '').join(' ')
      return [{id: `${row.modelId} ${detail}`, row, kind, detail, usd}]
    }),
  )
}

function toChange(
  kind: 'price-added' | 'price-gone' | 'price-changed',
  {region}: PriceList,
  {row, detail}: PricePoint,
  before: number | null,
  after: number | null,
): RefreshChange {
  return {kind, region, id: row.modelId, detail, before, after}
}
