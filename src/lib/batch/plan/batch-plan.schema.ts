import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {preflightSchema} from '../../jobs/preflight/preflight.schema.js'
import {limitsSchema, planFileSchema} from './plan.schema.js'

const count = z.int().nonnegative()
const {shards, ...head} = planFileSchema.shape

const jobSchema = shards.element
  .pick({number: true, records: true, bytes: true, sha256: true})
  .extend({segments: count.describe('Byte ranges of the input that it is put together of.')})
export type PlannedJob = Immutable<z.infer<typeof jobSchema>>

const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  path: z.string().nullable(),
  text: z.string(),
  count: z.int().positive(),
  lines: z.array(z.object({line: z.int().positive(), recordId: z.string().nullable()})).describe('The first ones.'),
  fixable: z.boolean().describe('`batch check --fix` repairs all of them.'),
})

export const batchPlanSchema = z.object({
  ...answerShape,
  gate: gateSchema,
  account: head.account,
  region: head.region,
  group: z.string().nullable().describe('Null where there is no plan.'),
  model: z.object({
    id: z.string().describe('What the jobs name.'),
    baseModelId: z.string(),
    route: z.enum(['in-region', 'geo', 'global']).nullable().describe('Null for what the account made itself.'),
    why: z.string().nullable().describe('Why it is not what was asked for; null where it is.'),
  }),
  api: head.api,
  roleArn: z.string(),
  input: head.input,
  staging: z.string(),
  results: z.string(),
  problems: z.array(problemSchema).describe('Of the records; errors first.'),
  refusal: z
    .object({code: z.string(), said: z.string(), hint: z.string()})
    .nullable()
    .describe('Why records or limits allow no plan.'),
  jobs: z.array(jobSchema),
  maxOpenJobs: count.nullable(),
  openJobs: count.nullable().describe('Jobs of the model that are open now; null: not read.'),
  limits: limitsSchema,
  price: head.price.extend({
    inputLow: z.string().nullable().describe('Decimal: if the tokens are as few as the way of counting allows.'),
    inputHigh: z.string().nullable(),
    records: z.object({images: count, s3Media: count}).describe('What the tokens leave out.'),
  }),
  duration: z
    .object({lowSeconds: count, highSeconds: count, jobs: z.int().positive().describe('Finished jobs it rests on.')})
    .nullable()
    .describe('From submission to end, by earlier jobs of the model here; null: there is no evidence.'),
  preflight: z.array(preflightSchema),
  saved: z.string().nullable().describe('The plan file; null where none was written.'),
})
export type BatchPlan = Immutable<z.infer<typeof batchPlanSchema>>
