import {formatMoney, formatPrice} from '../output/money.js'
import type {EstimateLine, MoneyAmount, PriceOrigin} from './estimate/estimate.schema.js'
import {KIND_WORDS} from './price-usage.js'

/** `$1,234.56`, or two currencies side by side; a list without any is not known. */
export function moneyWords(amounts: readonly MoneyAmount[]): string {
  return amounts.length === 0 ? '?' : amounts.map(({amount, currency}) => formatMoney(amount, currency)).join(' + ')
}

/** What a line is for: `cache read`, `generated-image 1024x1024`, `guardrail content`. */
export function lineWords({kind, meter, variant}: Pick<EstimateLine, 'kind' | 'meter' | 'variant'>): string {
  const words = Object.hasOwn(KIND_WORDS, kind)
    ? KIND_WORDS[kind as keyof typeof KIND_WORDS]
    : meter.replaceAll('-', ' ')
  return variant === null ? words : `${words} ${variant}`
}

/** `$3.30 /M`, `$0.15 / 1,000 text units`, `$0.05 /M, yours`: a price without a date is one that was given. */
export function priceWords(price: EstimateLine['price']): string {
  if (price === null) return 'no price known'
  if (price.amount === 0) return 'free of charge'
  const amount = formatPrice(price.amount, price.currency)
  const per = price.unit === '1M tokens' ? '/M' : `/ ${price.unit}`
  return `${amount} ${per}${price.asOf === '' ? ', yours' : ''}`
}

const ORIGIN = {live: 'Price List', cache: 'Price List, kept', bundle: 'bundled price book'} as const

/** `prices: Price List 2026-11-20`. */
export function originWords({asOf, kind}: PriceOrigin): string {
  return `prices: ${ORIGIN[kind]} ${asOf.slice(0, 10)}`
}
