import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {progressRowSchema} from '../progress/progress.schema.js'

export const batchListSchema = z.object({
  ...answerShape,
  regions: z.array(regionName).describe('Whose jobs were asked for.'),
  asOf: z.string().describe('ISO 8601: when they were read, by the clock of this machine.'),
  rows: z.array(progressRowSchema).describe('Newest first unless sorted.'),
})
export type BatchListResult = Immutable<z.infer<typeof batchListSchema>>
