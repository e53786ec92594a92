import {sanitise} from '../../core/text.js'
import {toJson} from '../../output/json.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Finding, Severity, Verdict} from '../finding.schema.js'
import {FAMILY_NAMES, gapWord, resourceName} from './audit-words.js'
import {groupBy} from './group-findings.js'

/** Most findings that one call of BatchImportFindings takes. */
const BATCH = 100

/** Lengths that Security Hub documents; the API model has none of them. */
const LONGEST = {title: 256, description: 1024, id: 512, text: 512, value: 1023}

const LABEL: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
}

/** WARNING is Security Hub's word for a check whose information is missing. INFO is not judged and has no status. */
const COMPLIANCE: Readonly<Record<Verdict, string | undefined>> = {
  FAIL: 'FAILED',
  MUTED: 'FAILED',
  PASS: 'PASSED',
  UNKNOWN: 'WARNING',
  NOT_APPLICABLE: 'NOT_AVAILABLE',
  INFO: undefined,
}

const WORKFLOW: Readonly<Record<Verdict, string>> = {
  FAIL: 'NEW',
  UNKNOWN: 'NEW',
  INFO: 'NEW',
  MUTED: 'SUPPRESSED',
  PASS: 'RESOLVED',
  NOT_APPLICABLE: 'RESOLVED',
}

/** Types that Security Hub has a name for; all else is `Other`, its own type among the details. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  account: 'AwsAccount',
  group: 'AwsIamGroup',
  'kms-key': 'AwsKmsKey',
  policy: 'AwsIamPolicy',
  role: 'AwsIamRole',
  's3-bucket': 'AwsS3Bucket',
  'security-group': 'AwsEc2SecurityGroup',
  trail: 'AwsCloudTrailTrail',
  user: 'AwsIamUser',
  vpc: 'AwsEc2Vpc',
}

/**
 * ASFF as a JSON array of requests, each with at most 100 findings of one Region: every element is what
 * `aws securityhub batch-import-findings --cli-input-json` takes, in the Region that its ProductArn names.
 */
export function* renderAsff(report: AuditReport): Generator<string> {
  yield '['
  let first = true
  for (const regional of groupBy(report.findings, (finding) => regionOf(finding, report))) {
    for (let from = 0; from < regional.length; from += BATCH) {
      const batch = regional.slice(from, from + BATCH).map((finding) => toAsff(finding, report))
      yield `${first ? '\n' : ',\n'}${toJson({Findings: batch})}`
      first = false
    }
  }
  yield first ? ']\n' : '\n]\n'
}

function toAsff(finding: Finding, report: AuditReport): object {
  const {verdict, fingerprint, check, family, muted} = finding
  const region = regionOf(finding, report)
  const severity = {Label: labelOf(finding), Original: finding.severity}
  const types = [`Software and Configuration Checks/AWS Security Best Practices/${FAMILY_NAMES[family]}`]
  return {
    SchemaVersion: '2018-10-08',
    Id: `bedrockctl/${region}/${report.account}/${check}/${fingerprint}`,
    ProductArn: `arn:${report.partition}:securityhub:${region}:${report.account}:product/${report.account}/default`,
    ProductName: report.tool.name,
    CompanyName: report.tool.name,
    Region: region,
    GeneratorId: `bedrockctl/${check}`,
    AwsAccountId: report.account,
    Types: types,
    CreatedAt: report.takenAt,
    UpdatedAt: report.takenAt,
    Severity: severity,
    FindingProviderFields: {Severity: severity, Types: types},
    Title: cut(`${check} ${finding.title}: ${resourceName(finding)}`, LONGEST.title),
    Description: cut(`${finding.message} ${finding.why}`, LONGEST.description),
    ...remediationOf(finding),
    ProductFields: fieldsOf(finding, report),
    Resources: [resourceOf(finding, report)],
    ...complianceOf(finding),
    Workflow: {Status: WORKFLOW[verdict]},
    RecordState: 'ACTIVE',
    ...(muted
      ? {
          Note: {
            Text: cut(`Accepted until ${muted.expires}: ${muted.reason}`, LONGEST.text),
            UpdatedBy: cut(muted.owner, LONGEST.text),
            UpdatedAt: report.takenAt,
          },
        }
      : {}),
  }
}

/** Security Hub has Regions only: what is global is told to the first Region read. */
function regionOf({region}: Finding, {regions}: AuditReport): string {
  return region === 'global' ? (regions[0] ?? 'us-east-1') : region
}

function labelOf({verdict, severity}: Finding): string {
  const counts = verdict === 'FAIL' || verdict === 'UNKNOWN' || verdict === 'MUTED'
  return counts ? LABEL[severity] : 'INFORMATIONAL'
}

function remediationOf({fix, references}: Finding): object {
  const url = references.find((reference) => URL.canParse(reference.url))?.url
  if (!fix && url === undefined) return {}
  const text = fix ? [fix.summary, ...fix.cli].join(' ') : 'See the reference.'
  return {Remediation: {Recommendation: {Text: cut(text, LONGEST.text), ...(url === undefined ? {} : {Url: url})}}}
}

function fieldsOf({check, verdict, evidence, aspect}: Finding, {simulated}: AuditReport): object {
  return {
    'bedrockctl/Check': check,
    'bedrockctl/Verdict': verdict,
    ...(aspect === undefined ? {} : {'bedrockctl/Aspect': cut(aspect, LONGEST.value)}),
    ...(evidence[0] ? {'bedrockctl/Evidence': cut(evidence[0].text, LONGEST.value)} : {}),
    ...(simulated ? {'bedrockctl/Simulated': 'true'} : {}),
  }
}

function resourceOf(finding: Finding, report: AuditReport): object {
  const {resource} = finding
  const type = RESOURCE_TYPES[resource.type] ?? 'Other'
  return {
    Type: type,
    Id: type === 'AwsAccount' ? `AWS::::Account:${report.account}` : cut(resource.id, LONGEST.id),
    Partition: report.partition,
    Region: regionOf(finding, report),
    Details: {Other: {type: cut(resource.type, LONGEST.value), name: cut(resourceName(finding), LONGEST.value)}},
  }
}

function complianceOf({verdict, check, missing}: Finding): object {
  const status = COMPLIANCE[verdict]
  if (status === undefined) return {}
  const reasons = missing.map(({action, code}) => ({
    ReasonCode: 'INSUFFICIENT_DATA',
    Description: cut(`${action}: ${gapWord(code)}`, LONGEST.text),
  }))
  return {
    Compliance: {
      Status: status,
      SecurityControlId: check,
      ...(reasons.length > 0 ? {StatusReasons: reasons} : {}),
    },
  }
}

/** One line, as the API's pattern has it, of the length that Security Hub takes; never empty, nor half a character. */
function cut(text: string, longest: number): string {
  const clean = sanitise(text).replace(/\s+/g, ' ').trim() || '-'
  if (clean.length <= longest) return clean
  return `${clean.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
