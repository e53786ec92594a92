import type {Meter, MeterKind} from './price-meters.js'

// How billing abbreviates Regions, where it is not area, direction and number (eu-west-2 → EUW2). Always ambiguous:
// readers are to use regionCode.
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  'ap-south-1': 'APS3',
  'ap-south-2': 'APS5',
  'ap-southeast-1': 'APS1',
  'ap-southeast-2': 'APS2',
  'ap-southeast-3': 'APS4',
  'ap-southeast-4': 'APS6',
  'ap-southeast-5': 'APS7',
  'ap-southeast-6': 'APS8',
  'ap-southeast-7': 'APS9',
  'ca-central-1': 'CAN1',
  'ca-west-1': 'CAN2',
  'eu-west-1': 'EU',
}

export function regionPrefix(region: string): string {
  const known = ABBREVIATIONS[region]
  if (known !== undefined) return known
  const parts = region.replace('us-gov-', 'ug-').split('-')
  const direction = (parts[1] ?? '').replace(/^(north|south)(east|west)$/, '$1').charAt(0)
  return `${parts[0] ?? ''}${direction}${parts.at(-1) ?? ''}`.toUpperCase()
}

const RUNTIME: Readonly<Record<MeterKind, string>> = {
  input: 'input-tokens',
  output: 'output-tokens',
  cacheRead: 'cache-read-input-token-count',
  cacheWrite: 'cache-write-input-token-count',
  cacheWrite1h: 'cache-write-1h-input-token-count',
  image: 'created-image',
}

/** Usage type of the AmazonBedrock offer: `EUC1-NovaLite-input-tokens-batch`, `…-cross-region-global`. */
export function bedrockUsageType({model, region, routing, tier, kind}: Meter): string {
  const prefix = regionPrefix(region)
  if (routing === 'mantle') return `${prefix}-${model.id}-mantle-${RUNTIME[kind]}-${tier}`
  const name = (model.name ?? model.id).replaceAll(/\s/g, '')
  const ends = [
    RUNTIME[kind],
    ...(tier === 'standard' ? [] : [tier]),
    ...(routing === 'global' ? ['cross-region-global'] : []),
  ]
  return [prefix, name, ...ends].join('-')
}

const MARKETPLACE: Readonly<Record<MeterKind, string>> = {
  input: 'InputTokenCount',
  output: 'OutputTokenCount',
  cacheRead: 'CacheReadInputTokenCount',
  cacheWrite: 'CacheWriteInputTokenCount',
  cacheWrite1h: 'CacheWrite1hInputTokenCount',
  image: 'created_image',
}

/** Meter of the Marketplace offers: `InputTokenCount_Global_Batch`; the fifth generation of Claude is spelt its own way. */
export function marketplaceMeter({model, routing, tier, kind}: Meter): string {
  if (/claude-[a-z]+-5/.test(model.id) && tier === 'standard' && (kind === 'input' || kind === 'output')) {
    return `${kind}_tokens_${routing === 'global' ? 'global_' : ''}standard`
  }
  const words = [MARKETPLACE[kind], routing === 'global' ? 'Global' : '', tier === 'standard' ? '' : capital(tier)]
  return words.filter((word) => word !== '').join('_')
}

export function marketplaceUsageType(meter: Meter): string {
  const prefix = regionPrefix(meter.region)
  return `${prefix}-MP:${prefix}_${marketplaceMeter(meter)}-Units`
}

const MARKETPLACE_WORDS: Readonly<Record<MeterKind, string>> = {
  input: 'Million Input Tokens',
  output: 'Million Response Tokens',
  cacheRead: 'Million Cache Read Input Tokens',
  cacheWrite: 'Million Cache Write Input Tokens',
  cacheWrite1h: 'Million 1h Cache Write Input Tokens',
  image: 'Created Image',
}

export function marketplaceDescription(meter: Meter): string {
  const routing = meter.routing === 'global' ? 'Global' : 'Regional CRIS'
  const tier = meter.tier === 'standard' ? '' : ` ${capital(meter.tier)}`
  return `AWS Marketplace software usage|${meter.region}|${MARKETPLACE_WORDS[meter.kind]} ${routing}${tier}`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
