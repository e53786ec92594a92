import {SERVICE_PRICES} from './curated-service-prices.js'
import type {PriceRecord} from './price-record.js'

type Origin = Pick<PriceRecord, 'source' | 'asOf' | 'confidence'>

const PAGE: Origin = {
  source: 'github ajinkyak423/aws-bedrock-pricing-data @86fc3c1 (AWS pricing page, 2026-07-24)',
  asOf: '2026-07-24',
  confidence: 'medium',
}
const LIST_AUGUST: Origin = {
  source: 'copy of the AWS Price List of us-east-1, read 2026-08-02',
  asOf: '2026-08-02',
  confidence: 'high',
}
const OLD_PAGE: Origin = {
  source: 'github sungminna/GapS (copy of the AWS pricing page, us-east-1, 2025)',
  asOf: '2025',
  confidence: 'low',
}

const DISAPPEARED = 'on the pricing page of 2025, no longer on that of July 2026'
const NO_GROUP = 'the copy of the pricing page lost the group of Regions'
const ONE_REGION = 'the copy of the pricing page lost the Region; it is sold in this one alone'

const NO_AMOUNT = {profileId: null, routing: null, tier: 'standard', variant: null, note: null} as const

// What the facts lack. A Region is named only where the source names it, or where the model is sold in one alone; an
// unknown group of Regions stays null. Models past their end of life are left out.

/** Model units by the hour: [model, Region, origin, note, no commitment, 1 month, 6 months]. */
const PROVISIONED = [
  ['amazon.nova-2-lite-v1:0', 'us-east-1', LIST_AUGUST, null, 60.5, 55, null],
  ['amazon.titan-embed-image-v1', 'us-east-1', OLD_PAGE, DISAPPEARED, 9.38, 8.45, 6.75],
  ['amazon.titan-embed-text-v1', 'us-east-1', OLD_PAGE, DISAPPEARED, null, 6.4, 5.1],
  ['cohere.embed-english-v3', null, PAGE, NO_GROUP, 7.12, 6.76, 6.41],
  ['cohere.embed-multilingual-v3', null, PAGE, NO_GROUP, 7.12, 6.76, 6.41],
  ['meta.llama3-1-70b-instruct-v1:0', 'us-west-2', PAGE, ONE_REGION, 24, 21.18, 13.08],
  ['meta.llama3-1-8b-instruct-v1:0', 'us-west-2', PAGE, ONE_REGION, 24, 21.18, 13.08],
] as const
const COMMITMENTS = ['no-commitment', '1-month', '6-month'] as const

const provisioned = PROVISIONED.flatMap(([subject, region, origin, note, ...prices]) =>
  COMMITMENTS.flatMap((variant, at): PriceRecord[] => {
    const unit = prices[at] ?? null
    if (unit === null) return []
    const what = {subject, region, meter: 'model-unit-hour', variant, tier: 'provisioned', note} as const
    return [{...NO_AMOUNT, ...what, amount: {unit}, ...origin}]
  }),
)

/** An hour of 1,000 tokens a minute through Global profiles: [model, seen in the Price List too, input, output], 1 month. */
const RESERVED = [
  ['anthropic.claude-haiku-4-5-20251001-v1:0', true, 0.06, 0.3],
  ['anthropic.claude-opus-4-5-20251101-v1:0', false, 0.3, 1.5],
  ['anthropic.claude-opus-4-6-v1', false, 0.3, 1.5],
  ['anthropic.claude-sonnet-4-5-20250929-v1:0', false, 0.18, 0.9],
  ['anthropic.claude-sonnet-4-6', true, 0.18, 0.9],
] as const
/** Each of these prices stands on the page by itself; all of them are the 1-month Global price times these. */
const RESERVED_AS = [
  ['global', '1-month', 1],
  ['global', '3-month', 0.9],
  ['in-region/geo', '1-month', 1.1],
  ['in-region/geo', '3-month', 0.99],
] as const
const RESERVED_NOTE = 'at least 100,000 input and 10,000 output tokens a minute; billed until the account team ends it'

const reserved = RESERVED.flatMap(([subject, listed, input, output]) =>
  RESERVED_AS.flatMap(([routing, variant, factor]) =>
    (
      [
        ['reserved-input-tpm', input],
        ['reserved-output-tpm', output],
      ] as const
    ).map(([meter, price]): PriceRecord => {
      const what = {subject, region: '*', routing, meter, variant, tier: 'reserved', note: RESERVED_NOTE} as const
      const confidence = listed ? 'high' : 'medium'
      return {...NO_AMOUNT, ...what, amount: {unit: exact(price * factor)}, ...PAGE, confidence}
    }),
  ),
)

/** Tokens seen in training, by the million, or hours of reinforcement fine-tuning: [model, Region, origin, note, price]. */
const TRAINING_TOKENS = [
  ['amazon.nova-2-lite-v1:0', 'us-east-1', LIST_AUGUST, null, 3.78],
  ['meta.llama3-1-70b-instruct-v1:0', 'us-west-2', PAGE, ONE_REGION, 7.99],
  ['meta.llama3-1-8b-instruct-v1:0', 'us-west-2', PAGE, ONE_REGION, 1.49],
] as const
const TRAINING_HOURS = [
  ['openai.gpt-oss-20b-1:0', null, PAGE, `reinforcement fine-tuning; ${NO_GROUP}`, 80],
  ['qwen.qwen3-32b-v1:0', null, PAGE, `reinforcement fine-tuning; ${NO_GROUP}`, 80],
] as const

const training = [
  ...TRAINING_TOKENS.map(([subject, region, origin, note, unit]): PriceRecord => {
    return {...NO_AMOUNT, subject, region, meter: 'training-tokens', note, amount: {unit}, ...origin}
  }),
  ...TRAINING_HOURS.map(([subject, region, origin, note, unit]): PriceRecord => {
    return {...NO_AMOUNT, subject, region, meter: 'training-hour', note, amount: {unit}, ...origin}
  }),
]

/** A custom model kept for a month costs the same for every model on the page. */
const storage = [
  'amazon.nova-2-lite-v1:0',
  'meta.llama3-1-70b-instruct-v1:0',
  'meta.llama3-1-8b-instruct-v1:0',
  'openai.gpt-oss-20b-1:0',
  'qwen.qwen3-32b-v1:0',
].map((subject): PriceRecord => {
  return {...NO_AMOUNT, subject, region: '*', meter: 'custom-model-storage', amount: {unit: 1.95}, ...PAGE}
})

/** Tokens of a customised model that is deployed on demand: [model, Region, origin, note, input, output]. */
const customTokens = (
  [
    ['amazon.nova-2-lite-v1:0', 'us-east-1', LIST_AUGUST, null, 0.3, 2.5],
    ['openai.gpt-oss-20b-1:0', null, PAGE, NO_GROUP, 0.09, 0.39],
    ['qwen.qwen3-32b-v1:0', null, PAGE, NO_GROUP, 0.2, 0.78],
  ] as const
).map(([subject, region, origin, note, input, output]): PriceRecord => {
  return {
    ...NO_AMOUNT,
    subject,
    region,
    meter: 'tokens',
    variant: 'custom-model',
    note,
    amount: {input, output},
    ...origin,
  }
})

/** What other media cost to embed, and images that the facts do not price: [model, meter, variant, tier, price]. */
const EMBEDDING = 'amazon.nova-2-multimodal-embeddings-v1:0'
const media = (
  [
    ['input-image', null, 'standard', 0.00006],
    ['input-image', null, 'batch', 0.00003],
    ['input-image', 'document', 'batch', 0.00048],
    ['input-audio-second', null, 'batch', 0.000112],
    ['input-video-second', null, 'batch', 0.00056],
  ] as const
).map(([meter, variant, tier, unit]): PriceRecord => {
  const what = {subject: EMBEDDING, region: 'us-east-1', meter, variant, tier}
  return {
    ...NO_AMOUNT,
    ...what,
    note: 'the copy of the pricing page lost the Region; us-east-1 is its default',
    amount: {unit},
    ...PAGE,
  }
})

const titanImage = (
  [
    ['standard', 0.00006, 'medium'],
    ['batch', 0.00003, 'low'],
  ] as const
).map(([tier, unit, confidence]): PriceRecord => {
  const what = {subject: 'amazon.titan-embed-image-v1', region: 'us-east-1', meter: 'input-image', tier} as const
  return {...NO_AMOUNT, ...what, amount: {unit}, ...OLD_PAGE, confidence}
})

/** Web searches of a model, by the thousand. */
const grounding: PriceRecord = {
  ...{...NO_AMOUNT, subject: 'amazon.nova-2-lite-v1:0', region: 'us-east-1', meter: 'web-search', variant: 'grounding'},
  ...{amount: {unit: 30}, ...LIST_AUGUST, confidence: 'medium'},
}

function exact(value: number): number {
  return Number(value.toPrecision(12))
}

/** Prices that the fact files lack, each with its source, date and confidence. */
export const CURATED_PRICES: readonly PriceRecord[] = [
  ...provisioned,
  ...reserved,
  ...training,
  ...storage,
  ...customTokens,
  ...media,
  ...titanImage,
  grounding,
  ...SERVICE_PRICES,
]
