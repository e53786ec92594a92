import {z} from 'zod'
import {regionName} from '../../../core/answer.schema.js'
import {decimal} from '../../../core/decimal.js'
import {quantity, volume} from '../fields.schema.js'

export const importedModelShape = {
  kind: z.literal('imported-model').describe('An imported model, billed by active copies in windows of five minutes.'),
  region: regionName.optional(),
  unitsPerCopy: quantity.describe('Custom Model Units of one copy: GetImportedModel says it after the import.'),
  version: z.enum(['v1.0', 'v2.0']).default('v1.0').describe('Of the Custom Model Unit; v2.0 for gpt-oss.'),
  requests: volume.describe('How many: 200k/month, 3/s.'),
  hoursPerDay: quantity
    .default(() => decimal(24))
    .refine((hours) => hours.gt(0) && hours.lte(24), 'hours of a day: more than 0, at most 24')
    .describe('Hours of the day in which requests come.'),
  requestsPerHourPerCopy: quantity
    .refine((rate) => rate.gt(0), 'more than 0')
    .optional()
    .describe('What one copy serves, as measured; without it one copy is taken to be enough.'),
  inputTokens: quantity.optional().describe('Of one request; tells the price of a million tokens.'),
  outputTokens: quantity.optional().describe('Of one answer.'),
}
