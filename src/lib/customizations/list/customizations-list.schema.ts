import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {customizationRowSchema} from '../customization.schema.js'

export const customizationsListSchema = z.object({
  ...answerShape,
  asOf: z.string(),
  regions: z.array(regionName),
  jobs: z.array(customizationRowSchema),
})
export type CustomizationsListResult = Immutable<z.infer<typeof customizationsListSchema>>
