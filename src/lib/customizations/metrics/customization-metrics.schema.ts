import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {customizationRowSchema} from '../customization.schema.js'
import {metricFileSchema, metricSeriesSchema} from './metrics.schema.js'

export const customizationMetricsSchema = z.object({
  ...answerShape,
  asOf: z.string(),
  job: customizationRowSchema,
  files: z.array(metricFileSchema).describe('Empty while the job has written none.'),
  series: z.array(metricSeriesSchema),
})
export type CustomizationMetricsResult = Immutable<z.infer<typeof customizationMetricsSchema>>
