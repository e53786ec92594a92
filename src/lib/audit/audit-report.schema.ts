import {z} from 'zod'
import {answerShape, gateSchema} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'
import {
  familySchema,
  findingSchema,
  type Severity,
  severitySchema,
  type Verdict,
  verdictSchema,
} from './finding.schema.js'

const count = z.number().int().nonnegative()
const byVerdict = z.object({
  FAIL: count,
  UNKNOWN: count,
  PASS: count,
  INFO: count,
  NOT_APPLICABLE: count,
  MUTED: count,
} satisfies Record<Verdict, typeof count>)
const bySeverity = z.object({
  critical: count,
  high: count,
  medium: count,
  low: count,
  info: count,
} satisfies Record<Severity, typeof count>)

const checkSummary = z.object({
  id: z.string(),
  family: familySchema,
  severity: severitySchema,
  title: z.string(),
  verdict: verdictSchema.describe('The worst of its findings.'),
  findings: byVerdict.describe('How many findings of each verdict.'),
})

const baseline = z.object({
  file: z.string(),
  muted: count,
  expired: z.array(z.string()).describe('Fingerprints whose acceptance is over: they count again.'),
  unused: z.array(z.string()).describe('Fingerprints that no finding has: fixed, gone, or never seen here.'),
})

export const auditReportSchema = z.object({
  ...answerShape,
  kind: z.literal('bedrockctl-audit'),
  tool: z.object({name: z.literal('bedrockctl'), version: z.string()}),
  account: z.string(),
  partition: z.string(),
  regions: z.array(z.string()),
  takenAt: z.iso.datetime().describe('When the account was read; ages and expiries are counted from then.'),
  snapshot: z.string().nullable().describe('File the account was read from; null: read just now.'),
  project: z.string().nullable().describe('File that declares what is expected; null: none, defaults hold.'),
  catalogueAsOf: z.iso.date().describe('Date of the facts behind the checks.'),
  summary: byVerdict,
  failures: bySeverity.describe('FAIL by severity.'),
  checks: z.array(checkSummary).describe('Every check that ran, worst first.'),
  findings: z.array(findingSchema).describe('Worst first; the order is stable.'),
  baseline: baseline.optional(),
  gate: gateSchema.optional().describe('Present when --fail-on or --fail-on-unknown was given.'),
})
/** What an audit found. */
export type AuditReport = Immutable<z.infer<typeof auditReportSchema>>
export type CheckSummary = AuditReport['checks'][number]
