import {type Decimal, decimal} from './decimal.js'

const SUFFIX: Readonly<Record<string, number>> = {'': 1, k: 1000, m: 1_000_000, b: 1_000_000_000}
const QUANTITY = /^(\d+(?:[_,]\d{3})*(?:\.\d+)?|\.\d+)\s*([kmb]?)$/i
/** Beyond anything that is billed: a slip of the fingers. */
const MOST = 1e15

/** `1500`, `1,500`, `200k`, `1.5M`, `2B`; undefined for anything else, for negative and for absurd numbers. */
export function parseQuantity(text: string): Decimal | undefined {
  const [, digits, suffix = ''] = QUANTITY.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const value = decimal(digits.replaceAll(/[_,]/g, '').replace(/^\./, '0.')).times(SUFFIX[suffix.toLowerCase()] ?? 1)
  return value.gt(MOST) ? undefined : value
}

/** Hours of a month in AWS's own estimates: 8,760 a year, by twelve. */
export const HOURS_PER_MONTH = 730

const PER_MONTH = {
  second: HOURS_PER_MONTH * 3600,
  minute: HOURS_PER_MONTH * 60,
  hour: HOURS_PER_MONTH,
  day: HOURS_PER_MONTH / 24,
  month: 1,
} as const
const UNITS: Readonly<Record<string, keyof typeof PER_MONTH>> = {
  s: 'second',
  sec: 'second',
  second: 'second',
  min: 'minute',
  minute: 'minute',
  h: 'hour',
  hour: 'hour',
  d: 'day',
  day: 'day',
  mo: 'month',
  month: 'month',
}

/** How many in a month of 730 hours: `200k/month`, `3/s`, `50/min`, `1,200/hour`, `30k/day`; a bare number is a month's. */
export function parseMonthlyVolume(text: string): Decimal | undefined {
  const [number = '', unit = 'month', ...rest] = text.split('/')
  const quantity = parseQuantity(number)
  const known = UNITS[unit.trim().toLowerCase()]
  if (quantity === undefined || known === undefined || rest.length > 0) return undefined
  // 730 / 24 has no end in decimals; times 730 first keeps a whole number of days exact.
  return known === 'day' ? quantity.times(HOURS_PER_MONTH).div(24) : quantity.times(PER_MONTH[known])
}

/** `80%` or `0.8`, between 0 and 1. */
export function parseShare(text: string): Decimal | undefined {
  const [, number = '', percent] = /^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text.trim()) ?? []
  if (number === '') return undefined
  const value = decimal(number.replace(/^\./, '0.')).div(percent === '%' ? 100 : 1)
  return value.gt(1) ? undefined : value
}
