import {plural} from '../../core/text.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Evidence, Family, Finding, Severity, Verdict} from '../finding.schema.js'
import {SEVERITIES, VERDICTS} from '../order.js'

/** What a family of checks is about. */
export const FAMILY_NAMES: Readonly<Record<Family, string>> = {
  EP: 'Network path',
  IAM: 'Permissions',
  LOG: 'Logging',
  ENC: 'Encryption',
  GR: 'Guardrails',
  AG: 'Agents and knowledge bases',
  COST: 'Cost',
  RES: 'Resilience',
  LC: 'Model lifecycle',
  GOV: 'Governance',
  TH: 'Threats',
}

/** A verdict in a sentence: `3 not applicable`. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  FAIL: 'fail',
  UNKNOWN: 'unknown',
  PASS: 'pass',
  INFO: 'for information',
  NOT_APPLICABLE: 'not applicable',
  MUTED: 'accepted',
}

/** How it is known. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence['kind'], string>> = {
  config: 'configured',
  simulated: 'evaluated',
  observed: 'observed',
  declared: 'declared',
}

const GAP_WORDS: Readonly<Record<string, string>> = {
  ACCESS_DENIED: 'denied',
  NOT_COLLECTED: 'not in the snapshot',
  REGION_NOT_ENABLED: 'Region not enabled',
}

/** Why something was not read, in a word or two. */
export function gapWord(code: string): string {
  return GAP_WORDS[code] ?? code.toLowerCase().replaceAll('_', ' ')
}

/** What people call the thing judged; a blank name is none, and an inline policy is told by who holds it. */
export function resourceName({resource}: Finding): string {
  if (!resource.name?.trim()) return resource.id
  const [, kind, holder] = /^arn:[^:]*:iam::\d*:(role|user|group)\/(.+)\/[^/]+$/.exec(resource.id) ?? []
  return resource.type === 'policy' && holder !== undefined
    ? `${resource.name} of ${kind} ${holder.slice(holder.lastIndexOf('/') + 1)}`
    : resource.name
}

/** The name, and the id where that is short and says which of several it is. */
export function nameWithId(finding: Finding): string {
  const {id} = finding.resource
  const name = resourceName(finding)
  return name === id || name.includes(id) || !/^[\w-]{1,32}$/.test(id) ? name : `${name} (${id})`
}

/** `1 critical, 8 high`; empty when nothing fails. */
export function severityCounts({failures}: AuditReport): string {
  return SEVERITIES.filter((severity) => countOf(failures, severity) > 0)
    .map((severity) => `${countOf(failures, severity)} ${severity}`)
    .join(', ')
}

/** `74 checks`, `14 fail`, `6 unknown`, ...: by the worst that each check says. */
export function checkCounts({checks}: AuditReport): readonly string[] {
  const counted = VERDICTS.map((verdict) => ({
    verdict,
    count: checks.filter((check) => check.verdict === verdict).length,
  }))
  return [
    plural(checks.length, 'check'),
    ...counted.filter(({count}) => count > 0).map(({verdict, count}) => `${count} ${VERDICT_WORDS[verdict]}`),
  ]
}

/** What the baseline does to this report; undefined where there is none. */
export function baselineSentence({baseline}: AuditReport): string | undefined {
  if (!baseline) return undefined
  const parts = [
    `${baseline.muted} accepted`,
    ...(baseline.expired.length > 0 ? [`${baseline.expired.length} expired and counted again`] : []),
    ...(baseline.unused.length > 0 ? [`${baseline.unused.length} no longer found`] : []),
  ]
  return `Baseline ${baseline.file}: ${parts.join(', ')}`
}

/** A count that may be absent in a record by key. */
export function countOf<Key extends Verdict | Severity>(
  counts: Readonly<Partial<Record<Key, number>>>,
  key: Key,
): number {
  return counts[key] ?? 0
}
