import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const submittedShardSchema = z.object({
  round: z.int().positive(),
  shard: z.int().positive(),
  job: z.string().describe('Name of the job.'),
  records: z.int().positive(),
  bytes: z.int().positive(),
  state: z
    .enum(['planned', 'uploading', 'uploaded', 'asked', 'created', 'refused', 'ended', 'withheld'])
    .describe('How far it has come; withheld: stopped before it had a job.'),
  arn: z.string().nullable(),
  jobState: z.string().nullable().describe('As the job ended; null while it has not.'),
  said: z.string().nullable().describe('Why the service refused it, or why its job failed.'),
  input: z.string().describe('The object that the job reads.'),
  output: z.string().describe('Below it the service puts the answers, in a folder with the id of the job.'),
})
export type SubmittedShard = Immutable<z.infer<typeof submittedShardSchema>>

export const submitResultSchema = z.object({
  ...answerShape,
  group: z.string(),
  folder: z.string().describe('Where the group is kept on this machine; nothing is kept of a dry run.'),
  region: regionName,
  account: z.string(),
  modelId: z.string(),
  outcome: z
    .enum(['would-submit', 'submitted', 'full', 'timed-out', 'ended'])
    .describe(
      'full: no more jobs fit now, the rest waits for another run; timed-out: the wait ended, jobs go on; ended: every job has.',
    ),
  records: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  maxOpenJobs: z.int().positive().describe('Jobs of the group that are open at once.'),
  price: z
    .object({
      currency: z.string(),
      input: z.string().nullable(),
      outputAtMost: z.string().nullable(),
      asOf: z.string(),
    })
    .describe('Of the rounds that are shown, by the batch rates of their plans.'),
  shards: z.array(submittedShardSchema),
  next: z.array(z.string()).describe('Commands that go on from here, best first.'),
  gate: gateSchema.optional(),
})
export type SubmitResult = Immutable<z.infer<typeof submitResultSchema>>
