import type {MeterId} from '../../catalog/meters.js'
import type {Meter, MeterKind} from './price-meters.js'
import {regionPrefix} from './region-prefix.js'
import {commitmentWord, months} from './unit-stems.js'
import {baseTier, isLongContext} from './usage-types.js'

// Meters of the offer AmazonBedrockFoundationModels, as rows of the Price List of July to October 2026 spell them.

/** How the seller words its rows; it changed with Claude 4.5, 4.6 and again with Opus 4.7. */
type Wording = 'plain' | 'regional' | 'cris' | 'snake'

const SNAKE = /claude-(?:opus-4-[7-9]|[a-z]+-5(?:-|$)|mythos)|openai\.gpt-6/
const WORDINGS: readonly (readonly [RegExp, Wording])[] = [
  [SNAKE, 'snake'],
  [/claude-[a-z]+-4-5/, 'regional'],
  [/claude-[a-z]+-4-6/, 'cris'],
]

function wordingOf({model}: Meter): Wording {
  return WORDINGS.find(([pattern]) => pattern.test(model.id))?.[1] ?? 'plain'
}

const CAMEL: Readonly<Record<MeterKind, string>> = {
  input: 'InputTokenCount',
  output: 'OutputTokenCount',
  cacheRead: 'CacheReadInputTokenCount',
  cacheWrite: 'CacheWriteInputTokenCount',
  cacheWrite1h: 'CacheWrite1hInputTokenCount',
  unit: '',
}

const SNAKE_KIND: Readonly<Record<MeterKind, string>> = {
  input: 'input_tokens',
  output: 'output_tokens',
  cacheRead: 'cache_read_tokens',
  cacheWrite: 'cache_write_tokens',
  cacheWrite1h: 'cache_write_tokens_1h',
  unit: '',
}

const UNITS: Readonly<Partial<Record<MeterId, string | ((meter: Meter) => string)>>> = {
  'generated-image': 'created_image',
  'input-image': 'InputImageCount',
  'input-video-second': 'inputVideoSecond',
  // Spelt after the one of videos; not seen.
  'input-audio-second': 'inputAudioSecond',
  'search-unit': 'search_units',
  'reserved-input-tpm': (meter) => reserved('Input', meter),
  'reserved-output-tpm': (meter) => reserved('Output', meter),
  'model-unit-hour': ({variant}) => `ProvisionedThroughput_${commitment(variant)}_ModelUnits_Usage`,
}

/** `InputTokenCount_Global_Batch`, `cache_write_tokens_1h_global_standard`. */
export function marketplaceMeter(meter: Meter): string {
  if (meter.kind === 'unit') {
    const spelling = UNITS[meter.meter]
    return typeof spelling === 'function' ? spelling(meter) : (spelling ?? meter.meter)
  }
  return wordingOf(meter) === 'snake' ? snakeMeter(meter) : camelMeter(meter)
}

function snakeMeter(meter: Meter): string {
  const long = isLongContext(meter) ? ['long_ctx'] : []
  const global = meter.routing === 'global' ? ['global'] : []
  return [SNAKE_KIND[meter.kind], ...long, ...global, baseTier(meter)].join('_')
}

function camelMeter(meter: Meter): string {
  const {kind, model, routing} = meter
  const tier = baseTier(meter)
  if (tier === 'batch' && /claude-3-5-sonnet-20240620/.test(model.id)) {
    return kind === 'output' ? 'MillionBatchOutputTokens' : 'MillionBatchInputTokens'
  }
  const long = isLongContext(meter) ? ['LCtx'] : []
  const global = routing === 'global' ? ['Global'] : []
  return [CAMEL[kind], ...long, ...global, ...(tier === 'standard' ? [] : [tierWord(tier)])].join('_')
}

/** `USE1-MP:USE1_InputTokenCount-Units`. */
export function marketplaceUsageType(meter: Meter): string {
  const prefix = regionPrefix(meter.region)
  return `${prefix}-MP:${prefix}_${marketplaceMeter(meter)}-Units`
}

const MILLION: Readonly<Record<MeterKind, string>> = {
  input: 'Input Tokens',
  output: 'Response Tokens',
  cacheRead: 'Cache Read Input Tokens',
  cacheWrite: 'Cache Write Input Tokens',
  cacheWrite1h: '1 hour Cache Write Input Tokens',
  unit: '',
}

const DASHED: Readonly<Record<MeterKind, string>> = {
  input: 'Input Tokens',
  output: 'Output Tokens',
  cacheRead: 'Cache Read Tokens',
  cacheWrite: 'Cache Write Tokens',
  cacheWrite1h: 'Cache Write Tokens (1h TTL)',
  unit: '',
}

const REGIONAL: Readonly<Record<Exclude<Wording, 'snake'>, string>> = {
  plain: '',
  regional: ' Regional',
  cris: ' Regional CRIS',
}

/** `AWS Marketplace software usage|us-east-1|Million Input Tokens Regional`. */
export function marketplaceDescription(meter: Meter): string {
  return `AWS Marketplace software usage|${meter.region}|${wordsOf(meter)}`
}

function wordsOf(meter: Meter): string {
  const {kind, model, routing} = meter
  if (kind === 'unit') return unitWords(meter)
  const tier = baseTier(meter)
  const wording = wordingOf(meter)
  if (wording === 'snake') return snakeWords(meter, tier)
  if (model.provider === 'Cohere') return `Price per 1 million ${kind} tokens`
  const where = routing === 'global' ? ' Global' : REGIONAL[wording]
  const long = isLongContext(meter) ? ' (Long Context)' : ''
  const fast = tier.startsWith('latency') ? ' (Latency Optimized Inference)' : ''
  return `Million ${tier === 'batch' ? 'Batch ' : ''}${MILLION[kind]}${where}${fast}${long}`
}

function snakeWords(meter: Meter, tier: string): string {
  const {kind, routing} = meter
  const long = isLongContext(meter) ? ', Long Context' : ''
  const plain = tier === 'standard' && routing !== 'global' && long === ''
  if (plain && (kind === 'input' || kind === 'output')) return `Million ${MILLION[kind]} Standard`
  return `${DASHED[kind]} - ${capital(tier)}${long}${routing === 'global' ? ', Global' : ''}`
}

function unitWords(meter: Meter): string {
  const {model, variant} = meter
  const reservation = /^reserved-(input|output)-tpm$/.exec(meter.meter)
  if (reservation) {
    const where = meter.routing === 'global' ? 'Global' : 'Regional'
    return `Per Hour per 1K ${capital(reservation[1] ?? '')} TPM Reserved ${months(variant)} Month ${where}`
  }
  if (meter.meter === 'generated-image') return `Output image, ${model.name ?? model.id}`
  if (meter.meter === 'model-unit-hour') return `Provisioned Throughput Hourly Price (${commitment(variant)})`
  return `Per ${meter.meter.replaceAll('-', ' ')}`
}

function reserved(direction: string, {routing, variant}: Meter): string {
  return `Reserved_${months(variant)}Month_${direction}TPM_${routing === 'global' ? 'Global' : 'Geo'}`
}

function commitment(variant: string | null): string {
  const word = commitmentWord(variant)
  return word === 'NoCommit' ? word : `${word === '1month' ? '1Month' : '6Months'}Commit`
}

function tierWord(tier: string): string {
  return tier.startsWith('latency') ? 'LatencyOptimized' : capital(tier)
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
