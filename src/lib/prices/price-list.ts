import type {MeterId} from '../catalog/meters.js'

/** Which price of a row: one of the five of tokens, or the one of any other meter. */
export const PRICE_KINDS = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'unit'] as const
export type PriceKind = (typeof PRICE_KINDS)[number]
export type TokenKind = Exclude<PriceKind, 'unit'>

export interface PriceRow {
  /** Base model, or what is billed beside models. */
  readonly modelId: string
  /** `regional` holds In-Region and, by the source Region, for geographic profiles; null: not by route. */
  readonly routing: 'regional' | 'global' | 'mantle' | null
  readonly tier: string
  readonly meter: MeterId
  /** The Global one of two prices on mantle has `global` here. */
  readonly variant: string | null
  readonly currency: string
  /** For as many units as the meter says; a kind that the list does not price is absent. */
  readonly amount: Readonly<Partial<Record<PriceKind, number>>>
  /** SKU by the same kinds. */
  readonly skus: Readonly<Partial<Record<PriceKind, string>>>
}

/** Products that were read and not understood, alike but for their Region. */
export interface UnparsedMeter {
  /** Without the abbreviation of the Region. */
  readonly usageType: string
  /** The model's name in the list. */
  readonly name: string | null
  readonly reason: string
  readonly products: number
}

/** What one service code of the Price List asks in one Region. */
export interface PriceList {
  /** Service code, such as AmazonBedrockFoundationModels. */
  readonly offer: string
  readonly region: string
  /** ISO 8601. */
  readonly readAt: string
  /** ISO day of the newest publication among its products; null when there was none. */
  readonly publishedOn: string | null
  readonly prices: readonly PriceRow[]
  readonly unparsed: readonly UnparsedMeter[]
}
