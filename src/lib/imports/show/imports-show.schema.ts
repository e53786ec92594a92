import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {importFailureSchema, importRowSchema, unitCostSchema} from '../imports.schema.js'

export const importsShowSchema = z.object({
  ...answerShape,
  asOf: z.string(),
  import: importRowSchema,
  s3Uri: z.string().nullable().describe('Where the files were read.'),
  roleArn: z.string().nullable().describe('null where the job is not known any more.'),
  kmsKeyArn: z.string().nullable().describe('Key of the account that the model is encrypted with; null: one of AWS.'),
  unitsPerCopy: z.number().nullable(),
  unitsVersion: z.string().nullable(),
  cost: unitCostSchema.nullable().describe('null where the model is not there, or nothing has a price.'),
  failure: importFailureSchema.nullable(),
  next: z.array(z.string()).describe('Commands to go on with, best first.'),
})
export type ImportsShowResult = Immutable<z.infer<typeof importsShowSchema>>
