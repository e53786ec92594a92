import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {progressRowSchema} from '../progress/progress.schema.js'
import {batchFailureSchema} from '../show/batch-show.schema.js'

export const batchWatchSchema = z.object({
  ...answerShape,
  gate: gateSchema.describe('Passes when all jobs have completed.'),
  asOf: z.string(),
  end: z
    .enum(['ended', 'no-jobs', 'timed-out', 'interrupted'])
    .describe('Why the watch ended; no-jobs: shards have no job, and no bedrockctl batch submit runs that makes them.'),
  looks: z.int().nonnegative(),
  summary: progressRowSchema.nullable().describe('null where not one look succeeded.'),
  members: z.array(progressRowSchema),
  failures: z.array(batchFailureSchema),
  next: z.array(z.string()),
})
export type BatchWatchResult = Immutable<z.infer<typeof batchWatchSchema>>
