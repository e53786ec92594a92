import {sanitise} from '../../core/text.js'
import {escapeMarkdown} from '../../output/markdown.js'
import {renderSarif, type SarifFinding} from '../../output/sarif.js'
import type {AuditReport, CheckSummary} from '../audit-report.schema.js'
import type {Finding, Severity} from '../finding.schema.js'
import {FAMILY_NAMES, resourceName} from './audit-words.js'
import {groupBy} from './group-findings.js'

const LEVEL = {critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note'} as const

/** Scores in the bands of GitHub code scanning: over 9 critical, 7 high, 4 medium, above 0 low. */
const SCORE: Readonly<Record<Severity, string>> = {critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.0'}

const KIND = {
  FAIL: 'fail',
  MUTED: 'fail',
  UNKNOWN: 'open',
  PASS: 'pass',
  INFO: 'informational',
  NOT_APPLICABLE: 'notApplicable',
} as const

/**
 * The report as SARIF 2.1.0. A rule is a check, a result a finding; resources of an account are logical locations. What
 * is unknown is `open`, what is accepted a suppressed failure, and only failures have a level, as §3.27.10 demands.
 */
export function renderAuditSarif(report: AuditReport): string {
  const examples = new Map(groupBy(report.findings, ({check}) => check).map((own) => [own[0]?.check ?? '', own[0]]))
  return renderSarif(
    report.findings.map(toResult),
    {
      name: report.tool.name,
      version: report.tool.version,
      rules: report.checks.map((check) => toRule(check, examples.get(check.id))),
    },
    {
      simulated: report.simulated,
      id: `bedrockctl-audit/${sanitise(report.account)}`,
      at: report.takenAt,
      problems: report.unread.map(({action, region, reason}) => sanitise(`${action} in ${region}: ${reason}`)),
      properties: {account: report.account, partition: report.partition, regions: report.regions},
    },
  )
}

function toRule({id, family, severity, title}: CheckSummary, example: Finding | undefined) {
  const why = example?.why ?? ''
  const references = example?.references ?? []
  const [first] = references
  return {
    id,
    name: id.replace('-', ''),
    summary: title,
    level: LEVEL[severity],
    helpUri: first && URL.canParse(first.url) ? first.url : undefined,
    help: {
      text: [title, why, ...references.map(({title: name, url}) => `${name}: ${url}`)].filter(Boolean).join('\n\n'),
      markdown: [
        `**${escapeMarkdown(title)}**`,
        escapeMarkdown(why),
        ...references.map(
          ({title: name, url}) => `- [${escapeMarkdown(name)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`,
        ),
      ]
        .filter(Boolean)
        .join('\n\n'),
    },
    properties: {
      'security-severity': SCORE[severity],
      precision: 'very-high',
      'problem.severity': LEVEL[severity] === 'note' ? 'recommendation' : LEVEL[severity],
      tags: ['security', 'bedrock', FAMILY_NAMES[family].toLowerCase()],
    },
  }
}

function toResult(finding: Finding): SarifFinding {
  const {check, severity, verdict, resource, region, aspect, fingerprint, missing, evidence, muted} = finding
  const kind = KIND[verdict]
  const needs = missing.map(({action, code}) => `${action} (${code})`)
  return {
    ruleId: check,
    kind,
    level: kind === 'fail' ? LEVEL[severity] : 'none',
    message: sanitise(`${resourceName(finding)}: ${finding.message}`),
    help: finding.fix ? sanitise(finding.fix.summary) : undefined,
    resource: {
      name: sanitise(resourceName(finding)) || resource.type,
      fullName: sanitise([region, resource.id, aspect].filter(Boolean).join('/')),
      kind: 'resource',
    },
    fingerprint,
    accepted: muted ? sanitise(`${muted.reason} (${muted.owner}, until ${muted.expires})`) : undefined,
    properties: {
      verdict,
      severity,
      region,
      resourceType: resource.type,
      ...(needs.length > 0 ? {needs} : {}),
      ...(evidence.length > 0 ? {evidence: evidence.map(({kind: how, text}) => `${how}: ${text}`)} : {}),
      ...(finding.fix && finding.fix.cli.length > 0 ? {commands: finding.fix.cli} : {}),
    },
  }
}
