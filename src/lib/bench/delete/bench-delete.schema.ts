import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {benchRunRowSchema} from '../list/bench-list.schema.js'

export const benchDeleteSchema = z.object({
  ...answerShape,
  rows: z.array(benchRunRowSchema),
  outcome: z.enum(['deleted', 'would-delete']),
})
export type BenchDeleteResult = Immutable<z.infer<typeof benchDeleteSchema>>
