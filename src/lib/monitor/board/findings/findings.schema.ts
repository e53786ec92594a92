import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** A finding of the last audit of this account that was kept on this machine. */
export const findingRowSchema = z.object({
  check: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  title: z.string(),
  resource: z.string(),
  region: z.string().nullable(),
  status: z.string(),
  detail: z.string().nullable(),
  remedy: z.string().nullable(),
  auditedAtMs: z.number(),
})
export type FindingRow = Immutable<z.infer<typeof findingRowSchema>>
export const findingRowsSchema = z.array(findingRowSchema)
