import Big from 'big.js'

/** An exact decimal number: what money and quantities that are multiplied with it are computed in. */
export type Decimal = Big

/** Digits after the point that a division keeps; sums, differences and products are exact. */
Big.DP = 20

export const ZERO: Decimal = new Big(0)
export const ONE: Decimal = new Big(1)

/** Exact: a number is taken by its shortest decimal notation, so 0.1 is a tenth. Throws for NaN and infinity. */
export function decimal(value: number | string | Decimal): Decimal {
  return new Big(value)
}

export function sumOf(values: Iterable<Decimal>): Decimal {
  let sum = ZERO
  for (const value of values) sum = sum.plus(value)
  return sum
}

/** The next whole number at or above. */
export function roundedUp(value: Decimal): Decimal {
  return value.round(0, Big.roundUp)
}

const JSON_PLACES = 10

/** For JSON: the number nearest to the value, to ten places after the point; halves go to the even digit. */
export function toNumber(value: Decimal): number {
  const places = value.c.length - 1 - value.e
  return (places > JSON_PLACES ? value.round(JSON_PLACES, Big.roundHalfEven) : value).toNumber()
}
