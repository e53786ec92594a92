import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {customizationFailureSchema, customizationRowSchema} from '../customization.schema.js'
import {metricSummarySchema} from '../metrics/summary.schema.js'

export const customizationWatchSchema = z.object({
  ...answerShape,
  gate: gateSchema.describe('Passes when the job has completed.'),
  asOf: z.string(),
  end: z.enum(['ended', 'timed-out', 'interrupted']).describe('Why the watch ended.'),
  looks: z.int().nonnegative(),
  job: customizationRowSchema.nullable().describe('null where not one look succeeded.'),
  metrics: z.array(metricSummarySchema),
  failure: customizationFailureSchema.nullable(),
  next: z.array(z.string()),
})
export type CustomizationWatchResult = Immutable<z.infer<typeof customizationWatchSchema>>
