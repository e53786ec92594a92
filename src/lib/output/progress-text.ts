import {formatAmounts} from './money.js'
import {spanWord} from './span.js'

/** What the terminal can show. */
interface Signs {
  readonly unicode: boolean
}

/** `100,000`; `?` for what nobody has counted. */
export function countText(count: number | null): string {
  return count === null ? '?' : count.toLocaleString('en-US')
}

/** `12.3/s`, `≥ 12.3/s` where it is the least that it can be; below one a second by the minute. */
export function paceText(perSecond: number, isLeast: boolean, {unicode}: Signs): string {
  const least = isLeast ? (unicode ? '≥ ' : '>= ') : ''
  const digits = (value: number) => value.toLocaleString('en-US', {maximumFractionDigits: value < 100 ? 1 : 0})
  return perSecond >= 1 ? `${least}${digits(perSecond)}/s` : `${least}${digits(perSecond * 60)}/min`
}

/** `~12m 00s`, `≤ 12m 00s` where it is the most that it can be. */
export function leftText(seconds: number, isMost: boolean, {unicode}: Signs): string {
  return `${isMost ? (unicode ? '≤ ' : '<= ') : '~'}${spanWord(seconds)}`
}

/** `$1.20`, `$1.20–4.80`, `≥ $1.20`; `?` where nothing is known. */
export function amountText(
  {
    atLeast,
    atMost,
    currency,
  }: {
    readonly atLeast: number | null
    readonly atMost: number | null
    readonly currency: string
  },
  {unicode}: Signs,
): string {
  if (atLeast === null && atMost === null) return '?'
  const format = formatAmounts([atMost ?? atLeast ?? 0])
  if (atLeast === null) return `${unicode ? '≤' : '<='} ${format(atMost ?? 0, currency)}`
  if (atMost === null) return `${unicode ? '≥' : '>='} ${format(atLeast, currency)}`
  if (atMost === atLeast) return format(atLeast, currency)
  const range = format(atMost, currency).replace(/^\$|^[A-Z]{3} /, '')
  return `${format(atLeast, currency)}${unicode ? '–' : '-'}${range}`
}
