import type {MeterId} from '../../catalog/meters.js'
import type {Meter} from './price-meters.js'

/** What AWS calls a meter other than text tokens; `meter` without its Region. */
type Spelling = (meter: Meter) => string

const COMMITMENT: readonly (readonly [RegExp, string])[] = [
  [/no.?commit/i, 'NoCommit'],
  [/1.?month/i, '1month'],
  // The spelling for six months was not seen.
  [/6.?month/i, '6month'],
]

const SPELLINGS: Readonly<Partial<Record<MeterId, Spelling>>> = {
  'speech-input-tokens': () => 'speech-input-tokens',
  'speech-output-tokens': () => 'speech-output-tokens',
  'image-input-tokens': () => 'input-image-token-count',
  'image-output-tokens': () => 'output-image-token-count',
  'generated-image': ({variant}) => `T2I-${imageKind(variant).join('-')}`,
  'input-image': ({listed, variant}) =>
    listed.stem.endsWith('-Image')
      ? 'input-image'
      : `input-${/document/.test(variant ?? '') ? 'document' : 'standard'}-image`,
  'input-audio-second': () => 'input-audio-second',
  'input-video-second': () => 'input-video-second',
  'generated-video-second': ({model, variant}) =>
    model.provider === 'Amazon' ? 'T2V-Medfps-HDRes' : rayVideo(variant),
  'search-unit': () => 'searchunits',
  'training-tokens': () => 'Customization-Training',
  'training-hour': () => 'RFT-Training-Hours',
  'custom-model-storage': () => 'Customization-Storage',
  'model-unit-hour': ({variant}) => `ProvisionedThroughput-${commitmentWord(variant)}-ModelUnits`,
  'reserved-input-tpm': (meter) => reserved('input', meter),
  'reserved-output-tpm': (meter) => reserved('output', meter),
}

/** `NovaCanvas-T2I-1024-Standard`; batch is added at the end. */
export function unitStem(meter: Meter): string {
  const spelling = SPELLINGS[meter.meter]?.(meter) ?? meter.meter
  const routed = meter.routing === 'global' && !meter.meter.startsWith('reserved') ? '-cross-region-global' : ''
  return `${meter.listed.stem}-${spelling}${routed}${meter.tier === 'batch' ? '-batch' : ''}`
}

/** Pixels of the longer side and quality: `['1024', 'Standard']`. */
export function imageKind(variant: string | null): readonly [string, string] {
  const pixels = /(\d{3,4})x/.exec(variant ?? '')?.[1] ?? '1024'
  return [pixels, /premium/i.test(variant ?? '') ? 'Premium' : 'Standard']
}

/** `NoCommit`, `1month`: how long a provisioned model is bought for. */
export function commitmentWord(variant: string | null): string {
  return COMMITMENT.find(([pattern]) => pattern.test(variant ?? ''))?.[1] ?? 'NoCommit'
}

/** `1-month` → `1`. */
export function months(variant: string | null): string {
  return /(\d)/.exec(variant ?? '')?.[1] ?? '1'
}

function rayVideo(variant: string | null): string {
  return `Medfps-${/720/.test(variant ?? '') ? 'HDRes' : 'StandardRes'}`
}

function reserved(direction: string, {routing, variant}: Meter): string {
  const routed = routing === 'global' ? 'global' : 'geo'
  return `reserved-${months(variant)}-month-${direction}-tokens-per-minute-cross-region-${routed}`
}
