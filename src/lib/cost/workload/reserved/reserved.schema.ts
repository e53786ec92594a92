import {z} from 'zod'
import {call, quantity} from '../fields.schema.js'
import {capacityTraffic} from '../provisioned/provisioned.schema.js'

export const reservedShape = {
  kind: z.literal('reserved').describe('The Reserved tier: tokens per minute by the hour, with on-demand overflow.'),
  ...call,
  inputTokensPerMinute: quantity.describe('Reserved; at least 100,000.'),
  outputTokensPerMinute: quantity.describe('Reserved; at least 10,000.'),
  term: z.enum(['1-month', '3-month']).default('1-month').describe('For how long it is reserved.'),
  traffic: capacityTraffic.optional(),
}
