import type {Decimal} from '../../core/decimal.js'
import type {PriceBook, Rate} from '../../prices/price-book.js'
import type {TokenKind} from '../../prices/price-list.js'
import type {TokenCharge} from './decode-charge.js'
import {CUSTOM_MODEL} from './price-tokens.js'
import type {BilledLine} from './read-bill.js'

/** A line of the bill for tokens, with what the book says of them. */
export interface BilledToken {
  readonly line: BilledLine
  readonly charge: TokenCharge
  /** Cache writes of any time to live are one count in CloudWatch. */
  readonly kind: TokenKind
  /** null: the unit does not say how many tokens it is. */
  readonly tokens: Decimal | null
  /** By the book, for as many tokens; null without a price. */
  readonly value: Decimal | null
}

export function toToken(line: BilledLine, charge: TokenCharge, book: PriceBook): BilledToken {
  const per = tokensPerUnit(line)
  const tokens = per === null ? null : line.quantity.times(per)
  const rate = rateOf(charge, line.region ?? '', book)
  return {
    line,
    charge,
    tokens,
    kind: charge.kind === 'cacheWrite1h' ? 'cacheWrite' : charge.kind,
    value: tokens && rate && rate.currency === line.currency ? tokens.times(rate.amount).div(rate.per) : null,
  }
}

/** `Units` are of Marketplace, which counts in millions. */
function tokensPerUnit({unit, service}: BilledLine): number | null {
  if (/\b1 ?K\b/i.test(unit)) return 1000
  if (/\b1 ?M\b|million/i.test(unit)) return 1_000_000
  if (/^tokens?$/i.test(unit)) return 1
  return /^units?$/i.test(unit) && service.endsWith('(Amazon Bedrock Edition)') ? 1_000_000 : null
}

function rateOf(charge: TokenCharge, region: string, book: PriceBook): Rate | undefined {
  const {modelId, kind, longPrompts, routing, tier, variant} = charge
  // A price for long prompts goes by a length that the bill does not tell.
  if (modelId === null || longPrompts) return undefined
  // Bills do not tell In-Region from geographic profiles; neither do prices.
  const route = routing === 'regional' ? 'geo' : routing
  const own = book.rate({modelId, meter: 'tokens', of: kind, variant, region, route, tier})
  if (own || variant !== CUSTOM_MODEL) return own
  return book.rate({modelId, meter: 'tokens', of: kind, variant: null, region, route: 'geo', tier})
}
