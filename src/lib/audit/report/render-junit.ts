import {sanitise} from '../../core/text.js'
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
export function* renderJunit(report: AuditReport): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
  for (const [id, findings] of groupBy(report.findings, ({family}) => family).entries()) {
    yield* suiteParts(id, findings, report)
  }
  yield '</testsuites>\n'
}

function* suiteParts(id: number, findings: readonly Finding[], report: AuditReport): Generator<string> {
  const [first] = findings
  if (!first) return
  const count = (...verdicts: readonly Finding['verdict'][]) =>
    findings.filter(({verdict}) => verdicts.includes(verdict)).length
  const skipped = count('NOT_APPLICABLE', 'INFO', 'MUTED')
  const attributes = {
    name: `${first.family} ${FAMILY_NAMES[first.family]}`,
    package: 'bedrockctl.audit',
    id,
    hostname: report.account || 'unknown',
    timestamp: report.takenAt.slice(0, 19),
    tests: findings.length,
    failures: count('FAIL'),
    errors: count('UNKNOWN'),
    // Ant's schema knows no such attribute: it is there only when it says something.
    ...(skipped > 0 ? {skipped} : {}),
    time: 0,
  }
  yield `  <testsuite${attributesOf(attributes)}>\n`
  yield `    <properties>\n${propertiesOf(report)}    </properties>\n`
  for (const finding of findings) yield caseOf(finding)
  yield `    <system-out>${report.simulated ? escapeXml(SIMULATED) : ''}</system-out>\n    <system-err/>\n  </testsuite>\n`
}

function propertiesOf({account, regions, takenAt, tool, simulated}: AuditReport): string {
  const properties = {
    account,
    regions: regions.join(' '),
    'taken-at': takenAt,
    tool: `${tool.name} ${tool.version}`,
    simulated: String(simulated),
  }
  return Object.entries(properties)
    .map(([name, value]) => `      <property${attributesOf({name, value})}/>\n`)
    .join('')
}

function caseOf(finding: Finding): string {
  const place = [resourceName(finding), finding.region, finding.aspect].filter(Boolean).join(', ')
  const attributes = {
    classname: `bedrockctl.${finding.family}.${finding.check}`,
    name: `${finding.check} ${finding.title} [${place}]`,
    time: 0,
  }
  const outcome = outcomeOf(finding)
  if (outcome === '') return `    <testcase${attributesOf(attributes)}/>\n`
  return `    <testcase${attributesOf(attributes)}>\n      ${outcome}\n    </testcase>\n`
}

function outcomeOf(finding: Finding): string {
  const {verdict, message, severity, muted, fingerprint} = finding
  const details = [...detailLines(finding), `Fingerprint: ${fingerprint}`].join('\n')
  switch (verdict) {
    case 'FAIL':
      return `<failure${attributesOf({type: severity, message})}>${escapeXml(details)}</failure>`
    case 'UNKNOWN':
      return `<error${attributesOf({type: 'unknown', message})}>${escapeXml(details)}</error>`
    case 'PASS':
      return ''
    case 'INFO':
    case 'NOT_APPLICABLE':
      return `<skipped>${escapeXml(`${verdict}: ${message}`)}</skipped>`
    case 'MUTED': {
      const accepted = muted ? ` (accepted by ${muted.owner} until ${muted.expires}: ${muted.reason})` : ''
      return `<skipped>${escapeXml(`MUTED: ${message}${accepted}`)}</skipped>`
    }
  }
}

function attributesOf(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replace(/[\t\n\r]/g, ' ')}"`)
    .join('')
}

/** Text of an element. XML 1.0 has no place for most control characters and none for half a surrogate pair. */
function escapeXml(text: string): string {
  return sanitise(text)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
