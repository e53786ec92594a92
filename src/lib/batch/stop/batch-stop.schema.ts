import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {costSoFarSchema} from '../progress/progress.schema.js'

export const stopItemSchema = z.object({
  target: z.string().describe('The group or job that was named.'),
  name: z.string(),
  arn: z.string().nullable().describe('null for a shard that has no job, or whose job the service does not list yet.'),
  region: z.string(),
  state: z.string().nullable(),
  outcome: z
    .enum(['would-stop', 'would-withhold', 'stopping', 'already-stopping', 'already-ended', 'withheld', 'failed'])
    .describe('withheld: it had no job yet, and bedrockctl batch submit makes none for it any more.'),
  endedUploads: z
    .int()
    .nonnegative()
    .describe(
      'Uploads in parts of a shard without a job that were begun and are removed: S3 charges for them no more.',
    ),
})
export type StopItem = Immutable<z.infer<typeof stopItemSchema>>

export const batchStopSchema = z.object({
  ...answerShape,
  dryRun: z.boolean(),
  items: z.array(stopItemSchema),
  costs: z
    .array(z.object({target: z.string(), cost: costSoFarSchema.nullable()}))
    .describe('What each has cost so far; processed records are paid.'),
  next: z.array(z.string()),
})
export type BatchStopResult = Immutable<z.infer<typeof batchStopSchema>>
