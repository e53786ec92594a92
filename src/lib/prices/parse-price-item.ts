import type {ModelNames} from './model-names.js'
import type {PriceKind, PriceRow} from './price-list.js'
import {parseUsageType} from './usage-type.js'

/** One product of the Price List, as the price of a meter or with the reason why it is none. */
export type ParsedPrice = ListedPrice | UnparsedPrice

export interface ListedPrice extends Pick<PriceRow, 'modelId' | 'routing' | 'tier' | 'meter' | 'variant' | 'currency'> {
  readonly kind: 'price'
  readonly region: string
  readonly of: PriceKind
  /** For as many units as the meter says. */
  readonly amount: number
  readonly sku: string | null
  /** ISO day. */
  readonly publishedOn: string | null
}

export interface UnparsedPrice {
  readonly kind: 'unparsed'
  /** Empty when the product has none. */
  readonly usageType: string
  /** The model's name in the list. */
  readonly name: string | null
  readonly reason: UnparsedReason
}

export type UnparsedReason =
  | 'not a price list item'
  | 'not a token meter'
  | 'no Region'
  | 'unknown model'
  | 'ambiguous model'
  | 'no single on-demand rate'
  | 'not in USD'
  | 'unknown unit'
  | 'long prompts only'
  | 'implausible price'
  | 'conflicting prices'

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/
const EDITION = ' (Amazon Bedrock Edition)'
// Far outside what any model costs; a row in the wrong unit lands beyond.
const LEAST_USD_PER_MILLION = 0.001
const MOST_USD_PER_MILLION = 1000

/** Pure. Never guesses: a product that is not understood in every respect comes out as unparsed. */
export function parsePriceItem(item: unknown, names: ModelNames): ParsedPrice {
  const attributes = memberOf(memberOf(item, 'product'), 'attributes')
  const usageType = textOf(attributes, 'usagetype') ?? ''
  const name = nameOf(attributes)
  const unparsed = (reason: UnparsedReason): UnparsedPrice => ({kind: 'unparsed', usageType, name, reason})
  if (usageType === '') return unparsed('not a price list item')
  const meter = parseUsageType(usageType)
  if (!meter) return unparsed('not a token meter')
  const region = textOf(attributes, 'regionCode')
  if (region === undefined || !REGION.test(region)) return unparsed('no Region')
  const modelId = (meter.modelId && names.byId(meter.modelId)) ?? names.byName(name ?? '')
  if (modelId === undefined) return unparsed('unknown model')
  if (modelId === 'ambiguous') return unparsed('ambiguous model')
  const amount = priceOf(item)
  if (typeof amount === 'string') return unparsed(amount)
  const {routing, tier, kind: of} = meter
  const publishedOn = /^\d{4}-\d{2}-\d{2}/.exec(textOf(item, 'publicationDate') ?? '')?.[0] ?? null
  const sku = textOf(memberOf(item, 'product'), 'sku') ?? null
  const what = {modelId, region, routing, tier, meter: 'tokens', variant: null} as const
  return {kind: 'price', ...what, currency: 'USD', of, amount, sku, publishedOn}
}

/** USD for a million tokens, or why there is no such price. */
function priceOf(item: unknown): number | UnparsedReason {
  const rate = onlyRate(item)
  if (rate === undefined) return 'no single on-demand rate'
  const usd = Number(textOf(memberOf(rate, 'pricePerUnit'), 'USD') ?? Number.NaN)
  if (Number.isNaN(usd)) return 'not in USD'
  const description = textOf(rate, 'description') ?? ''
  if (/long.?context|[>≥] ?\d+ ?k/i.test(description)) return 'long prompts only'
  const units = unitsPerMillionTokens(textOf(rate, 'unit') ?? '', description)
  if (units === undefined) return 'unknown unit'
  // Decimal fractions times a power of ten: twelve digits drop only what binary arithmetic added.
  const usdPerMillionTokens = Number((usd * units).toPrecision(12))
  const plausible = usdPerMillionTokens >= LEAST_USD_PER_MILLION && usdPerMillionTokens <= MOST_USD_PER_MILLION
  return plausible ? usdPerMillionTokens : 'implausible price'
}

/** Titan embeddings have their own attribute; what the Marketplace sells is named by the service only. */
function nameOf(attributes: unknown): string | null {
  const name = textOf(attributes, 'model') ?? textOf(attributes, 'titanModel')
  if (name !== undefined) return name
  const service = textOf(attributes, 'servicename')
  return service?.endsWith(EDITION) ? service.slice(0, -EDITION.length) : null
}

/** The price dimension, when there is one on-demand term with one that holds from the first unit. */
function onlyRate(item: unknown): unknown {
  const [term, ...terms] = valuesOf(memberOf(memberOf(item, 'terms'), 'OnDemand'))
  const [rate, ...rates] = valuesOf(memberOf(term, 'priceDimensions'))
  return terms.length + rates.length === 0 && (textOf(rate, 'beginRange') ?? '0') === '0' ? rate : undefined
}

/** `Units` of the Marketplace say in the description how many tokens one is. */
function unitsPerMillionTokens(unit: string, description: string): number | undefined {
  const words = /^units?$/i.test(unit) ? description : unit
  if (/\b1 ?M\b|million/i.test(words)) return 1
  if (/\b1 ?K\b|thousand|\b1,000\b/i.test(words)) return 1000
  return /^tokens?$/i.test(unit) ? 1_000_000 : undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

function textOf(value: unknown, name: string): string | undefined {
  const text = memberOf(value, name)
  return typeof text === 'string' && text !== '' ? text : undefined
}

function valuesOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}
