import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {preflightSchema} from '../../jobs/preflight/preflight.schema.js'
import {customizationFailureSchema, customizationRowSchema} from '../customization.schema.js'
import {hyperparameterRowSchema} from '../hyperparameters/hyperparameter.schema.js'

const dataSchema = z.object({
  role: z.enum(['training', 'validation']),
  /** As it was typed. */
  source: z.string(),
  uri: z.string().describe('Where the job reads it.'),
  bytes: z.int().nullable(),
  upload: z.enum(['none', 'would-upload', 'uploaded', 'already-there']),
})
export type CreateData = Immutable<z.infer<typeof dataSchema>>

export const priceLineSchema = z.object({
  what: z.string().describe('training, storage, serving by tokens, serving by model units.'),
  quantity: z.string(),
  amount: z.string().nullable().describe('A decimal; null where no price is known.'),
  currency: z.string().nullable(),
  per: z.enum(['once', 'month', 'hour', '1M tokens']),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
  why: z.string().nullable().describe('Why there is no price.'),
})
export type PriceLine = Immutable<z.infer<typeof priceLineSchema>>

export const customizationCreateSchema = z.object({
  ...answerShape,
  gate: gateSchema.describe('Passes when nothing that is known makes the job fail and, with --wait, it has completed.'),
  account: z.string(),
  region: regionName,
  baseModel: z.string(),
  type: z.string(),
  jobName: z.string(),
  modelName: z.string(),
  roleArn: z.string(),
  teacher: z.string().nullable(),
  grader: z.string().nullable(),
  data: z.array(dataSchema),
  results: z.string(),
  hyperparameters: z.array(hyperparameterRowSchema),
  hyperparameterNote: z.string().nullable(),
  dataset: z
    .object({
      checked: z.boolean(),
      said: z.string(),
      errors: z.int(),
      warnings: z.int(),
      tokens: z.int().nullable().describe('Of the training set, estimated.'),
    })
    .describe('What the check of the data set told.'),
  preflight: z.array(preflightSchema),
  skipped: z.array(z.string()).describe('What --skip-checks left out.'),
  price: z.array(priceLineSchema),
  excluded: z.array(z.string()).describe('What costs money too and is not in the price.'),
  outcome: z.enum(['dry-run', 'refused', 'created', 'already-made']),
  job: customizationRowSchema.nullable(),
  modelGone: z.boolean().describe('The job was made before, and its model was deleted since.'),
  failure: customizationFailureSchema.nullable(),
  next: z.array(z.string()),
})
export type CustomizationCreateResult = Immutable<z.infer<typeof customizationCreateSchema>>
