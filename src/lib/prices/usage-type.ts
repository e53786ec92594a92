import type {PriceRow, TokenKind} from './price-list.js'

/** What a usage type counts: one kind of token, by one routing and tier. */
export interface TokenMeter {
  readonly kind: TokenKind
  readonly routing: NonNullable<PriceRow['routing']>
  /** standard, batch, flex, priority or latency-optimized. */
  readonly tier: string
  /** The model's id, where the usage type spells it (mantle). */
  readonly modelId: string | undefined
}

const RUNTIME_KIND: Readonly<Record<string, TokenKind>> = {
  'input-tokens': 'input',
  'output-tokens': 'output',
  'cache-read-input-token-count': 'cacheRead',
  'cache-write-input-token-count': 'cacheWrite',
  'cache-write-1h-input-token-count': 'cacheWrite1h',
}
const KINDS = Object.keys(RUNTIME_KIND).join('|')
const TIERS = 'standard|batch|flex|priority|latency-optimized'

const MANTLE = new RegExp(`^[A-Z0-9]+-(?<model>.+)-mantle-(?<kind>${KINDS})-(?<tier>${TIERS})$`, 'i')
const RUNTIME = new RegExp(
  `^(?<model>.+?)(?:-(?<early>batch))?-(?<kind>${KINDS})(?:-(?<tier>${TIERS}))?(?<global>-cross-region-global)?(?:-(?<late>${TIERS}))?$`,
  'i',
)
const TITAN_EMBEDDING = /^(?:[A-Z0-9]+-)?TitanEmbed[^-]*(?:-Text)?-input(?:-(?<tier>batch))?$/

const MARKETPLACE_KIND: Readonly<Record<string, TokenKind>> = {
  inputtokencount: 'input',
  outputtokencount: 'output',
  cachereadinputtokencount: 'cacheRead',
  cachewriteinputtokencount: 'cacheWrite',
  cachewrite1hinputtokencount: 'cacheWrite1h',
  input_tokens: 'input',
  output_tokens: 'output',
}
const MARKETPLACE = new RegExp(
  `^[A-Z0-9]+-MP:[A-Z0-9]+_(?<kind>${Object.keys(MARKETPLACE_KIND).join('|')})(?<global>_global)?(?:_(?<tier>standard|batch|flex|priority|latencyoptimized))?-Units$`,
  'i',
)

// The same words count other things for other meters: speech tokens, tokens of a customised model, of long prompts.
const OTHER_METER = /custom|speech|audio|video|image|long-?context|train|reserved|provisioned/i

/**
 * Reads the usage type, the one attribute that tells batch, flex, priority and standard rows apart. Undefined for what
 * is no token of a base model, and for a spelling that is not understood to its last word.
 */
export function parseUsageType(usageType: string): TokenMeter | undefined {
  if (OTHER_METER.test(usageType)) return undefined
  const mantle = MANTLE.exec(usageType)?.groups
  if (mantle) return meter(RUNTIME_KIND[lower(mantle['kind'])], 'mantle', lower(mantle['tier']), mantle['model'])
  const sold = MARKETPLACE.exec(usageType)?.groups
  if (sold) {
    const tier = lower(sold['tier']) === 'latencyoptimized' ? 'latency-optimized' : lower(sold['tier'])
    return meter(MARKETPLACE_KIND[lower(sold['kind'])], routingOf(sold['global']), tier)
  }
  const titan = TITAN_EMBEDDING.exec(usageType)
  if (titan) return meter('input', 'regional', lower(titan.groups?.['tier']))
  const runtime = RUNTIME.exec(usageType)?.groups
  if (!runtime || /(?:^|-)mantle(?:-|$)/i.test(usageType)) return undefined
  const tiers = [runtime['early'], runtime['tier'], runtime['late']].filter((tier) => tier !== undefined)
  if (tiers.length > 1) return undefined
  return meter(RUNTIME_KIND[lower(runtime['kind'])], routingOf(runtime['global']), lower(tiers[0]))
}

function meter(
  kind: TokenKind | undefined,
  routing: TokenMeter['routing'],
  tier: string,
  modelId?: string,
): TokenMeter | undefined {
  return kind && {kind, routing, tier: tier === '' ? 'standard' : tier, modelId}
}

function routingOf(global: string | undefined): 'global' | 'regional' {
  return global === undefined ? 'regional' : 'global'
}

function lower(text: string | undefined): string {
  return (text ?? '').toLowerCase()
}

/** The usage type without the abbreviation of its Region, which is ambiguous and differs in every row. */
export function withoutRegion(usageType: string): string {
  return usageType.replace(/^[A-Z]{2,4}\d{0,2}-(?:MP:[A-Z]{2,4}\d{0,2}_)?/, '')
}
