import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

const amount = z.string().nullable().describe('Decimal, in the currency; null where it is not known.')

/** What was spent, as the price book or the bill has it; live rates come from traffic and prices. */
export const costRowSchema = z.object({
  source: z.enum(['metrics', 'bill', 'budget']),
  name: z.string().describe('The id as called, the service on the bill, or the budget.'),
  label: z.string().nullable().describe('The name that its owner gave it.'),
  region: z.string().nullable(),
  tier: z.string().nullable(),
  endpoint: z.enum(['runtime', 'mantle']).nullable(),
  model: z.string().nullable().describe('Base model id of the catalog.'),
  route: z.enum(['in-region', 'geo', 'global', 'mantle']).nullable(),
  currency: z.string(),
  today: amount,
  monthToDate: amount,
  forecast: amount,
  forecastBy: z.string().nullable().describe('What the forecast assumes.'),
  limit: amount.describe('Of a budget.'),
  tokensToday: z
    .object({input: z.number(), output: z.number(), cacheRead: z.number(), cacheWrite: z.number()})
    .nullable()
    .describe('What CloudWatch counted since 00:00 UTC.'),
  requests: z
    .number()
    .nullable()
    .describe('Requests to Cost Explorer that the rows of the bill took together; AWS charges for each.'),
  note: z.string().nullable(),
})
export type CostRow = Immutable<z.infer<typeof costRowSchema>>
export const costRowsSchema = z.array(costRowSchema)
