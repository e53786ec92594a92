import {z} from 'zod'
import {decimal} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import {call, quantity, share, tierName, volume} from '../fields.schema.js'

/** Traffic that goes to capacity which is paid for by the hour, and what of it overflows to on-demand. */
export const capacityTraffic = z
  .strictObject({
    requests: volume.describe('All of them: 200k/month, 3/s.'),
    inputTokens: quantity.describe('Of one request.'),
    outputTokens: quantity.describe('Of one answer.'),
    overflow: share.default(() => decimal(0)).describe('Of the requests: what the capacity does not take.'),
    overflowTier: tierName.exclude(['batch']).default('standard').describe('Tier of what overflows.'),
  })
  .describe('What is asked of it; without it only what stands by is priced.')

export const provisionedShape = {
  kind: z.literal('provisioned').describe('Provisioned Throughput: model units by the hour, with on-demand overflow.'),
  ...call,
  modelUnits: quantity
    .refine((units) => units.gte(1) && units.mod(1).eq(0), 'a whole number of model units')
    .describe('How many are bought.'),
  commitment: z
    .enum(['no-commitment', '1-month', '6-month'])
    .default('no-commitment')
    .describe('For how long they are bought.'),
  hours: quantity
    .default(() => decimal(HOURS_PER_MONTH))
    .refine((hours) => hours.lte(744), 'hours of a month, at most 744')
    .describe('Hours of the month; less than all of them only without a commitment.'),
  traffic: capacityTraffic.optional(),
}

export type CapacityTraffic = z.infer<typeof capacityTraffic>
