import {type JunitCase, type JunitOutcome, type JunitSuite, junitParts} from '../../output/junit.js'
import {SIMULATED} from '../../output/simulated.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Finding} from '../finding.schema.js'
import {FAMILY_NAMES, resourceName} from './audit-words.js'
import {detailLines} from './finding-words.js'
import {groupBy} from './group-findings.js'

/**
 * JUnit XML, a suite for each family and a case for each finding. A FAIL is a `failure`. An UNKNOWN is an `error`: the
 * question was put and could not be answered, which must not look like a pass. What was not judged (NOT_APPLICABLE,
 * INFO) and what is accepted (MUTED) is `skipped`, with the reason as its text.
 */
export function renderJunit(report: AuditReport): Generator<string> {
  const families = groupBy(report.findings, ({family}) => family)
  return junitParts(families.flatMap((findings) => suiteOf(findings, report) ?? []))
}

function suiteOf(findings: readonly Finding[], report: AuditReport): JunitSuite | undefined {
  const [first] = findings
  if (!first) return undefined
  const {account, regions, simulated, takenAt, tool} = report
  return {
    name: `${first.family} ${FAMILY_NAMES[first.family]}`,
    package: 'bedrockctl.audit',
    hostname: account || 'unknown',
    timestamp: takenAt,
    properties: {
      account,
      regions: regions.join(' '),
      'taken-at': takenAt,
      tool: `${tool.name} ${tool.version}`,
      simulated: String(simulated),
    },
    cases: findings.map(caseOf),
    said: simulated ? SIMULATED : '',
  }
}

function caseOf(finding: Finding): JunitCase {
  const place = [resourceName(finding), finding.region, finding.aspect].filter(Boolean).join(', ')
  return {
    className: `bedrockctl.${finding.family}.${finding.check}`,
    name: `${finding.check} ${finding.title} [${place}]`,
    outcome: outcomeOf(finding),
  }
}

function outcomeOf(finding: Finding): JunitOutcome {
  const {verdict, message, severity, muted, fingerprint} = finding
  const details = [...detailLines(finding), `Fingerprint: ${fingerprint}`].join('\n')
  switch (verdict) {
    case 'FAIL':
      return {kind: 'failure', type: severity, message, details}
    case 'UNKNOWN':
      return {kind: 'error', type: 'unknown', message, details}
    case 'PASS':
      return {kind: 'passed'}
    case 'INFO':
    case 'NOT_APPLICABLE':
      return {kind: 'skipped', details: `${verdict}: ${message}`}
    case 'MUTED': {
      const accepted = muted ? ` (accepted by ${muted.owner} until ${muted.expires}: ${muted.reason})` : ''
      return {kind: 'skipped', details: `MUTED: ${message}${accepted}`}
    }
  }
}
