import type {ModelNames} from './model-names.js'
import {type ListedPrice, type ParsedPrice, parsePriceItem, type UnparsedPrice} from './parse-price-item.js'
import type {PriceRow, UnparsedMeter} from './price-list.js'
import {THIRTY_MINUTES} from './usage-type/model-meters.js'
import {withoutRegion} from './usage-type.js'

export interface FoldedPrices {
  /** One for each model, routing, tier, meter, variant and currency, sorted by them. */
  readonly prices: readonly PriceRow[]
  /** ISO day of the newest publication. */
  readonly publishedOn: string | null
  readonly unparsed: readonly UnparsedMeter[]
}

/**
 * The products of one service code in one Region as rows. Products that ask two prices for one thing are told apart;
 * those of other Regions are left to their own lists.
 */
export function foldPrices(items: readonly unknown[], region: string, names: ModelNames): FoldedPrices {
  const unparsed: UnparsedPrice[] = []
  const alike = new Map<string, ListedPrice[]>()
  for (const item of items) {
    const parsed: ParsedPrice = parsePriceItem(item, names)
    if (parsed.region !== null && parsed.region !== region) continue
    if (parsed.kind === 'unparsed') unparsed.push(parsed)
    else {
      const key = `${placeOf(parsed)}\n${parsed.of}`
      const found = alike.get(key)
      if (found) found.push(parsed)
      else alike.set(key, [parsed])
    }
  }
  const groups = [...alike.values()]
  const agreed = groups.filter((same) => !isConflict(same)).flatMap(([first]) => first ?? [])
  return {
    prices: toRows(agreed),
    publishedOn:
      agreed
        .flatMap((price) => price.publishedOn ?? [])
        .sort()
        .at(-1) ?? null,
    unparsed: counted([...unparsed, ...groups.filter(isConflict).flat().map(toConflict)]),
  }
}

function isConflict(same: readonly ListedPrice[]): boolean {
  return new Set(same.map(({amounts}) => JSON.stringify(Object.entries(amounts).sort()))).size > 1
}

const placeOf = ({modelId, routing, tier, meter, variant}: Omit<PriceRow, 'amount' | 'currency' | 'skus'>): string =>
  [modelId, routing, tier, meter, variant].join('\n')

function toRows(prices: readonly ListedPrice[]): readonly PriceRow[] {
  const shorter = new Set(prices.filter(({of}) => of === 'cacheWrite').map(placeOf))
  const rows = new Map<string, PriceRow>()
  for (const price of prices) {
    const {modelId, routing, tier, meter, variant} = onlyCacheWrite(price, shorter)
    for (const [currency, amount] of Object.entries(price.amounts)) {
      const what = {modelId, routing, tier, meter, variant, currency}
      const key = `${placeOf(what)}\n${currency}`
      const row = rows.get(key) ?? {...what, amount: {}, skus: {}}
      rows.set(key, {
        ...row,
        amount: {...row.amount, [price.of]: amount},
        skus: price.sku === null ? row.skus : {...row.skus, [price.of]: price.sku},
      })
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** A cache write of thirty minutes is the model's plain one where no shorter is sold. */
function onlyCacheWrite(price: ListedPrice, cacheWrites: ReadonlySet<string>): ListedPrice {
  if (price.variant === null || !price.variant.startsWith(THIRTY_MINUTES)) return price
  const variant = price.variant.slice(THIRTY_MINUTES.length).replace(/^, /, '') || null
  const plain = {...price, variant}
  return cacheWrites.has(placeOf(plain)) ? price : plain
}

function toConflict({modelId, region, usageType}: ListedPrice): UnparsedPrice {
  return {kind: 'unparsed', usageType, name: modelId, region, reason: 'conflicting prices'}
}

function counted(unparsed: readonly UnparsedPrice[]): readonly UnparsedMeter[] {
  const meters = new Map<string, UnparsedMeter>()
  for (const {name, reason, usageType} of unparsed) {
    const meter = {usageType: withoutRegion(usageType), name, reason}
    const key = JSON.stringify(meter)
    meters.set(key, {...meter, products: (meters.get(key)?.products ?? 0) + 1})
  }
  return [...meters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, meter]) => meter)
}
