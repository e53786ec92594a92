import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {ERROR_CLASSES} from '../collect/error-class.js'

export const retryClassSchema = z.object({
  class: z.enum([...ERROR_CLASSES, 'failed-job']),
  records: z.int().positive(),
  retried: z.boolean(),
})

export const batchRetrySchema = z.object({
  ...answerShape,
  group: z.string(),
  outcome: z
    .enum(['nothing-to-retry', 'would-retry', 'submitted', 'full', 'timed-out', 'ended'])
    .describe('full: not all jobs fit now; timed-out: the wait ended, jobs go on; ended: every job of the round has.'),
  round: z.int().positive().nullable().describe('The round that is made; null where there is nothing to try again.'),
  way: z
    .enum(['batch', 'on-demand'])
    .describe('on-demand: the records are asked one by one, at the on-demand price; the round has no job.'),
  records: z.int().nonnegative().describe('Of the pile.'),
  answered: z.int().nonnegative(),
  classes: z.array(retryClassSchema).describe('Records without an answer, the most first.'),
  retried: z.int().nonnegative(),
  jobs: z.array(
    z.object({
      job: z.string(),
      records: z.int().positive(),
      bytes: z.int().positive(),
      arn: z.string().nullable(),
      state: z.string().nullable(),
      answered: z.int().nonnegative().nullable().describe('Once it has ended; null before, and where nobody counted.'),
    }),
  ),
  price: z
    .object({currency: z.string(), input: z.string().nullable(), outputAtMost: z.string().nullable(), asOf: z.string()})
    .nullable(),
  next: z.array(z.string()),
  gate: gateSchema.optional(),
})
export type BatchRetryResult = Immutable<z.infer<typeof batchRetrySchema>>
