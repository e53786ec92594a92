import type {Finding, Severity, Verdict} from './finding.schema.js'

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']
/** What an operator must look at first, first. */
export const VERDICTS: readonly Verdict[] = ['FAIL', 'UNKNOWN', 'INFO', 'PASS', 'MUTED', 'NOT_APPLICABLE']

export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'NOT_APPLICABLE'
}

/** The order of every report: worst first, then by check, Region and resource, whatever order they were found in. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    byText(a.check, b.check) ||
    byText(a.region, b.region) ||
    byText(a.resource.id, b.resource.id) ||
    byText(a.aspect ?? '', b.aspect ?? '') ||
    byText(a.fingerprint, b.fingerprint)
  )
}

/** By code units: a locale would order differently from machine to machine. */
function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
