import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {acceptanceSchema} from './baseline.schema.js'

export const auditBaselineSchema = z.object({
  ...answerShape,
  file: z.string(),
  written: z.boolean(),
  accepted: z.array(
    z.object({
      ...acceptanceSchema.shape,
      state: z.enum(['holds', 'over']).describe('over: it has expired and the finding counts again.'),
      added: z.boolean().describe('By this run.'),
    }),
  ),
})
/** What a baseline accepts, and what was added to it. */
export type AuditBaseline = Immutable<z.infer<typeof auditBaselineSchema>>
