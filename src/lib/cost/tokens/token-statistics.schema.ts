import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const tokens = z.number().nonnegative()

const tokenSpreadSchema = z.strictObject({
  mean: tokens,
  low: tokens.describe('Lower bound of the mean.'),
  high: tokens.describe('Upper bound of the mean.'),
  p50: tokens,
  p95: tokens,
  min: tokens,
  max: tokens,
})

export const tokenStatisticsSchema = z.strictObject({
  samples: z.int().positive().describe('Prompts in the file.'),
  counted: z.int().positive().describe('How many of them the numbers rest on; drawn evenly where not all.'),
  method: z
    .enum(['count-tokens', 'characters'])
    .describe('count-tokens: by the model itself, through bedrock:CountTokens. characters: by a rule with bounds.'),
  inputTokens: tokenSpreadSchema,
  outputTokens: tokenSpreadSchema
    .nullable()
    .describe('Of the expected answers among the prompts counted; null where the file has none.'),
  outputs: z.int().nonnegative().describe('Prompts in the file that come with an expected answer.'),
  partsNotCounted: z.int().nonnegative().describe('Images and other parts of the prompts that the numbers leave out.'),
  why: z.string().nullable().describe('Why the model did not count, or not all that it was given.'),
  source: z.string(),
  asOf: z.string().describe('When it was counted, or the date of the rule.'),
})

export type TokenSpread = Immutable<z.infer<typeof tokenSpreadSchema>>
export type TokenStatistics = Immutable<z.infer<typeof tokenStatisticsSchema>>
