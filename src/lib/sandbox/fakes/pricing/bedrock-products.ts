import type {Catalog} from '../../../catalog/catalog.js'
import type {MeterId} from '../../../catalog/meters.js'
import {isMantle, type Meter, type MeterKind} from '../../world/price-meters.js'
import {baseTier, bedrockMeter, bedrockUsageType, isWrittenById} from '../../world/usage-types.js'
import {kindAttributes, nameAttributes} from './bedrock-attributes.js'
import {locationOf, placeAttributes} from './location.js'
import {type Product, skuOf} from './product.js'

const SERVICE_NAMES = {AmazonBedrock: 'Amazon Bedrock', AmazonBedrockService: 'Amazon Bedrock Service'} as const

/** A meter as one of the two first-party offers sells it. */
export function bedrockProduct(offer: keyof typeof SERVICE_NAMES, meter: Meter, catalog: Catalog): Product {
  const usagetype = bedrockUsageType(meter)
  const location = locationOf(meter.region, catalog)
  const {unit, of} = unitOf(meter)
  return {
    offer,
    sku: skuOf(offer, usagetype),
    attributes: {
      servicecode: offer,
      usagetype,
      operation: '',
      ...nameAttributes(meter),
      ...kindAttributes(offer, meter),
      ...placeAttributes(meter.region, location),
      servicename: SERVICE_NAMES[offer],
    },
    unit,
    usd: meter.usd * of,
    description: descriptionOf(offer, meter, unit, location),
  }
}

interface Unit {
  readonly unit: string
  /** What the price of the catalog's unit is to be multiplied by. */
  readonly of: number
}

const THOUSAND_TOKENS: Unit = {unit: '1K tokens', of: 1 / 1000}

const UNITS: Readonly<Partial<Record<MeterId, Unit>>> = {
  'speech-input-tokens': THOUSAND_TOKENS,
  'speech-output-tokens': THOUSAND_TOKENS,
  'image-input-tokens': THOUSAND_TOKENS,
  'image-output-tokens': THOUSAND_TOKENS,
  'generated-image': {unit: 'image', of: 1},
  'input-image': {unit: 'Images Processed', of: 1},
  'input-audio-second': {unit: '1K seconds', of: 1000},
  'input-video-second': {unit: 'seconds', of: 1},
  'search-unit': {unit: 'Search Units', of: 1 / 1000},
  'training-tokens': THOUSAND_TOKENS,
  'training-hour': {unit: 'hour', of: 1},
  'custom-model-storage': {unit: 'Model/month', of: 1},
  'model-unit-hour': {unit: 'hour', of: 1},
  'reserved-input-tpm': {unit: '1K TPM Hour', of: 1},
  'reserved-output-tpm': {unit: '1K TPM Hour', of: 1},
}

function unitOf(meter: Meter): Unit {
  if (meter.meter === 'generated-video-second')
    return {unit: meter.model.provider === 'Amazon' ? 'video' : 'Second', of: 1}
  if (meter.kind === 'unit') return UNITS[meter.meter] ?? {unit: 'Units', of: 1}
  const million = isWrittenById(meter) || /gpt-\d|grok/.test(meter.model.id)
  return million ? {unit: '1M tokens', of: 1} : THOUSAND_TOKENS
}

function descriptionOf(offer: Product['offer'], meter: Meter, unit: string, location: string): string {
  const {kind, listed, model, routing} = meter
  const what = bedrockMeter(meter)
  if (isMantle(meter) || routing === 'global' || offer === 'AmazonBedrockService') {
    return `per ${unit.replace(/tokens$/, 'token')} for ${what} in ${location}`
  }
  // As AWS prints it.
  if (model.provider === 'Anthropic') return `per ${unit} for ${what} in${location}`
  const shown = model.provider === 'Amazon' || kind === 'unit' || listed.name === null
  if (shown)
    return `per ${unit} for ${model.id.includes('titan-embed') ? what : bedrockUsageType(meter)} in ${location}`
  const tier = baseTier(meter)
  const words = `${KIND_WORDS[kind]}${tier === 'standard' || tier === 'batch' ? '' : ` ${tier}`}`
  const count = unit.replace(/ tokens$/, '')
  return `per ${count} ${words} for ${listed.name} in ${location}${tier === 'batch' ? ' for Batch' : ''}`
}

const KIND_WORDS: Readonly<Record<Exclude<MeterKind, 'unit'>, string>> = {
  input: 'input tokens',
  output: 'output tokens',
  cacheRead: 'cache read input tokens',
  cacheWrite: 'cache write input tokens',
  cacheWrite1h: 'cache write 1h input tokens',
}
