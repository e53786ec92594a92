import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const count = z.int().nonnegative()

const rowProblemSchema = z.object({
  code: z.string().describe('Stable, upper snake case.'),
  severity: z.enum(['error', 'warning']).describe('A row with an error becomes no record.'),
  path: z.string().nullable().describe('The column, or the place in the body, without indices.'),
  text: z.string().describe('What is wrong and what to do; repeats nothing of the row.'),
  count: count.describe('Problems of this code at this path.'),
  rows: z.array(z.object({row: z.int().positive(), recordId: z.string().nullable()})).describe('The first ones.'),
})

export const prepareSchema = z.object({
  ...answerShape,
  gate: gateSchema,
  input: z.string(),
  format: z.enum(['csv', 'tsv', 'jsonl', 'parquet', 'openai-batch']),
  modelId: z.string().nullable().describe('Of the base model; null where no model was named.'),
  api: z.enum(['InvokeModel', 'Converse']),
  family: z.string().describe('Which bodies the records have: anthropic-messages, nova-messages, converse, …'),
  rows: count.describe('Rows that were read.'),
  records: count.describe('Rows that became records.'),
  rejected: count.describe('Rows that did not.'),
  bytes: count.describe('Of the records.'),
  images: count,
  textCharacters: count.describe('Of all prompts and system prompts.'),
  maxOutputTokens: count.nullable().describe('Of all answers at most; null where a record sets no limit.'),
  out: z.string().nullable().describe('The file of records; null where none was written.'),
  rejects: z.string().nullable().describe('The file of rejected rows; null where none was written.'),
  problems: z.array(rowProblemSchema).describe('Errors first, each in the order of its first row.'),
})

export type PrepareResult = Immutable<z.infer<typeof prepareSchema>>
export type RowProblemGroup = Immutable<z.infer<typeof rowProblemSchema>>
