import {sanitise} from '../../core/text.js'
import {toJson} from '../../output/json.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Evidence, Finding, Severity, Verdict} from '../finding.schema.js'
import {EVIDENCE_WORDS, FAMILY_NAMES, gapWord, resourceName} from './audit-words.js'

/** https://schema.ocsf.io/1.8.0/classes/compliance_finding */
const OCSF_VERSION = '1.8.0'

const SEVERITY: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
  info: [1, 'Informational'],
}

/** How far the work on it is. */
const STATUS: Readonly<Record<Verdict, readonly [id: number, caption: string]>> = {
  FAIL: [1, 'New'],
  UNKNOWN: [1, 'New'],
  INFO: [1, 'New'],
  MUTED: [3, 'Suppressed'],
  PASS: [4, 'Resolved'],
  NOT_APPLICABLE: [4, 'Resolved'],
}

/** What was found; an accepted failure still is one. */
const COMPLIANCE: Readonly<Record<Verdict, readonly [id: number, caption: string]>> = {
  FAIL: [3, 'Fail'],
  MUTED: [3, 'Fail'],
  PASS: [1, 'Pass'],
  UNKNOWN: [0, 'Unknown'],
  INFO: [99, 'Informational'],
  NOT_APPLICABLE: [99, 'Not Applicable'],
}

/** OCSF Compliance Finding events (class 2003), one a line. */
export function* renderOcsf(report: AuditReport): Generator<string> {
  for (const finding of report.findings) yield `${toJson(toEvent(finding, report))}\n`
}

function toEvent(finding: Finding, report: AuditReport): object {
  const judged = finding.verdict === 'FAIL' || finding.verdict === 'UNKNOWN' || finding.verdict === 'MUTED'
  const [severityId, severity] = SEVERITY[judged ? finding.severity : 'info']
  const [statusId, status] = STATUS[finding.verdict]
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    time: Date.parse(report.takenAt),
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    message: sanitise(finding.message),
    metadata: metadataOf(finding, report),
    cloud: {
      provider: 'AWS',
      account: {uid: report.account, type_id: 10, type: 'AWS Account'},
      region: finding.region,
      cloud_partition: report.partition,
    },
    finding_info: infoOf(finding),
    compliance: complianceOf(finding),
    resources: [resourceOf(finding, report)],
    ...(finding.evidence.length > 0 ? {evidences: finding.evidence.map(evidenceOf)} : {}),
    ...remediationOf(finding),
    unmapped: {verdict: finding.verdict, ...(report.simulated ? {simulated: true} : {})},
  }
}

function metadataOf({fingerprint, check}: Finding, {tool, account, simulated}: AuditReport): object {
  return {
    version: OCSF_VERSION,
    product: {name: tool.name, vendor_name: tool.name, version: tool.version},
    profiles: ['cloud'],
    uid: fingerprint,
    event_code: check,
    tenant_uid: account,
    ...(simulated ? {labels: ['simulated']} : {}),
  }
}

function infoOf({fingerprint, title, message, why, check, family, references}: Finding): object {
  const source = references.find(({url}) => URL.canParse(url))?.url
  return {
    uid: fingerprint,
    title: sanitise(title),
    desc: sanitise(`${message} ${why}`),
    types: [FAMILY_NAMES[family]],
    analytic: {uid: check, name: sanitise(title), type_id: 1, type: 'Rule'},
    ...(source === undefined ? {} : {src_url: source}),
  }
}

function complianceOf({check, title, family, verdict, missing, muted}: Finding): object {
  const [id, caption] = COMPLIANCE[verdict]
  const details = [
    ...missing.map(({action, code, reason}) => `needs ${action} (${gapWord(code)}): ${reason}`),
    ...(muted ? [`accepted by ${muted.owner} until ${muted.expires}: ${muted.reason}`] : []),
  ].map(sanitise)
  return {
    control: check,
    desc: sanitise(title),
    category: FAMILY_NAMES[family],
    standards: ['bedrockctl checks'],
    status_id: id,
    status: caption,
    ...(details.length > 0 ? {status_details: details} : {}),
  }
}

function resourceOf(finding: Finding, {partition}: AuditReport): object {
  return {
    uid: sanitise(finding.resource.id),
    name: sanitise(resourceName(finding)),
    type: finding.resource.type,
    region: finding.region,
    cloud_partition: partition,
    role_id: 3,
    role: 'Affected',
    ...(finding.aspect === undefined ? {} : {labels: [sanitise(finding.aspect)]}),
  }
}

function evidenceOf({kind, text, read, region, at}: Evidence): object {
  const data = {text: sanitise(text), read, region, at}
  return {name: EVIDENCE_WORDS[kind], data}
}

function remediationOf({fix, references}: Finding): object {
  if (!fix) return {}
  const urls = references.map(({url}) => url)
  const commands = fix.cli.map((line) => `\n${line}`).join('')
  return {remediation: {desc: sanitise(fix.summary + commands), ...(urls.length > 0 ? {references: urls} : {})}}
}
