import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

const perMillion = z
  .string()
  .nullable()
  .describe('Decimal, in the currency, for a million tokens; null where the book has none.')

/** What tokens of one model id, as called in one Region, cost on demand. */
export const ratePriceSchema = z.object({
  endpoint: z.enum(['runtime', 'mantle']),
  modelId: z.string().describe('As called.'),
  tier: z.string().nullable().describe('null: the standard tier.'),
  currency: z.string(),
  input: perMillion,
  output: perMillion,
  cacheRead: perMillion,
  cacheWrite: perMillion,
  source: z.string().describe('Where the price was read, and its date.'),
  why: z.string().nullable().describe('Why a price is missing.'),
})
export type RatePrice = Immutable<z.infer<typeof ratePriceSchema>>
export const priceRowsSchema = z.array(ratePriceSchema)
