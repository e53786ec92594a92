import {z} from 'zod'
import {decimal} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import {call, quantity, share, tierName, volume} from '../fields.schema.js'

/** Traffic that goes to capacity which is paid for by the hour, and what of it overflows to on-demand. */
export const capacityTraffic = z.strictObject({
  requests: volume,
  inputTokens: quantity,
  outputTokens: quantity,
  overflow: share.default(() => decimal(0)).describe('Of the requests: what the capacity does not take.'),
  overflowTier: tierName.exclude(['batch']).default('standard'),
})

export const provisionedShape = {
  kind: z.literal('provisioned').describe('Provisioned Throughput: model units by the hour, with on-demand overflow.'),
  ...call,
  modelUnits: quantity.refine((units) => units.gte(1) && units.mod(1).eq(0), 'a whole number of model units'),
  commitment: z.enum(['no-commitment', '1-month', '6-month']).default('no-commitment'),
  hours: quantity
    .default(() => decimal(HOURS_PER_MONTH))
    .refine((hours) => hours.lte(744), 'hours of a month, at most 744')
    .describe('Hours of the month; less than all of them only without a commitment.'),
  traffic: capacityTraffic.optional(),
}

export type CapacityTraffic = z.infer<typeof capacityTraffic>
