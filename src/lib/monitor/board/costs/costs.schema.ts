import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** What was spent, as the price book or the bill has it; live rates come from traffic and prices. */
export const costRowSchema = z.object({
  source: z.enum(['metrics', 'bill', 'budget', 'capacity']),
  name: z.string(),
  currency: z.string(),
  today: z.string().nullable(),
  monthToDate: z.string().nullable(),
  forecast: z.string().nullable(),
  limit: z.string().nullable().describe('Of a budget.'),
  note: z.string().nullable(),
})
export type CostRow = Immutable<z.infer<typeof costRowSchema>>
export const costRowsSchema = z.array(costRowSchema)
