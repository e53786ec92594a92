import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {cheaperChoiceSchema} from '../compare/cheaper-choices.schema.js'
import {tokenStatisticsSchema} from '../tokens/token-statistics.schema.js'

// Amounts are computed in decimals and rounded once, here, to ten places after the point.

export const moneySchema = z.object({currency: z.string().describe('ISO 4217.'), amount: z.number()})

export const priceUsedSchema = z.object({
  amount: z.number(),
  currency: z.string(),
  unit: z.string().describe('What the amount is for, such as `1M tokens`.'),
  sku: z.string().nullable(),
  asOf: z.string().describe('Date of the price; empty for one that was given.'),
  sources: z.array(z.string()),
  confidence: z.enum(['high', 'medium', 'low']),
  note: z.string().nullable(),
})

export const estimateLineSchema = z.object({
  component: z.string().describe('What of the workload uses it.'),
  modelId: z.string().describe('Base model, or what is billed beside models.'),
  meter: z.string(),
  kind: z.string().describe('input, output, cacheRead, cacheWrite, cacheWrite1h; unit for all but tokens.'),
  variant: z.string().nullable(),
  region: z.string(),
  route: z.string().nullable(),
  tier: z.string(),
  period: z.enum(['month', 'once']).describe('once: paid a single time and in no month.'),
  quantity: z.number().describe('In the period.'),
  unit: z.string().describe('What is counted, singular.'),
  price: priceUsedSchema.nullable().describe('null: none is known, and `why` says so.'),
  month: z.number().nullable().describe('Cost of a month; zero for what is paid once.'),
  once: z.number().nullable().describe('Cost of what is paid a single time; zero for what is paid each month.'),
  why: z.string().nullable(),
  note: z.string().nullable(),
})

export const workloadEstimateSchema = z.object({
  name: z.string(),
  kind: z.string(),
  lines: z.array(estimateLineSchema),
  month: z.array(moneySchema).describe('One a currency; what has no price is not in it.'),
  once: z.array(moneySchema).describe('Paid a single time, and not in `month`.'),
  year: z.array(moneySchema).describe('Twelve months, with growth and seasonal profile, and what is paid once.'),
  months: z
    .array(z.array(moneySchema))
    .nullable()
    .describe('The twelve months, without what is paid once; null where they are alike.'),
  complete: z.boolean().describe('Every line has a price.'),
  requests: z.number().nullable().describe('In the month.'),
  tokens: z.number().nullable().describe('Input and output tokens of the month that its users see.'),
  perRequest: moneySchema.nullable().describe('Of the month, without what is paid once.'),
  perMillionTokens: moneySchema.nullable().describe('Of the month, without what is paid once.'),
  amplification: z.number().nullable().describe('Tokens billed over tokens that users see.'),
  assumptions: z.array(z.string()),
  excluded: z.array(z.string()).describe('What costs money too and is not in it.'),
})

export const priceOriginSchema = z.object({
  kind: z.enum(['live', 'cache', 'bundle']),
  asOf: z.string().describe('Moment of the oldest read, or the date of the bundled book.'),
  why: z.string().nullable().describe('Why not live, where live prices were wanted.'),
})

export const countedTokensSchema = tokenStatisticsSchema.extend({
  month: z
    .object({low: z.array(moneySchema), high: z.array(moneySchema)})
    .describe('With the lower and the upper bounds of the means.'),
})

export const estimateSchema = z.object({
  ...answerShape,
  counted: countedTokensSchema
    .nullable()
    .describe('Tokens that were counted in sample prompts; null: they were given.'),
  prices: priceOriginSchema,
  workloads: z.array(workloadEstimateSchema),
  cheaper: z
    .array(cheaperChoiceSchema)
    .describe('By another route or tier from the same Region; of inference workloads, where there are few.'),
  month: z.array(moneySchema),
  once: z.array(moneySchema).describe('Paid a single time, and not in `month`.'),
  year: z.array(moneySchema),
  complete: z.boolean(),
})

export type CountedTokens = Immutable<z.infer<typeof countedTokensSchema>>
export type PriceOrigin = Immutable<z.infer<typeof priceOriginSchema>>
export type MoneyAmount = Immutable<z.infer<typeof moneySchema>>
export type EstimateLine = Immutable<z.infer<typeof estimateLineSchema>>
export type EstimatedWorkload = Immutable<z.infer<typeof workloadEstimateSchema>>
export type EstimateResult = Immutable<z.infer<typeof estimateSchema>>
