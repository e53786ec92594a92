import type {Decimal} from '../../core/decimal.js'

/** `12,500`: a count in an assumption, to the whole. */
export function countWords(count: Decimal): string {
  return count.round(0).toNumber().toLocaleString('en-US')
}
