import type {BilledUsage} from './billed-usage.js'

/** What the words for a meter of a model say before any modifier follows. */
export interface MeterWords extends Pick<BilledUsage, 'meter' | 'of' | 'tier'> {
  /** Parts of the variant. */
  readonly variants: readonly string[]
  /** Which modifiers may follow: those of requests, the routing alone, or none. */
  readonly modifiers: 'requests' | 'routing' | 'none'
  /** The price depends on the route of the request. */
  readonly byRoute: boolean
}

/** A reading of the beginning of some words, and what is left of them. */
export interface MeterReading {
  readonly words: MeterWords
  readonly rest: string
}

type Groups = Readonly<Record<string, string | undefined>>
type Rule = readonly [RegExp, (groups: Groups) => Pick<MeterWords, 'meter'> & Partial<MeterWords>]

const REQUEST = {of: 'unit', tier: 'standard', variants: [], modifiers: 'requests', byRoute: false} as const
const ROUTED = {byRoute: true} as const
const ALONE = {modifiers: 'none'} as const

/** Variant of a cache write that lasts so long. */
export const THIRTY_MINUTES = 'cache-30m'
/** Variant of what a customised model costs. */
export const CUSTOM_MODEL = 'custom-model'

const SIZES: Readonly<Record<string, string>> = {512: '512x512', 1024: '1024x1024', 2048: '2048x2048'}
const RESOLUTIONS: Readonly<Record<string, string>> = {hd: '720p', standard: '540p', sd: 'SD'}
const FRAME_RATES: Readonly<Record<string, string>> = {low: 'low frame rate', high: 'high frame rate'}
const COMMITMENTS: Readonly<Record<string, string>> = {1: '1-month', 3: '3-month', 6: '6-month'}

const RULES: readonly Rule[] = [
  [
    /^(?:text-)?(?<of>input|output)(?:-(?:text-)?tokens?(?:-count)?)?(?=-(?!image|document|standard-image|audio|video|second)|$)/,
    ({of}) => ({...ROUTED, meter: 'tokens', of: of === 'output' ? 'output' : 'input'}),
  ],
  [
    /^cache-read-(?:input-)?tokens?(?:-count)?|^cached-input-tokens/,
    () => ({...ROUTED, meter: 'tokens', of: 'cacheRead'}),
  ],
  [
    /^cache-write(?:-(?<ttl>5m|30m|1h))?-(?:input-)?tokens?(?:-count)?/,
    ({ttl}) => ({...ROUTED, meter: 'tokens', ...cacheWriteFor(ttl)}),
  ],
  [
    /^speech-(?:understanding-)?(?<of>input|output)-tokens?(?:-count)?/,
    ({of}) => ({...ROUTED, meter: of === 'output' ? 'speech-output-tokens' : 'speech-input-tokens'}),
  ],
  [
    /^(?<of>input|output)-image-tokens?(?:-count)?/,
    ({of}) => ({...ROUTED, meter: of === 'output' ? 'image-output-tokens' : 'image-input-tokens'}),
  ],
  [
    /^input-(?<modality>audio|video)-tokens?(?:-count)?/,
    ({modality}) => ({...ROUTED, meter: modality === 'audio' ? 'audio-input-tokens' : 'video-input-tokens'}),
  ],
  [
    /^input-(?<what>standard-|document-)?images?(?:-count)?/,
    ({what}) => ({meter: 'input-image', variants: what === 'document-' ? ['document'] : []}),
  ],
  [
    /^input-(?<modality>audio|video)-seconds?/,
    ({modality}) => ({meter: modality === 'audio' ? 'input-audio-second' : 'input-video-second'}),
  ],
  [
    /^(?<custom>custom-)?(?<from>t2i|i2i)-(?<size>512|1024|2048)-(?<quality>standard|premium)/,
    ({custom, from, size = '', quality}) => ({
      ...ALONE,
      meter: 'generated-image',
      variants: [
        `${quality} quality up to ${SIZES[size]}`,
        ...(from === 'i2i' ? ['from an image'] : []),
        ...(custom ? [CUSTOM_MODEL] : []),
      ],
    }),
  ],
  [/^created-images?/, () => ({...ALONE, meter: 'generated-image'})],
  [
    /^(?:(?<from>t2v|i2v)-)?(?<rate>low|med|high)fps-(?<resolution>hd|sd|standard)res/,
    ({from, rate = '', resolution = ''}) => ({
      ...ALONE,
      meter: 'generated-video-second',
      variants: [
        ...[RESOLUTIONS[resolution], FRAME_RATES[rate]].flatMap((word) => word ?? []),
        ...(from === 'i2v' ? ['from an image'] : []),
      ],
    }),
  ],
  [/^search-?units/, () => ({...ALONE, meter: 'search-unit'})],
  [/^nova-grounding/, () => ({...ALONE, meter: 'web-search', variants: ['grounding']})],
  [
    /^reserved-(?<months>[13])-?months?-(?<of>input|output)-(?:tokens-per-minute|tpm)/,
    ({months = '', of}) => ({
      ...ROUTED,
      meter: of === 'output' ? 'reserved-output-tpm' : 'reserved-input-tpm',
      tier: 'reserved',
      variants: [`${COMMITMENTS[months]}`],
      modifiers: 'routing',
    }),
  ],
  [
    /^provisioned-?throughput-(?<custom>custom-)?(?:no-?commit(?:ment)?|(?<months>[136])-?months?(?:-?commit(?:ment)?)?)-model-?units(?:-usage)?/,
    ({custom, months}) => ({
      ...ALONE,
      meter: 'model-unit-hour',
      tier: 'provisioned',
      variants: [(months && COMMITMENTS[months]) ?? 'no-commitment', ...(custom ? [CUSTOM_MODEL] : [])],
    }),
  ],
  [/^customization-training/, () => ({...ALONE, meter: 'training-tokens'})],
  [/^customization-storage/, () => ({...ALONE, meter: 'custom-model-storage'})],
  [/^rft-training-hours?/, () => ({...ALONE, meter: 'training-hour'})],
]

/** Reads words in lower case with hyphens between them: `input-token-count-global-batch`. */
export function readMeter(words: string): MeterReading | undefined {
  const [lead = '', early] = /^(?:million-)?(batch-)?(?=(?:cache|input|output|text))/.exec(words) ?? []
  const text = words.slice(lead.length)
  for (const [pattern, read] of RULES) {
    const found = pattern.exec(text)
    if (!found || !/^(?:-|$)/.test(text.slice(found[0].length))) continue
    const meter = {...REQUEST, ...read(found.groups ?? {})}
    const rest = `${early === undefined ? '' : '-batch'}${text.slice(found[0].length)}`
    return {words: meter, rest}
  }
  return undefined
}

/** Five minutes is what a cache write lasts unless its usage type says otherwise. */
export function cacheWriteFor(ttl: string | undefined): Pick<MeterWords, 'of' | 'variants'> {
  if (ttl === '1h' || ttl === '1-hour') return {of: 'cacheWrite1h', variants: []}
  return {of: 'cacheWrite', variants: ttl === '30m' ? [THIRTY_MINUTES] : []}
}
