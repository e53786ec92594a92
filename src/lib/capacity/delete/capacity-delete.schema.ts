import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema} from '../../cost/estimate/estimate.schema.js'

export const capacityDeleteSchema = z.object({
  ...answerShape,
  outcome: z.enum(['would-delete', 'deleted', 'already-deleted']),
  kind: z.enum(['provisioned', 'deployment']),
  name: z.string(),
  arn: z.string(),
  region: regionName,
  modelArn: z.string().describe('What it served; it stays.'),
  saves: moneySchema.nullable().describe('An hour; null where it is not billed by the hour, or no price is known.'),
  remains: z.array(z.string()).describe('What is billed on.'),
})
export type CapacityDeleteResult = Immutable<z.infer<typeof capacityDeleteSchema>>
