import type {MeterId} from '../../../catalog/meters.js'
import {isCustomised, isMantle, type Meter, type MeterKind} from '../../world/price-meters.js'
import {commitmentWord, imageKind, months} from '../../world/unit-stems.js'
import {baseTier, isLongContext, isSpeechModel} from '../../world/usage-types.js'
import type {Product} from './product.js'

type Attributes = Record<string, string>
type TokenKind = Exclude<MeterKind, 'unit'>

// The Price List's own spelling; the providers it does not name, Amazon among them, are absent.
const PROVIDERS: Readonly<Record<string, string>> = {
  Anthropic: 'Anthropic',
  Google: 'Google',
  'Luma AI': 'Luma AI',
  Meta: 'Meta',
  MiniMax: 'MiniMax AI',
  'Mistral AI': 'Mistral AI',
  'Moonshot AI': 'Moonshot AI',
  NVIDIA: 'Nvidia',
  OpenAI: 'OpenAI',
  Qwen: 'Qwen',
  'Z.AI': 'Z AI',
}

/** The model and who makes it, as the Price List names them. */
export function nameAttributes(meter: Meter): Attributes {
  const {listed, model} = meter
  const provider = PROVIDERS[model.provider]
  const fast = baseTier(meter).startsWith('latency') ? ' Latency Optimized' : ''
  const field = model.id.includes('titan-embed') ? 'titanModel' : 'model'
  return {
    ...(listed.name === null ? {} : {[field]: `${listed.name}${fast}`}),
    ...(provider === undefined ? {} : {provider}),
  }
}

const INFERENCE_TYPE: Readonly<Record<TokenKind, string>> = {
  input: 'Input tokens',
  output: 'Output tokens',
  cacheRead: 'Prompt cache read input tokens',
  cacheWrite: 'Prompt cache write input tokens',
  cacheWrite1h: 'Prompt cache write input tokens',
}

/** What the row says of its meter, beside its usage type. */
export function kindAttributes(offer: Product['offer'], meter: Meter): Attributes {
  const {kind, routing} = meter
  if (kind === 'unit') return unitAttributes(meter)
  if (isMantle(meter)) return mantleAttributes(kind, meter)
  return routing === 'global' ? globalAttributes(offer, kind, meter) : regionalAttributes(kind, meter)
}

function mantleAttributes(kind: TokenKind, meter: Meter): Attributes {
  const tier = baseTier(meter)
  const plain = INFERENCE_TYPE[kind]
  const inferenceType = tier === 'batch' ? `${plain.toLowerCase()} batch` : `${plain}${tierWords(tier)}`
  return {inferenceType, service_tier: `${meter.routing === 'mantle-global' ? 'global-' : ''}${tier}`}
}

/** Rows of the global rates have no feature, and those of caches no type either. */
function globalAttributes(offer: Product['offer'], kind: TokenKind, meter: Meter): Attributes {
  const long = isLongContext(meter) ? ' long context' : ''
  if (kind === 'input' || kind === 'output') {
    return {inferenceType: `${INFERENCE_TYPE[kind]}${tierWords(baseTier(meter))}${long}`}
  }
  const featuretype = `Prompt cache ${kind === 'cacheRead' ? 'read' : 'write'}`
  return {
    ...(offer === 'AmazonBedrockService' ? {featuretype} : {}),
    ...(long === '' ? {} : {inferenceType: `Input token count${long}`}),
  }
}

function regionalAttributes(kind: TokenKind, meter: Meter): Attributes {
  const spoken = kind === 'input' ? 'Text Input Token' : 'Text output token'
  const plain = isSpeechModel(meter) ? spoken : `${INFERENCE_TYPE[kind]}${tierWords(baseTier(meter))}`
  return {feature: featureOf(meter), inferenceType: `${plain}${isLongContext(meter) ? ' long context' : ''}`}
}

/** Batch and latency-optimised rows have the words of standard ones. */
function tierWords(tier: string): string {
  return tier === 'standard' || tier === 'batch' || tier.startsWith('latency') ? '' : ` ${tier}`
}

function featureOf(meter: Meter): string {
  if (isCustomised(meter)) return 'Model Customization'
  return baseTier(meter) === 'batch' ? 'Batch Inference' : 'On-demand Inference'
}

const ON_DEMAND = {feature: 'On-demand Inference'}

function unitAttributes(meter: Meter): Attributes {
  const {variant} = meter
  const commitment = {NoCommit: 'no commit', '1month': '1 month commit', '6month': '6 month commit'}[
    commitmentWord(variant)
  ]
  const known: Readonly<Partial<Record<MeterId, Attributes>>> = {
    'speech-input-tokens': {...ON_DEMAND, inferenceType: 'Speech Understanding input token'},
    'speech-output-tokens': {...ON_DEMAND, inferenceType: 'Speech Understanding output token'},
    'image-input-tokens': {inferenceType: 'Input Image Token Count'},
    'image-output-tokens': {inferenceType: 'Output Image Token Count'},
    'generated-image': {...ON_DEMAND, inferenceType: `T2I ${imageKind(variant).join(' ')}`},
    'generated-video-second': {inferenceType: 'Video'},
    'search-unit': {feature: 'Reranker'},
    'training-tokens': {feature: 'Model Customization'},
    'training-hour': {feature: 'Model Customization'},
    'custom-model-storage': {feature: 'Model Customization'},
    'model-unit-hour': {feature: `Provisioned Throughput Inference - ${commitment}`},
    'reserved-input-tpm': {feature: `Reserved - ${months(variant)} Month`},
    'reserved-output-tpm': {feature: `Reserved - ${months(variant)} Month`},
  }
  return known[meter.meter] ?? {}
}
