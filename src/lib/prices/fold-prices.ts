import type {ModelNames} from './model-names.js'
import {type ListedPrice, parsePriceItem, type UnparsedPrice} from './parse-price-item.js'
import type {PriceRow, UnparsedMeter} from './price-list.js'
import {withoutRegion} from './usage-type.js'

export interface FoldedPrices {
  /** One for each model, routing, tier, meter, variant and currency, sorted by them. */
  readonly prices: readonly PriceRow[]
  /** ISO day of the newest publication. */
  readonly publishedOn: string | null
  readonly unparsed: readonly UnparsedMeter[]
}

interface Found {
  readonly price: ListedPrice
  readonly usageType: string
}

/** The products of one service code in one Region as rows. Products that ask two prices for one thing are told apart. */
export function foldPrices(items: readonly unknown[], region: string, names: ModelNames): FoldedPrices {
  const unparsed: UnparsedPrice[] = []
  const found = new Map<string, Found[]>()
  for (const item of items) {
    const parsed = parsePriceItem(item, names)
    if (parsed.kind === 'unparsed') unparsed.push(parsed)
    else if (parsed.region === region) {
      const key = [rowKey(parsed), parsed.of].join('\n')
      found.set(key, [...(found.get(key) ?? []), {price: parsed, usageType: usageTypeOf(item)}])
    }
  }
  const groups = [...found.values()]
  const agreed = groups.filter((same) => !isConflict(same)).flatMap(([first]) => (first ? [first.price] : []))
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

function isConflict(same: readonly Found[]): boolean {
  return new Set(same.map(({price}) => price.amount)).size > 1
}

const rowKey = ({modelId, routing, tier, meter, variant, currency}: Omit<PriceRow, 'amount' | 'skus'>): string =>
  [modelId, routing, tier, meter, variant, currency].join('\n')

function toRows(prices: readonly ListedPrice[]): readonly PriceRow[] {
  const rows = new Map<string, PriceRow>()
  for (const {modelId, routing, tier, meter, variant, currency, of, amount, sku} of prices) {
    const what = {modelId, routing, tier, meter, variant, currency}
    const row = rows.get(rowKey(what)) ?? {...what, amount: {}, skus: {}}
    rows.set(rowKey(what), {
      ...row,
      amount: {...row.amount, [of]: amount},
      skus: sku === null ? row.skus : {...row.skus, [of]: sku},
    })
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function toConflict({price, usageType}: Found): UnparsedPrice {
  return {kind: 'unparsed', usageType, name: price.modelId, reason: 'conflicting prices'}
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

function usageTypeOf(item: unknown): string {
  const {product} = item as {readonly product: {readonly attributes: {readonly usagetype: string}}}
  return product.attributes.usagetype
}
