import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {customizationFailureSchema, customizationRowSchema} from '../customization.schema.js'
import {metricSummarySchema} from '../metrics/summary.schema.js'

const servingSchema = z.object({
  kind: z.enum(['deployment', 'provisioned-throughput']),
  name: z.string(),
  arn: z.string(),
  state: z.string(),
  modelUnits: z.int().nullable(),
  commitmentEndsAt: z.string().nullable(),
})
export type Serving = Immutable<z.infer<typeof servingSchema>>

export const customizationShowSchema = z.object({
  ...answerShape,
  asOf: z.string(),
  job: customizationRowSchema,
  request: z.object({
    roleArn: z.string().nullable(),
    training: z.string().nullable(),
    validation: z.array(z.string()),
    results: z.string().nullable(),
    hyperparameters: z.record(z.string(), z.string()),
    teacher: z.string().nullable(),
    grader: z.string().nullable(),
    kmsKeyArn: z.string().nullable(),
  }),
  losses: z
    .object({training: z.number().nullable(), validation: z.array(z.number())})
    .describe('As the service sums up.'),
  metrics: z.array(metricSummarySchema).describe('What the job has written of its training.'),
  model: z
    .object({arn: z.string(), name: z.string(), state: z.string().nullable(), createdAt: z.string()})
    .nullable()
    .describe('null before the job has completed, and once the model was deleted.'),
  servedBy: z.array(servingSchema),
  failure: customizationFailureSchema.nullable(),
  next: z.array(z.string()),
})
export type CustomizationShowResult = Immutable<z.infer<typeof customizationShowSchema>>
