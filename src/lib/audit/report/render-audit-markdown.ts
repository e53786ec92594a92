import {plural} from '../../core/text.js'
import {escapeMarkdown} from '../../output/markdown.js'
import {SIMULATED} from '../../output/simulated.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Finding} from '../finding.schema.js'
import {SEVERITIES} from '../order.js'
import {baselineSentence, checkCounts, countOf, EVIDENCE_WORDS, gapWord, resourceName} from './audit-words.js'
import {type FindingGroup, groupByCheck, missingActions, undecided} from './group-findings.js'

/** A comment on GitHub holds 65,536 characters; details beyond this are left to other formats. */
const LONGEST = 60_000
/** As many resources of a check are named. */
const NAMED = 10
/** No single text takes more room than this. */
const LONGEST_TEXT = 500

/** The report as a comment on a pull request: counts, what fails as a table, details to unfold, what is unknown. */
export function renderAuditMarkdown(report: AuditReport): string {
  const groups = groupByCheck(report.findings, 'FAIL')
  const head = [
    `## Bedrock audit of account ${literal(report.account)}`,
    ...(report.simulated ? [`> simulated: ${SIMULATED}`] : []),
    `${literal(report.regions.join(', '))}, read ${literal(report.takenAt)}. ${checkCounts(report).map(literal).join(', ')}.`,
    ...gateLine(report),
    severityTable(report),
    ...failureTable(groups),
  ]
  const tail = [...unknownLines(report.findings), ...baselineLine(report)]
  const room = LONGEST - [...head, ...tail].join('\n\n').length
  return `${[...head, ...details(groups, room), ...tail].join('\n\n')}\n`
}

function gateLine({gate}: AuditReport): readonly string[] {
  if (!gate) return []
  return [`**Gate: ${gate.passed ? 'PASS' : 'FAIL'}** (${literal(gate.requirement)})`]
}

function severityTable({failures}: AuditReport): string {
  return [
    `| ${SEVERITIES.join(' | ')} |`,
    `|${' ---: |'.repeat(SEVERITIES.length)}`,
    `| ${SEVERITIES.map((severity) => countOf(failures, severity)).join(' | ')} |`,
  ].join('\n')
}

function failureTable(groups: readonly FindingGroup[]): readonly string[] {
  if (groups.length === 0) return ['Nothing fails.']
  const rows = groups.map(
    ({check, title, severity, findings}) =>
      `| ${severity.toUpperCase()} | ${literal(check)} | ${literal(title)} | ${findings.length} |`,
  )
  return [['| Severity | Check | What is demanded | Failing |', '| --- | --- | --- | ---: |', ...rows].join('\n')]
}

function details(groups: readonly FindingGroup[], room: number): readonly string[] {
  const blocks: string[] = []
  let used = 0
  for (const [at, group] of groups.entries()) {
    const block = detailBlock(group)
    used += block.length + 2
    if (used > room) return [...blocks, `Details of ${plural(groups.length - at, 'more check')}: -o json or -o html.`]
    blocks.push(block)
  }
  return blocks
}

function detailBlock({check, title, severity, findings}: FindingGroup): string {
  const [first] = findings
  const more = findings.length - NAMED
  return [
    `<details><summary>${severity.toUpperCase()} ${htmlText(check)} ${htmlText(title)}</summary>`,
    ...(first ? [literal(first.why)] : []),
    [...findings.slice(0, NAMED).map(item), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
    ...fixBlocks(findings),
    ...(first && first.references.length > 0 ? [first.references.map(link).join(' · ')] : []),
    '</details>',
  ].join('\n\n')
}

function item(finding: Finding): string {
  const {resource, region, aspect, message, evidence} = finding
  const place = [resource.type, region, aspect].filter((part) => part !== undefined).map(literal)
  const [known] = evidence
  const how = known ? ` _${EVIDENCE_WORDS[known.kind]}:_ ${literal(known.text)}` : ''
  return `- **${literal(resourceName(finding))}** (${place.join(', ')}): ${literal(message)}${how}`
}

/** The fix of the first finding stands for its check: those of the others differ in names only. */
function fixBlocks(findings: readonly Finding[]): readonly string[] {
  const fix = findings.find((finding) => finding.fix)?.fix
  if (!fix) return []
  const {policyDiff} = fix
  const changes = policyDiff && [
    ...policyDiff.remove.map((statement) => `- ${statement}`),
    ...policyDiff.add.map((statement) => `+ ${statement}`),
  ]
  return [
    `Fix: ${literal(fix.summary)}`,
    ...(fix.cli.length > 0 ? [fenced('sh', fix.cli.join('\n'))] : []),
    ...(changes ? [fenced('diff', changes.join('\n'))] : []),
  ]
}

function unknownLines(findings: readonly Finding[]): readonly string[] {
  const actions = missingActions(findings)
  const others = undecided(findings)
  if (actions.length + others.length === 0) return []
  const gaps = actions.slice(0, NAMED).map(({action, checks, codes}) => {
    const named = checks.map(({check, findings: own}) => (own > 1 ? `${check} ×${own}` : check)).join(', ')
    return `- needs **${literal(action)}** (${codes.map(gapWord).map(literal).join(', ')}): ${literal(named)}`
  })
  const told = others
    .slice(0, NAMED)
    .map((finding) => `- ${literal(finding.check)} ${literal(resourceName(finding))}: ${literal(finding.message)}`)
  const more = Math.max(0, actions.length - NAMED) + Math.max(0, others.length - NAMED)
  return ['### Unknown', [...gaps, ...told, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')]
}

function baselineLine(report: AuditReport): readonly string[] {
  const sentence = baselineSentence(report)
  return sentence === undefined ? [] : [`${literal(sentence)}.`]
}

/** Text from outside that is text: no markup, no link, nobody called by an at sign, no issue by a number sign. */
function literal(text: string): string {
  return escapeMarkdown(shortened(text))
    .replaceAll('@', '&#64;')
    .replace(/#(?=\d)/g, '&#35;')
    .replaceAll('://', '&#58;//')
}

/** The same where HTML is read: Markdown's own signs mean nothing there. */
function htmlText(text: string): string {
  return literal(text).replace(/\\([\\`*_[\]|~])/g, (_, sign: string) => `&#${sign.charCodeAt(0)};`)
}

function link({title, url}: Finding['references'][number]): string {
  if (!/^https?:\/\//.test(url)) return literal(title)
  return `[${literal(title)}](<${url.replace(/[<>\s\\]/g, encodeURIComponent)}>)`
}

/** Code in a fence longer than any inside it. */
function fenced(language: string, code: string): string {
  const ticks = (shortened(code).match(/`+/g) ?? []).reduce((longest, {length}) => Math.max(longest, length), 2)
  const fence = '`'.repeat(ticks + 1)
  return `${fence}${language}\n${safeCode(code)}\n${fence}`
}

function safeCode(code: string): string {
  return shortened(code)
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}]/gu, ''))
    .join('\n')
}

function shortened(text: string): string {
  const characters = [...text.slice(0, LONGEST_TEXT * 2)]
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join('')}…` : text
}
