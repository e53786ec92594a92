import type {MeterId} from '../../src/lib/catalog/meters.js'
import type {PriceFact} from './facts.js'

/** What a fact prices, in the catalog's terms. */
export interface FactMeter {
  readonly subject: string
  readonly meter: MeterId
  readonly variant: string | null
  /** Where the fact's unit is one of the five kinds of token. */
  readonly token?: 'input' | 'output'
}

const UNITS: readonly (readonly [RegExp, (words: string) => Pick<FactMeter, 'meter' | 'variant' | 'token'>])[] = [
  [/^generated image(?:, (.+))?$/, (variant) => ({meter: 'generated-image', variant: variant || null})],
  [/^second of video (\d+p)$/, (variant) => ({meter: 'generated-video-second', variant})],
  [/^second of video input$/, () => ({meter: 'input-video-second', variant: null})],
  [/^second of audio input$/, () => ({meter: 'input-audio-second', variant: null})],
  [/^1M speech input tokens$/, () => ({meter: 'speech-input-tokens', variant: null})],
  [/^1M speech output tokens$/, () => ({meter: 'speech-output-tokens', variant: null})],
  [/^1M text input tokens$/, () => ({meter: 'tokens', variant: null, token: 'input'})],
  [/^1M output tokens$/, () => ({meter: 'tokens', variant: null, token: 'output'})],
  [/^document image$/, () => ({meter: 'input-image', variant: 'document'})],
  [/^1,000 queries$/, () => ({meter: 'search-unit', variant: null})],
  [/^hour per 1K input TPM, (\d-month)$/, (variant) => ({meter: 'reserved-input-tpm', variant})],
  [/^hour per 1K output TPM, (\d-month)$/, (variant) => ({meter: 'reserved-output-tpm', variant})],
  [/^1,000 text units$/, () => ({meter: 'guardrail-text-unit', variant: null})],
  [/^Custom Model Unit minute$/, () => ({meter: 'custom-model-unit-minute', variant: null})],
  [/^Custom Model Unit month \(storage\)$/, () => ({meter: 'custom-model-unit-storage', variant: null})],
]

/** What belongs to no model is named by the facts with its variant in the name. */
const SUBJECTS: readonly (readonly [RegExp, string, string | null])[] = [
  [/^custom-model-import \(CMU v1\.0\)$/, 'custom-model-import', 'v1.0'],
  [/^custom-model-import \(CMU v2\.0/, 'custom-model-import', 'v2.0'],
  [/^guardrails:content-filter$/, 'guardrails', 'content'],
  [/^guardrails:denied-topics$/, 'guardrails', 'topic'],
  [/^guardrails:pii/, 'guardrails', 'pii'],
]

/** Throws for a unit nobody has given a meter: a price that is not understood is not compiled. */
export function meterOf({baseModelId, modelId, unit}: PriceFact): FactMeter {
  const name = baseModelId ?? modelId
  const [, subject = name, ofSubject = null] = SUBJECTS.find(([pattern]) => pattern.test(name)) ?? []
  if (unit === null || unit === undefined) return {subject, meter: 'tokens', variant: ofSubject}
  for (const [pattern, read] of UNITS) {
    const found = pattern.exec(unit)
    if (!found) continue
    const meter = read(found[1] ?? '')
    return {subject, ...meter, variant: ofSubject ?? meter.variant}
  }
  throw new Error(`${name}: no meter for the unit “${unit}”`)
}
