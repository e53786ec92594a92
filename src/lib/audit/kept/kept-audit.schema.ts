import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'
import {auditReportSchema} from '../audit-report.schema.js'
import {findingSchema} from '../finding.schema.js'

const report = auditReportSchema.shape
const finding = findingSchema.shape

/** A finding as it is kept: what is so, how that is known and what to do. */
const keptFindingSchema = z.object({
  fingerprint: finding.fingerprint,
  check: finding.check,
  severity: finding.severity,
  verdict: finding.verdict,
  title: finding.title,
  region: finding.region,
  resource: z.string().describe('ARN or id.'),
  message: finding.message,
  why: finding.why,
  evidence: z.array(z.string()),
  remedy: z.string().nullable(),
  commands: z.array(z.string()).describe('Of the AWS CLI.'),
})
export type KeptFinding = Immutable<z.infer<typeof keptFindingSchema>>

/** The last audit of an account, as this machine keeps it: what failed, is accepted, or could not be told. */
export const keptAuditSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('bedrockctl-kept-audit'),
  account: report.account,
  simulated: z.boolean(),
  takenAt: report.takenAt,
  regions: report.regions,
  project: report.project,
  checks: z.array(z.string()).describe('Ids of those that ran.'),
  unread: z.int().describe('Calls that could not be made.'),
  summary: report.summary,
  findings: z.array(keptFindingSchema).describe('Worst first.'),
  more: z.int().describe('Findings beyond those that are kept.'),
})
export type KeptAudit = Immutable<z.infer<typeof keptAuditSchema>>
