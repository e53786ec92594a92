import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

/** One thing that is looked at before a job is made. What could not be read is unknown, never ok. */
export const preflightSchema = z.object({
  id: z.string().describe('role-trust, pass-role, role-s3, bucket-region, model-batch, …'),
  verdict: z.enum(['ok', 'fail', 'unknown', 'not-applicable']),
  said: z.string(),
  fix: z.string().nullable().describe('One command or step that mends it.'),
})
export type PreflightCheck = Immutable<z.infer<typeof preflightSchema>>
