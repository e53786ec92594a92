import {z} from 'zod'
import {findingSchema} from '../../../audit/finding.schema.js'
import type {Immutable} from '../../../core/immutable.js'

const finding = findingSchema.shape

/** A finding of the last audit of this account that was kept on this machine. */
export const findingRowSchema = z.object({
  fingerprint: finding.fingerprint,
  check: z.string(),
  severity: finding.severity,
  title: z.string(),
  resource: z.string(),
  region: z.string().nullable(),
  status: finding.verdict,
  detail: z.string().nullable().describe('What is so, in one sentence.'),
  remedy: z.string().nullable().describe('What to do, in one sentence.'),
  why: z.string(),
  evidence: z.array(z.string()).describe('One line each.'),
  commands: z.array(z.string()).describe('Of the AWS CLI, for the remedy.'),
  again: z.string().describe('Command that judges it again.'),
  auditedAtMs: z.number(),
  scope: z.string().describe('What the audit looked at: checks, Regions, snapshot.'),
})
export type FindingRow = Immutable<z.infer<typeof findingRowSchema>>
export const findingRowsSchema = z.array(findingRowSchema)
