import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {progressRowSchema} from '../progress/progress.schema.js'

const amounts = z.object({atLeast: z.number().nullable(), atMost: z.number().nullable()})

export const batchCostSchema = z.object({
  currency: z.string(),
  soFar: amounts,
  expected: amounts.nullable().describe('Once all that is pending is done; null where nothing tells.'),
  tokens: z
    .object({records: z.int(), input: z.int(), output: z.int()})
    .nullable()
    .describe('What manifests of ended jobs count; null where none was read.'),
  how: z.string(),
  source: z.string(),
  asOf: z.string(),
})
export type BatchCost = Immutable<z.infer<typeof batchCostSchema>>

export const batchFailureSchema = z.object({
  message: z.string().describe('In the words of the service.'),
  jobs: z.array(z.string()),
  kind: z.enum(['access', 'input', 'model', 'service', 'unknown']),
  remedy: z.string().nullable().describe('What to do; null where the message is not known.'),
})
export type BatchFailure = Immutable<z.infer<typeof batchFailureSchema>>

export const batchPlaceSchema = z.object({
  roleArn: z.string(),
  api: z.enum(['InvokeModel', 'Converse']),
  source: z.string().nullable().describe('The pile of records; null for what was submitted elsewhere.'),
  input: z.string().describe('Where jobs read: a folder of a group, an object of a job.'),
  output: z.string(),
})

export const batchShowSchema = z.object({
  ...answerShape,
  asOf: z.string(),
  folder: z.string().nullable().describe('Plans and journal of the group on this machine.'),
  summary: progressRowSchema,
  members: z.array(progressRowSchema).describe('Each shard of a group, by round; none of a job.'),
  place: batchPlaceSchema.nullable().describe('null where no job and no plan tells.'),
  cost: batchCostSchema.nullable(),
  failures: z.array(batchFailureSchema),
  next: z.array(z.string()).describe('Commands to go on with, best first.'),
})
export type BatchShowResult = Immutable<z.infer<typeof batchShowSchema>>
