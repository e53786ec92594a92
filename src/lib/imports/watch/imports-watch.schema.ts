import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {importFailureSchema, importRowSchema} from '../imports.schema.js'

export const importPaceSchema = z.object({
  imports: z
    .int()
    .positive()
    .describe('Imports of this account and Region that completed; the service tells of no progress.'),
  leastSeconds: z.number().describe('Of the fastest of them.'),
  mostSeconds: z.number(),
})
export type ImportPace = Immutable<z.infer<typeof importPaceSchema>>

export const importsWatchSchema = z.object({
  ...answerShape,
  gate: gateSchema,
  asOf: z.string(),
  end: z.enum(['ended', 'timed-out', 'interrupted']),
  looks: z.int(),
  import: importRowSchema.nullable().describe('As the last look saw it; null where none succeeded.'),
  pace: importPaceSchema.nullable().describe('What is known of how long imports take here; null: nothing.'),
  failure: importFailureSchema.nullable(),
  next: z.array(z.string()),
})
export type ImportsWatchResult = Immutable<z.infer<typeof importsWatchSchema>>
