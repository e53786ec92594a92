import {METERS} from '../catalog/meters.js'
import {type Decimal, decimal, ZERO} from '../core/decimal.js'
import {amountOf} from '../prices/amount-of.js'
import type {PriceBook, Rate, Sold} from '../prices/price-book.js'
import type {Usage} from './usage.js'

/** A usage with its price and what it comes to; without one, why, and what is sold instead. */
export type PricedUsage = Usage & (Priced | Unpriced)

interface Priced {
  readonly rate: Rate
  /** In the rate's currency, for the month. */
  readonly amount: Decimal
}

interface Unpriced {
  readonly rate: null
  readonly amount: null
  /** `no price is known for …; sold in us-east-1: …`. */
  readonly why: string
  readonly sold: readonly Sold[]
}

/** Puts the book's prices to usages. Nothing that lacks a price becomes zero, except nothing used. */
export function priceUsages(usages: readonly Usage[], book: PriceBook): readonly PricedUsage[] {
  return usages.map((usage) => priceUsage(usage, book))
}

function priceUsage(usage: Usage, book: PriceBook): PricedUsage {
  const {given, meter, modelId, of, quantity, region, route, tier, variant} = usage
  const rate = given ? toRate(given) : book.rate(usage)
  if (rate) return {...usage, rate, amount: amountOf(rate, quantity)}
  const where = [route, tier === 'standard' ? null : tier, variant].filter((word) => word !== null).join(', ')
  const what = of === 'unit' ? METERS[meter].unit : `${KIND_WORDS[of]} tokens`
  const why = `no price is known for ${what} of ${modelId} in ${region}${where === '' ? '' : ` (${where})`}`
  const sold = book.sold(modelId, meter)
  return {...usage, rate: null, amount: null, why: `${why}; ${instead(usage, sold, book)}`, sold}
}

/** What of it has a price: other tokens of the same call, other combinations, or other things that it is billed by. */
function instead({modelId, of, region, ...usage}: Usage, sold: readonly Sold[], book: PriceBook): string {
  const kinds = TOKEN_KINDS.filter((kind) => of !== 'unit' && book.rate({...usage, modelId, region, of: kind}))
  if (kinds.length > 0) return `so called it has a price for ${kinds.map((kind) => KIND_WORDS[kind]).join(', ')} only`
  if (sold.length > 0) return soldInstead(sold, region)
  const units = [...new Set(book.rows(modelId).map(({meter}) => METERS[meter].unit))]
  return units.length === 0 ? 'nothing of it has a known price' : `it is billed by ${few(units)}`
}

/** The combinations of the Region, or of all Regions where it has none. */
function soldInstead(sold: readonly Sold[], asked: string): string {
  const here = sold.filter(({region}) => region === asked || region === '*')
  if (here.length > 0) return `sold in ${asked}: ${few(here.map(soldWords))}`
  return `sold: ${few(sold.map((one) => `${one.region ?? 'some Regions'} ${soldWords(one)}`))}`
}

/** `global batch`; `“720p”` where it is the variant that tells prices apart. */
function soldWords({routing, tier, variant}: Sold): string {
  if (variant === null) return `${routing ?? 'any route'} ${tier}`
  return [routing, tier === 'standard' ? null : tier, `“${variant}”`].filter((word) => word !== null).join(' ')
}

const FEW = 6

function few(words: readonly string[]): string {
  const distinct = [...new Set(words)]
  const more = distinct.length > FEW ? ` and ${distinct.length - FEW} more` : ''
  return `${distinct.slice(0, FEW).join(', ')}${more}`
}

/** The five prices of tokens, as a bill has them. */
export const KIND_WORDS = {
  input: 'input',
  output: 'output',
  cacheRead: 'cache read',
  cacheWrite: 'cache write',
  cacheWrite1h: 'cache write (1 h)',
} as const

const TOKEN_KINDS = Object.keys(KIND_WORDS) as readonly (keyof typeof KIND_WORDS)[]

function toRate({amount, currency, per, source, unit}: NonNullable<Usage['given']>): Rate {
  return {
    amount: decimal(amount),
    per,
    unit,
    currency,
    sku: null,
    asOf: '',
    sources: [source],
    confidence: 'high',
    note: 'given by you',
  }
}

/** What one currency of a list comes to. */
export interface Total {
  readonly currency: string
  readonly amount: Decimal
}

/** One total a currency, never a sum over two; a list without a price has none. */
export function totalsOf(lines: readonly PricedUsage[]): readonly Total[] {
  const totals = new Map<string, Decimal>()
  for (const {amount, rate} of lines) {
    if (rate) totals.set(rate.currency, (totals.get(rate.currency) ?? ZERO).plus(amount))
  }
  return [...totals].map(([currency, amount]) => ({currency, amount}))
}
