import {isCustomised, isMantle, type Meter, type MeterKind} from './price-meters.js'
import {regionPrefix} from './region-prefix.js'
import {unitStem} from './unit-stems.js'

// Usage types of the offers AmazonBedrock and AmazonBedrockService, as rows of the Price List of July to October 2026
// spell them. What was not seen there is marked.

const RUNTIME: Readonly<Record<MeterKind, string>> = {
  input: 'input-tokens',
  output: 'output-tokens',
  cacheRead: 'cache-read-input-token-count',
  cacheWrite: 'cache-write-input-token-count',
  // Seen in a test of somebody else's only.
  cacheWrite1h: 'cache-write-input-token-count-1-hour',
  unit: '',
}

const MANTLE: Readonly<Record<MeterKind, string>> = {
  input: 'input-tokens',
  output: 'output-tokens',
  cacheRead: 'cache-read-tokens',
  cacheWrite: 'cache-write-tokens',
  cacheWrite1h: 'cache-write-tokens-1h',
  unit: '',
}

/** The tier without what it says of long prompts. */
export function baseTier({tier}: Pick<Meter, 'tier'>): string {
  return tier.split(':')[0] ?? tier
}

/** Whether the price is one of long prompts. Usage types do not say how long. */
export function isLongContext({tier}: Pick<Meter, 'tier'>): boolean {
  return tier.includes(':input>')
}

/** Rows of models that are written by id name every tier, as those of the mantle endpoint do. */
export function isWrittenById({model, listed}: Pick<Meter, 'model' | 'listed'>): boolean {
  return listed.stem === withoutVersion(model.id)
}

/** Speech models sell text tokens beside speech tokens. */
export function isSpeechModel({model}: Pick<Meter, 'model'>): boolean {
  return /sonic/.test(model.id)
}

/** `EUC1-NovaLite-input-tokens-batch`, `USE1-Nova2.0Lite-output-tokens-flex-cross-region-global`. */
export function bedrockUsageType(meter: Meter): string {
  return `${regionPrefix(meter.region)}-${bedrockMeter(meter)}`
}

/** The usage type without its Region, as descriptions quote it. */
export function bedrockMeter(meter: Meter): string {
  if (isMantle(meter)) return mantleMeter(meter)
  if (meter.kind === 'unit') return unitStem(meter)
  const tier = baseTier(meter)
  const plain = tier === 'standard' && !isWrittenById(meter)
  const routed = meter.routing === 'global' ? ['cross-region-global'] : []
  // Batch comes after the routing, every other tier before it.
  const ends = tier === 'batch' ? [...routed, 'batch'] : [...(plain ? [] : [tierWord(tier)]), ...routed]
  const text = isSpeechModel(meter) ? ['text'] : []
  const long = isLongContext(meter) ? ['long-context'] : []
  const custom = isCustomised(meter) ? ['custom-model'] : []
  return [meter.listed.stem, ...text, RUNTIME[meter.kind], ...long, ...ends, ...custom].join('-')
}

/** `openai.gpt-oss-120b-mantle-output-tokens-priority`: an id without its version, and always a tier. */
function mantleMeter(meter: Meter): string {
  const {kind, model, routing} = meter
  const global = routing === 'mantle-global' ? ['global'] : []
  const long = isLongContext(meter) ? ['long-ctx'] : []
  return [withoutVersion(model.id), 'mantle', MANTLE[kind], ...long, ...global, baseTier(meter)].join('-')
}

/** `openai.gpt-oss-120b-1:0` → `openai.gpt-oss-120b`; `qwen.qwen3-32b-v1:0` → `qwen.qwen3-32b`. */
export function withoutVersion(id: string): string {
  return id.replace(/-(?:v\d+|\d)(?::\d+)?$/, (end) => (end.includes(':') ? '' : end))
}

function tierWord(tier: string): string {
  return tier === 'latency' ? 'latency-optimized' : tier
}
