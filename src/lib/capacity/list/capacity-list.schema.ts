import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema, priceOriginSchema} from '../../cost/estimate/estimate.schema.js'
import {capacityRowSchema} from '../capacity.schema.js'

export const capacityListSchema = z.object({
  ...answerShape,
  regions: z.array(regionName),
  asOf: z.string(),
  idleAfterHours: z.number(),
  prices: priceOriginSchema,
  rows: z.array(capacityRowSchema),
  hourly: z.array(moneySchema).describe('Of all rows with a price, one a currency.'),
  unpriced: z.number().int().describe('Rows whose price is not known.'),
  reserved: z.object({known: z.literal(false), why: z.string()}).describe('The Reserved tier.'),
})
export type CapacityListResult = Immutable<z.infer<typeof capacityListSchema>>
