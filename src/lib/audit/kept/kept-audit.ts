import type {AuditReport} from '../audit-report.schema.js'
import type {Finding, Verdict} from '../finding.schema.js'
import type {KeptAudit, KeptFinding} from './kept-audit.schema.js'

/** Findings of one audit that are kept, and lines of evidence and commands of each. */
const MOST_FINDINGS = 1000
const MOST_LINES = 12
const TOLD: readonly Verdict[] = ['FAIL', 'UNKNOWN', 'MUTED']

/** What is kept of a report: bounded, and nothing of what is in order. */
export function toKeptAudit(report: AuditReport): KeptAudit {
  const {account, checks, findings, project, regions, simulated, summary, takenAt, unread} = report
  const told = findings.filter(({verdict}) => TOLD.includes(verdict))
  return {
    schemaVersion: 1,
    kind: 'bedrockctl-kept-audit',
    ...{account, simulated, takenAt, regions, project, summary},
    checks: checks.map(({id}) => id),
    unread: unread.length,
    findings: told.slice(0, MOST_FINDINGS).map(toKeptFinding),
    more: Math.max(0, told.length - MOST_FINDINGS),
  }
}

function toKeptFinding(finding: Finding): KeptFinding {
  const {aspect, check, evidence, fingerprint, fix, message, missing, region, resource, severity} = finding
  const lines = [
    ...evidence.map(({kind, read, text}) => `${kind}: ${text}${read === undefined ? '' : ` (${read})`}`),
    ...missing.map(({action, reason}) => `missing: ${action}: ${reason}`),
  ]
  return {
    ...{fingerprint, check, severity, verdict: finding.verdict, title: finding.title, region, message},
    resource: aspect === undefined ? resource.id : `${resource.id} × ${aspect}`,
    why: finding.why,
    evidence: lines.slice(0, MOST_LINES),
    remedy: fix?.summary ?? null,
    commands: (fix?.cli ?? []).slice(0, MOST_LINES),
  }
}
