import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema, priceOriginSchema} from '../estimate/estimate.schema.js'

// Amounts are computed in decimals and rounded once to ten places after the point.

export const BY = ['model', 'principal', 'tag', 'profile', 'region', 'tier'] as const

const purse = z.array(moneySchema).describe('One a currency; they are never added.')

export const actualRowSchema = z.object({
  key: z.string(),
  name: z.string().nullable().describe('The name its owner gave it.'),
  tokens: z.number().nullable().describe('Counted by CloudWatch; null where it does not tell.'),
  metrics: purse.nullable().describe('Those tokens at the price book; null where it cannot be told.'),
  billed: purse.nullable().describe('By Cost Explorer; null where it cannot be told.'),
})

export const reasonSchema = z.object({
  kind: z.enum(['delay', 'price', 'no-price', 'batch', 'meter', 'mantle-cache', 'region-unread', 'not-listed']),
  text: z.string(),
  amount: z.number().describe('What of the difference it makes up.'),
})

export const reconciledSchema = z.object({
  modelId: z.string(),
  region: z.string(),
  currency: z.string(),
  metrics: z.number(),
  billed: z.number(),
  difference: z.number().describe('Billed less metrics.'),
  reasons: z.array(reasonSchema),
  unexplained: z.number(),
  rounding: z.number().describe('Of the difference, what is left: below half a cent.'),
})

export const actualForecastSchema = z.object({
  source: z.enum(['cost-explorer', 'metrics']),
  how: z.string(),
  soFar: moneySchema.describe('Of this month.'),
  month: moneySchema.nullable().describe('The whole month; null where nobody forecasts it.'),
  low: z.number().nullable().describe('Of the month, by the prediction interval of Cost Explorer.'),
  high: z.number().nullable(),
})

export const untaggedSchema = z.object({
  tag: z.string().describe('Key as Cost Explorer knows it.'),
  active: z.boolean().nullable().describe('Activated for cost allocation; null where that could not be read.'),
  billed: purse.nullable().describe('Billed without the tag; null where that could not be read.'),
  share: z.number().nullable().describe('Of what was billed, in one currency.'),
  profiles: z.array(z.string()).describe('Called application profiles and models of the account without the tag.'),
  systemIds: z.array(z.string()).describe('Called ids of AWS, which carry no tags.'),
})

export const actualSchema = z.object({
  ...answerShape,
  account: z.string(),
  from: z.string(),
  to: z.string().describe('The first day after those shown.'),
  source: z.enum(['metrics', 'bill', 'both']),
  regions: z.array(z.string()).describe('Whose CloudWatch was read.'),
  by: z.enum(BY),
  prices: priceOriginSchema.nullable().describe('The book that metrics are priced by.'),
  rows: z.array(actualRowSchema),
  metrics: purse.nullable(),
  billed: purse.nullable(),
  adjustments: z
    .array(z.object({recordType: z.string(), ...moneySchema.shape}))
    .describe('Credits, refunds, discounts and taxes, beside what is billed for use.'),
  reconciliation: z.array(reconciledSchema),
  unpriced: z.array(
    z.object({region: z.string(), called: z.string(), kind: z.string(), tokens: z.number(), why: z.string()}),
  ),
  undecoded: z
    .array(z.object({service: z.string(), usageType: z.string(), ...moneySchema.shape}))
    .describe('Usage types that are not understood; they count in what is billed.'),
  forecasts: z.array(actualForecastSchema),
  untagged: untaggedSchema.nullable(),
  activeTags: z.array(z.string()).nullable(),
  notes: z.array(z.string()),
  requests: z.object({
    count: z.number().describe('To Cost Explorer; each is charged.'),
    usd: z.number(),
    source: z.string(),
  }),
  gate: gateSchema.optional(),
})

export type ActualResult = Immutable<z.infer<typeof actualSchema>>
export type ActualRow = ActualResult['rows'][number]
export type Reconciled = ActualResult['reconciliation'][number]
export type ActualForecast = ActualResult['forecasts'][number]
export type Untagged = NonNullable<ActualResult['untagged']>
export type By = ActualResult['by']
