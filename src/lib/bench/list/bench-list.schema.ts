import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const benchRunRowSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  startedAt: z.string().nullable(),
  state: z.enum(['complete', 'partial', 'unfinished', 'unreadable']).describe('unfinished: it runs, or was killed.'),
  verdict: z.enum(['usable', 'usable-with-warnings', 'not-usable']).nullable(),
  simulated: z.boolean(),
  targets: z.array(z.string()),
  cells: z.int(),
  requests: z.int().nullable(),
  failed: z.int().nullable(),
  shards: z.int().describe('Into how many the run was split.'),
  source: z.string().describe('bedrockctl, or the tool whose results were imported.'),
  usd: z.number().nullable(),
  bytes: z.int(),
  place: z.string(),
  problem: z.string().nullable().describe('Why it cannot be read.'),
})
export type BenchRunRow = Immutable<z.infer<typeof benchRunRowSchema>>

export const benchListSchema = z.object({
  ...answerShape,
  asOf: z.string(),
  folder: z.string(),
  rows: z.array(benchRunRowSchema).describe('Newest first unless sorted.'),
})
export type BenchListResult = Immutable<z.infer<typeof benchListSchema>>
