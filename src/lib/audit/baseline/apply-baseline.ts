import type {AuditReport} from '../audit-report.schema.js'
import type {Finding} from '../finding.schema.js'
import type {OpenBaseline} from './baseline.schema.js'

interface Applied {
  readonly findings: readonly Finding[]
  readonly summary: AuditReport['baseline']
}

/** Mutes what is accepted and not over. An acceptance of something that no longer fails is told as unused. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: OpenBaseline | undefined,
  today: string,
): Applied {
  if (baseline === undefined) return {findings, summary: undefined}
  const byFingerprint = new Map(baseline.accepted.map((one) => [one.fingerprint, one]))
  const failing = new Set(findings.flatMap(({verdict, fingerprint}) => (verdict === 'FAIL' ? [fingerprint] : [])))
  const seen = baseline.accepted.filter(({fingerprint}) => failing.has(fingerprint))
  const muted = findings.map((finding): Finding => {
    const accepted = byFingerprint.get(finding.fingerprint)
    if (finding.verdict !== 'FAIL' || accepted === undefined || accepted.expires < today) return finding
    const {reason, owner, expires} = accepted
    return {...finding, verdict: 'MUTED', muted: {reason, owner, expires}}
  })
  return {
    findings: muted,
    summary: {
      file: baseline.file,
      muted: muted.filter(({verdict}) => verdict === 'MUTED').length,
      expired: seen.filter(({expires}) => expires < today).map(({fingerprint}) => fingerprint),
      unused: baseline.accepted.flatMap(({fingerprint}) => (failing.has(fingerprint) ? [] : [fingerprint])),
    },
  }
}
