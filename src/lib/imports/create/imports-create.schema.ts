import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {importCheckSchema} from '../check/import-check.schema.js'
import {importFailureSchema, importRowSchema, unitCostSchema} from '../imports.schema.js'

const count = z.int().nonnegative()

export const importsCreateSchema = z.object({
  ...answerShape,
  gate: gateSchema.optional(),
  outcome: z
    .enum([
      'would-create',
      'blocked',
      'already-imported',
      'already-running',
      'created',
      'ended',
      'timed-out',
      'interrupted',
    ])
    .describe('ended, timed-out and interrupted are of --wait; the import goes on in the last two.'),
  region: regionName,
  modelName: z.string(),
  source: z.object({
    kind: z.enum(['s3', 'local', 'training-job']),
    address: z.string().describe('As it was given.'),
    archive: z.string().nullable().describe('What has to be unpacked first.'),
  }),
  s3Uri: z.string().describe('Where the service reads the files.'),
  roleArn: z.string(),
  kmsKeyId: z.string().nullable(),
  jobName: z.string().nullable().describe('null before the files are known.'),
  import: importRowSchema.nullable().describe('null while there is none.'),
  upload: z
    .object({
      files: count,
      bytes: count,
      sentBytes: count.nullable().describe('null: nothing was done yet. What was there from before is not sent.'),
      leftOut: z.array(z.string()).describe('Files that an import does not need, the first of them.'),
    })
    .nullable(),
  check: importCheckSchema.nullable().describe('null: skipped, or not needed.'),
  skipped: z.string().nullable().describe('What --skip-checks left unlooked at.'),
  cost: unitCostSchema.nullable(),
  failure: importFailureSchema.nullable(),
  next: z.array(z.string()),
})
export type ImportsCreateResult = Immutable<z.infer<typeof importsCreateSchema>>
