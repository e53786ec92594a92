import {METERS, type MeterId} from '../catalog/meters.js'
import {exactAmount} from './exact-amount.js'
import type {ModelNames} from './model-names.js'
import type {PriceKind, PriceRow} from './price-list.js'
import {unitsOfPrice} from './price-unit.js'
import type {BilledUsage} from './usage-type/billed-usage.js'
import {parseUsageType} from './usage-type.js'

/** One product of the Price List, as the price of a meter or with the reason why it is none. */
export type ParsedPrice = ListedPrice | UnparsedPrice

export interface ListedPrice extends Pick<PriceRow, 'modelId' | 'routing' | 'tier' | 'meter' | 'variant'> {
  readonly kind: 'price'
  readonly region: string
  readonly usageType: string
  readonly of: PriceKind
  /** By currency, for as many units as the meter says; zero is a price: free of charge. */
  readonly amounts: Readonly<Record<string, number>>
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
  /** null: the product names none. */
  readonly region: string | null
  readonly reason: UnparsedReason
}

export type UnparsedReason =
  | 'not a price list item'
  | 'unknown usage type'
  | 'no Region'
  | 'unknown model'
  | 'ambiguous model'
  | 'no single on-demand rate'
  | 'no amount of money'
  | 'unknown unit'
  | 'long prompts of unknown length'
  | 'implausible price'
  | 'conflicting prices'

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/
const CURRENCY = /^[A-Z]{3}$/
const EDITION = ' (Amazon Bedrock Edition)'
const LATENCY_OPTIMISED = / latency[ -]optimi[sz]ed$/i
const LONG_PROMPTS = /long.?context|[>≥] ?\d+ ?k/i
const BEYOND = /(?:>|\b(?:over|above|beyond|more than)) ?(?<count>\d[\d,]*)(?: ?(?<thousands>K)\b| (?:input )?tokens)/i
// Far outside what anything costs for a million tokens or a thousand text units: a row in the wrong unit lands beyond.
const TOKENS_COST = {least: 0.001, most: 1000}
const TEXT_UNITS_COST = {least: 0.01, most: 10}
const MOST_LETTERS = 200
/** More of any currency that AWS bills in than a dollar is worth. */
const OTHERS_FOR_A_DOLLAR = 200

/** Pure. Never guesses: a product that is not understood in every respect comes out as unparsed. */
export function parsePriceItem(item: unknown, names: ModelNames): ParsedPrice {
  const product = memberOf(item, 'product')
  const attributes = memberOf(product, 'attributes')
  const usageType = shortened(textOf(attributes, 'usagetype') ?? '')
  const name = nameOf(attributes)
  const regionCode = textOf(attributes, 'regionCode')
  const region = regionCode !== undefined && REGION.test(regionCode) ? regionCode : null
  const unparsed = (reason: UnparsedReason): UnparsedPrice => {
    return {kind: 'unparsed', usageType, name: name && shortened(name), region, reason}
  }
  if (usageType === '') return unparsed('not a price list item')
  const usage = parseUsageType(usageType)
  if (!usage) return unparsed('unknown usage type')
  if (region === null) return unparsed('no Region')
  const modelId = subjectOf(usage, name, names)
  if (modelId === undefined) return unparsed('unknown model')
  if (modelId === 'ambiguous') return unparsed('ambiguous model')
  const price = priceOf(item, usage)
  if (typeof price === 'string') return unparsed(price)
  const {meter, of, routing, variant} = usage
  const publishedOn = /^\d{4}-\d{2}-\d{2}/.exec(textOf(item, 'publicationDate') ?? '')?.[0] ?? null
  const sku = shortened(textOf(product, 'sku') ?? '') || null
  return {kind: 'price', usageType, modelId, region, routing, meter, variant, ...price, of, sku, publishedOn}
}

/** An id in the usage type is AWS's own; names are at times given to the wrong model. */
function subjectOf({subject, tier}: BilledUsage, name: string | null, names: ModelNames): string | undefined {
  if (subject.kind === 'service') return subject.id
  const id = names.byId(subject.spelling)
  if (id !== undefined) return id
  if (name === null) return names.byName(subject.spelling)
  const plain = tier === 'latency-optimized' ? name.replace(LATENCY_OPTIMISED, '') : name
  return names.byName(plain) ?? names.byId(name)
}

function priceOf(item: unknown, usage: BilledUsage): Pick<ListedPrice, 'amounts' | 'tier'> | UnparsedReason {
  const rate = onlyRate(item)
  if (rate === undefined) return 'no single on-demand rate'
  const description = textOf(rate, 'description') ?? ''
  const tier = tierOf(usage, description)
  if (tier === undefined) return 'long prompts of unknown length'
  const units = unitsOfPrice(usage.meter, textOf(rate, 'unit') ?? '', description)
  if (units === undefined) return 'unknown unit'
  const amounts = amountsOf(memberOf(rate, 'pricePerUnit'), units, METERS[usage.meter].per)
  if (amounts === undefined) return 'no amount of money'
  return isPlausible(usage.meter, amounts) ? {amounts, tier} : 'implausible price'
}

/** `standard:input>200000` for prompts beyond a length; undefined where the length is not told. */
function tierOf({longPrompts, tier}: BilledUsage, description: string): string | undefined {
  if (!longPrompts && !LONG_PROMPTS.test(description)) return tier
  const {count, thousands} = BEYOND.exec(description)?.groups ?? {}
  if (count === undefined) return undefined
  return `${tier}:input>${Number(count.replaceAll(',', '')) * (thousands ? 1000 : 1)}`
}

/** Undefined unless every currency of the price has an amount. */
function amountsOf(pricePerUnit: unknown, units: number, per: number): Readonly<Record<string, number>> | undefined {
  if (typeof pricePerUnit !== 'object' || pricePerUnit === null) return undefined
  const amounts: Record<string, number> = {}
  for (const [currency, text] of Object.entries(pricePerUnit)) {
    const amount = typeof text === 'string' ? exactAmount(text, units, per) : undefined
    if (!CURRENCY.test(currency) || amount === undefined) return undefined
    amounts[currency] = amount
  }
  return Object.keys(amounts).length > 0 ? amounts : undefined
}

/** Other prices are too unlike each other to be judged. */
function isPlausible(meter: MeterId, amounts: Readonly<Record<string, number>>): boolean {
  const usual =
    METERS[meter].per === METERS.tokens.per
      ? TOKENS_COST
      : meter === 'guardrail-text-unit'
        ? TEXT_UNITS_COST
        : undefined
  if (usual === undefined) return true
  return Object.entries(amounts).every(([currency, amount]) => {
    const most = currency === 'USD' ? usual.most : usual.most * OTHERS_FOR_A_DOLLAR
    return amount === 0 || (amount >= usual.least && amount <= most)
  })
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

/** Text that is told and kept: what is longer than any of AWS's would fill every screen and the cache. */
function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text
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
