import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {limitsSchema} from '../plan/plan.schema.js'

const count = z.int().nonnegative()

const problemSchema = z.object({
  code: z.string().describe('Stable; scripts match on it.'),
  severity: z.enum(['error', 'warning']).describe('An error must be fixed before the records are sent.'),
  path: z.string().nullable().describe('Where in the record, without indices; null for the line as a whole.'),
  text: z.string().describe('What is wrong and what to do, in the words of the first one.'),
  count: z.int().positive(),
  lines: z
    .array(z.object({line: z.int().positive(), recordId: z.string().nullable()}))
    .describe('The first ones; lines count from 1.'),
  fixable: z.boolean().describe('--fix repairs all of them.'),
})
export type CheckProblem = Immutable<z.infer<typeof problemSchema>>

const excessSchema = z.object({
  limit: z.enum(['minRecords', 'recordsPerFile', 'recordsPerJob', 'fileBytes', 'jobBytes']),
  allowed: count,
  found: count,
  said: z.string(),
})
export type LimitExcess = Immutable<z.infer<typeof excessSchema>>

export const batchCheckSchema = z.object({
  ...answerShape,
  input: z.object({name: z.string(), bytes: count}),
  model: z.string().nullable().describe('The base model; null where none was named, or it is not known.'),
  body: z.object({
    family: z.string().nullable().describe('The schema that bodies were held against; null: bodies were not judged.'),
    name: z.string().nullable(),
    api: z.enum(['InvokeModel', 'Converse']).nullable(),
    by: z.enum(['model', 'records']).describe('What settled it: the model named, or the look of the first records.'),
  }),
  records: z.object({
    lines: count,
    records: count.describe('Lines that are not blank.'),
    wrongLines: count.describe('Lines about which something must be fixed.'),
    longestBytes: count.describe('Of the records that are right, as what follows here.'),
    textCharacters: count,
    images: count,
    s3Media: count.describe('Media that lie in S3: then the job names the folder, not the file.'),
    maxOutputTokens: count.nullable().describe('Of all records together; null where a record sets no limit.'),
  }),
  inputTokens: z
    .object({low: count, mean: count, high: count, rule: z.string()})
    .nullable()
    .describe('Estimated from the characters of text; images are not in it. null where no model is named.'),
  problems: z.array(problemSchema).describe('Errors first, each in the order of its first line.'),
  limits: limitsSchema,
  excess: z.array(excessSchema).describe('Limits that one job with all records would break; a plan cuts it.'),
  fixed: z
    .object({
      file: z.string(),
      lines: count,
      bytes: count,
      repaired: count.describe('Lines changed, or taken out for being blank.'),
      wrong: count.describe('Lines in it that still are wrong.'),
    })
    .nullable(),
  rejects: z.object({file: z.string(), lines: count, bytes: count}).nullable(),
  gate: gateSchema,
})
export type BatchCheck = Immutable<z.infer<typeof batchCheckSchema>>
