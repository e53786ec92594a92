import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

// What list, show and watch say of jobs and groups alike.

const count = z.int().nonnegative().nullable()

export const recordsSchema = z.object({
  total: count.describe(
    'null until the service has counted them; those of a group are the records of its first round.',
  ),
  processed: count.describe('Of a group: records that are not pending.'),
  succeeded: count,
  failed: count.describe(
    'Of a job: records with an error. Of a group: records without an answer that are not to be tried any more, also those that no job has tried, as they were held back, refused or cut off.',
  ),
  pending: count.describe('Still to be tried: in open jobs, and in shards that have no job yet.'),
})
export type Records = Immutable<z.infer<typeof recordsSchema>>

export const paceSchema = z.object({
  recordsPerSecond: z.number().positive(),
  basis: z
    .enum(['observed', 'since-submission'])
    .describe('observed: between two looks. since-submission: waiting included, so the least that it can be.'),
  endsAt: z.string().nullable().describe('When what is pending is done at this pace.'),
})
export type Pace = Immutable<z.infer<typeof paceSchema>>

export const costSoFarSchema = z.object({
  currency: z.string(),
  atLeast: z.number().nullable().describe('The input as estimated, and no answer.'),
  atMost: z
    .number()
    .nullable()
    .describe(
      'With answers as long as they may be; null where records set no limit. More input than estimated costs more.',
    ),
  how: z.string().describe('What it was computed from.'),
})
export type CostSoFar = Immutable<z.infer<typeof costSoFarSchema>>

const nullableTime = z.string().nullable()

/** A job, or a group of jobs, in one line. */
export const progressRowSchema = z.object({
  kind: z.enum(['group', 'job']),
  name: z.string(),
  id: z.string().nullable().describe('Of a job: the last part of its ARN.'),
  arn: z.string().nullable(),
  group: z.string().nullable().describe('null for a job made elsewhere.'),
  round: z.int().positive().nullable(),
  shard: z.int().positive().nullable(),
  region: z.string(),
  modelId: z.string(),
  state: z
    .string()
    .nullable()
    .describe(
      'A state of the service; Planned, Submitting, Refused or Withheld for what has no job; Gone where the service knows the job no more; null where it could not be read.',
    ),
  states: z.record(z.string(), z.int().positive()).describe('How many jobs and shards are in which state.'),
  jobs: z.int().nonnegative(),
  records: recordsSchema,
  pace: paceSchema.nullable().describe('null without evidence.'),
  cost: costSoFarSchema.nullable().describe('null where nothing is known of it.'),
  since: z.string().describe('ISO 8601: submitted, or planned where nothing was submitted.'),
  ageSeconds: z.number().nonnegative(),
  endedAt: nullableTime,
  expiresAt: nullableTime.describe('The first time limit of its open jobs.'),
  message: z.string().nullable().describe('Why it failed, in the words of the service.'),
})
export type ProgressRow = Immutable<z.infer<typeof progressRowSchema>>
