import {z} from 'zod'

const seconds = z.number().nonnegative()
const share = z.number().min(0).max(1)
const jobNames = z.string().min(1).describe('Names of jobs; * matches any run of characters. Default: every job.')

const recordErrors = z.strictObject({
  share: share.describe('Of the records, chosen by their ids: the same ids fail every time.'),
  attempts: z.int().positive().optional().describe('How often such a record fails before it succeeds; default always.'),
  code: z.int().min(400).max(599),
  message: z.string().min(1),
  jobs: jobNames.optional(),
  asOutput: z.boolean().optional().describe('The error stands where the answer would, as some of Bedrock’s do.'),
})

const outcome = z.strictObject({
  jobs: jobNames.optional(),
  status: z.enum(['Failed', 'Expired', 'PartiallyCompleted']),
  message: z.string().optional(),
  afterShare: share.optional().describe('Of the records that are processed first; default none.'),
})

/** How batch jobs go in a Region. The first outcome and the first error that fit count. */
export const batchSchema = z.strictObject({
  submittedSeconds: seconds.optional().describe('Default 1.'),
  validatingSeconds: seconds.optional().describe('Default 2.'),
  scheduledSeconds: seconds.optional().describe('Default 1.'),
  stoppingSeconds: seconds.optional().describe('Default 1.'),
  recordsPerSecond: z.number().positive().optional().describe('Default 5,000.'),
  listDelaySeconds: seconds.optional().describe('From Create on until List shows a job; default 1.'),
  recordErrors: z.array(recordErrors).optional(),
  outcomes: z.array(outcome).optional(),
})
