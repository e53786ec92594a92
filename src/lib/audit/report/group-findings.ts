import type {Finding, Missing, Severity, Verdict} from '../finding.schema.js'

/** What one check says at one severity. */
export interface FindingGroup {
  readonly check: string
  readonly title: string
  readonly severity: Severity
  readonly findings: readonly Finding[]
}

/** The findings of a verdict by check, in the order of the report. */
export function groupByCheck(findings: readonly Finding[], verdict: Verdict): readonly FindingGroup[] {
  const own = findings.filter((finding) => finding.verdict === verdict)
  return groupBy(own, ({check, severity}) => `${severity} ${check}`).flatMap((group) => {
    const [first] = group
    return first ? [{check: first.check, title: first.title, severity: first.severity, findings: group}] : []
  })
}

/** An action that nobody could call, and the checks that wait for it. */
export interface MissingAction {
  readonly action: string
  /** Why it was not read, each cause once: ACCESS_DENIED, NOT_COLLECTED, ... */
  readonly codes: readonly string[]
  readonly checks: readonly {readonly check: string; readonly findings: number}[]
  /** How many findings wait for it. */
  readonly findings: number
}

/** What would have to be read to settle the unknown findings; what settles most comes first. */
export function missingActions(findings: readonly Finding[]): readonly MissingAction[] {
  const gaps = findings
    .filter(({verdict}) => verdict === 'UNKNOWN')
    .flatMap(({check, fingerprint, missing}) => missing.map((gap) => ({...gap, check, fingerprint})))
  return groupBy(gaps, ({action}) => action)
    .map((group) => ({
      action: group[0]?.action ?? '',
      codes: [...new Set(group.map(({code}) => code))],
      checks: groupBy(group, ({check}) => check).map((own) => ({
        check: own[0]?.check ?? '',
        findings: countFindings(own),
      })),
      findings: countFindings(group),
    }))
    .sort((a, b) => b.findings - a.findings || (a.action < b.action ? -1 : 1))
}

/** Unknown for another reason than a read that failed. */
export function undecided(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({verdict, missing}) => verdict === 'UNKNOWN' && missing.length === 0)
}

/** The lists of things with one key, in order of their first appearance. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}

function countFindings(gaps: readonly (Missing & {readonly fingerprint: string})[]): number {
  return new Set(gaps.map(({fingerprint}) => fingerprint)).size
}
