import type {PriceRow, TokenPrices} from './cached-facts.js'
import type {ModelNames} from './model-names.js'
import {parsePriceItem, type TokenPrice, type UnparsedPrice} from './parse-price-item.js'

export interface FoldedPrices {
  /** One for each model, routing and tier, sorted by them. */
  readonly prices: readonly PriceRow[]
  /** ISO day of the newest publication. */
  readonly publishedOn: string | null
  readonly unparsed: readonly UnparsedPrice[]
}

interface Found {
  readonly price: TokenPrice
  readonly usageType: string
}

const NO_PRICES: TokenPrices = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null}

/** The products of one service code in one Region as rows. Products that ask two prices for one thing are told apart. */
export function foldPrices(items: readonly unknown[], region: string, names: ModelNames): FoldedPrices {
  const unparsed: UnparsedPrice[] = []
  const found = new Map<string, Found[]>()
  for (const item of items) {
    const parsed = parsePriceItem(item, names)
    if (parsed.kind === 'unparsed') unparsed.push(parsed)
    else if (parsed.region === region) {
      const key = [parsed.modelId, parsed.routing, parsed.tier, parsed.token].join('\n')
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
    unparsed: [...unparsed, ...groups.filter(isConflict).flat().map(toConflict)],
  }
}

function isConflict(same: readonly Found[]): boolean {
  return new Set(same.map(({price}) => price.usdPerMillionTokens)).size > 1
}

function toRows(prices: readonly TokenPrice[]): readonly PriceRow[] {
  const rows = new Map<string, PriceRow>()
  for (const {modelId, routing, tier, token, usdPerMillionTokens} of prices) {
    const key = [modelId, routing, tier].join('\n')
    rows.set(key, {modelId, routing, tier, usd: {...(rows.get(key)?.usd ?? NO_PRICES), [token]: usdPerMillionTokens}})
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function toConflict({price, usageType}: Found): UnparsedPrice {
  return {kind: 'unparsed', usageType, name: price.modelId, reason: 'conflicting prices'}
}

function usageTypeOf(item: unknown): string {
  const {product} = item as {readonly product: {readonly attributes: {readonly usagetype: string}}}
  return product.attributes.usagetype
}
