import {z} from 'zod'
import {decimal} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import {money, quantity, share, volume} from '../fields.schema.js'

export const selfHostedShape = {
  kind: z.literal('self-hosted').describe('A model on your own or rented GPUs, by the hour.'),
  gpuHourly: money.describe('What one GPU costs an hour, all included.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency such as USD')
    .default('USD')
    .describe('Of gpuHourly.'),
  tokensPerSecond: quantity
    .refine((rate) => rate.gt(0), 'more than 0')
    .describe('Measured, of one GPU under this workload: input and output tokens together.'),
  utilisation: share
    .default(() => decimal('0.5'))
    .refine((value) => value.gt(0), 'more than 0')
    .describe('Of the measured throughput, over the whole month.'),
  gpus: quantity
    .refine((count) => count.mod(1).eq(0), 'a whole number of GPUs')
    .optional()
    .describe('How many are paid for; as many as the load needs unless given.'),
  hours: quantity
    .refine((hours) => hours.gt(0) && hours.lte(744), 'hours of a month: more than 0, at most 744')
    .default(() => decimal(HOURS_PER_MONTH))
    .describe('Hours of the month that they are paid for.'),
  requests: volume.describe('How many: 200k/month, 3/s.'),
  inputTokens: quantity.describe('Of one request.'),
  outputTokens: quantity.describe('Of one answer.'),
}
