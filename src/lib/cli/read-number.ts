import type {Decimal} from '../core/decimal.js'
import {parseQuantity} from '../core/quantity.js'

/** The number that a flag says, more than 0; one that it cannot say is added to `problems`, with an example. */
export function readNumber(
  [name, text]: readonly [name: string, text: string | undefined],
  example: string,
  problems: string[],
  parse: (text: string) => Decimal | undefined = parseQuantity,
): Decimal | undefined {
  if (text === undefined) return undefined
  const value = parse(text)
  if (value === undefined || value.eq(0)) problems.push(`--${name} ${text}: not such as ${example}`)
  return value
}

export function wholeNumber(text: string): Decimal | undefined {
  const value = parseQuantity(text)
  return value?.mod(1).eq(0) ? value : undefined
}

/** `2.50` or `$2.50`. */
export function dollars(text: string): Decimal | undefined {
  return parseQuantity(text.replace(/^\$/, ''))
}
