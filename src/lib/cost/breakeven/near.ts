import type {Decimal} from '../../core/decimal.js'

/** What a division leaves over is far below this share, and a difference that matters far above. */
const HAIR = 1e-12

/** As `cmp`, but 0 for values that differ by no more than a division may leave over. */
export function compareNear(one: Decimal, other: Decimal): number {
  const difference = one.minus(other).toNumber()
  const size = Math.max(Math.abs(one.toNumber()), Math.abs(other.toNumber()))
  return Math.abs(difference) <= size * HAIR ? 0 : Math.sign(difference)
}
