import {plural} from '../../core/text.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {shorten, widthOf, wrapText} from '../../output/wrap.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Finding, Severity, Verdict} from '../finding.schema.js'
import {EVIDENCE_WORDS, gapWord, nameWithId, resourceName} from './audit-words.js'
import {type FindingGroup, groupBy, groupByCheck, missingActions, undecided} from './group-findings.js'
import {renderSummary} from './render-audit-summary.js'
import {prose} from './render-prose.js'

/** As many resources of a check are named, and as many gaps; the rest is a number. */
const NAMED = 10
/** On a terminal no text from outside takes more room than this. */
const LONGEST = 400
const INDENT = 10
/** Below this width the label stands on a line of its own. */
const NARROW = 50

const SEVERITY_MEANING: Readonly<Record<Severity, Meaning>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'faint',
  info: 'faint',
}

/** The report for people: what fails, worst first; what is unknown by what it needs; the rest as counts, at the end. */
export function renderAuditText(report: AuditReport, terminal: Terminal, {all}: {readonly all: boolean}): string {
  const page = pageOf(terminal, all)
  const rest: readonly Verdict[] = all ? ['INFO', 'MUTED', 'PASS', 'NOT_APPLICABLE'] : []
  return [
    headLines(report, page),
    ...groupByCheck(report.findings, 'FAIL').map((group) => failureLines(group, page)),
    unknownLines(report.findings, page),
    ...rest.flatMap((verdict) =>
      groupByCheck(report.findings, verdict).map((group) => groupLines(verdict, group, page)),
    ),
    renderSummary(report, terminal),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

interface Page {
  readonly terminal: Terminal
  readonly pad: string
  readonly limit: number
}

function pageOf(terminal: Terminal, all: boolean): Page {
  const pad = ' '.repeat(terminal.width < NARROW ? 2 : INDENT)
  return {terminal, pad, limit: all ? Number.POSITIVE_INFINITY : NAMED}
}

function headLines({account, regions, takenAt, snapshot}: AuditReport, {terminal}: Page): readonly string[] {
  const where = regions.length > 4 ? plural(regions.length, 'Region') : regions.join(', ')
  const when = terminal.interactive ? `${takenAt.slice(0, 16).replace('T', ' ')} UTC` : takenAt
  const source = snapshot === null ? `read ${when}` : `read ${when}, from ${snapshot}`
  const line = `${paint('strong', `Account ${outside(account, terminal)}`, terminal)}   ${outside(where, terminal)}   `
  const tail = paint('faint', outside(source, terminal), terminal)
  if (widthOf(line + tail) <= terminal.width) return [line + tail]
  return [...wrapText(line.trimEnd(), terminal.width), ...wrapText(tail, terminal.width)]
}

function failureLines(group: FindingGroup, page: Page): readonly string[] {
  const label = paint(SEVERITY_MEANING[group.severity], group.severity.toUpperCase(), page.terminal)
  return [...titleLines(label, group, page), ...placeLines(group.findings, page)]
}

function groupLines(verdict: Verdict, group: FindingGroup, page: Page): readonly string[] {
  const word = verdict === 'NOT_APPLICABLE' ? 'N/A' : verdict
  const label = paint(verdict === 'PASS' ? 'good' : 'faint', word, page.terminal)
  return [...titleLines(label, group, page), ...placeLines(group.findings, page)]
}

/** `HIGH      EP-05  The endpoint policy allows every leg`. */
function titleLines(label: string, {check, title}: FindingGroup, page: Page): readonly string[] {
  const {terminal, pad} = page
  const id = paint('strong', outside(check, terminal), terminal)
  const [first = '', ...others] = hanging(`${id}  `, title, page)
  if (pad.length < INDENT) return [label, first, ...others]
  return [label + ' '.repeat(INDENT - widthOf(label)) + first.slice(INDENT), ...others]
}

/** Resources of which the same is so are named together, so that it is said once. */
function placeLines(findings: readonly Finding[], page: Page): readonly string[] {
  const shown = findings.slice(0, page.limit)
  const more = findings.length - shown.length
  const alike = groupBy(shown, ({message, evidence, fix}) => JSON.stringify([message, evidence[0]?.text, fix?.summary]))
  const fixes = new Set(shown.map(({fix}) => fix?.summary))
  const [shared] = alike.length > 1 && fixes.size === 1 ? fixes : []
  return [
    ...alike.flatMap((same) => [
      ...same.flatMap((finding) => resourceLines(finding, page)),
      ...detailLines(same, page, shared === undefined),
    ]),
    ...(shared === undefined ? [] : hanging(labelled('fix', page).slice(2), shared, page)),
    ...(more > 0 ? [`${page.pad}and ${more} more: -o json lists them`] : []),
  ]
}

function resourceLines(finding: Finding, {terminal, pad}: Page): readonly string[] {
  const {resource, region, aspect, muted} = finding
  const place = [
    resource.type,
    ...(region === resource.id || region === 'global' ? [] : [region]),
    ...(aspect === undefined ? [] : [aspect]),
    ...(muted ? [`accepted by ${muted.owner} until ${muted.expires}: ${muted.reason}`] : []),
  ].map((part) => outside(part, terminal))
  const room = terminal.width - pad.length
  const id = squeeze(outside(terminal.interactive ? nameWithId(finding) : resource.id, terminal), room, terminal)
  const text = `${paint('id', id, terminal)}  ${paint('faint', place.join(', '), terminal)}`
  return wrapText(text, room).map((line) => pad + line)
}

function detailLines([first]: readonly Finding[], page: Page, withFix: boolean): readonly string[] {
  if (!first) return []
  // What the message says already is not said again.
  const evidence = first.evidence.find(({text}) => !first.message.includes(text))
  return [
    ...hanging('  ', first.message, page),
    ...(evidence ? hanging(labelled(EVIDENCE_WORDS[evidence.kind], page), evidence.text, page) : []),
    ...(withFix && first.fix ? hanging(labelled('fix', page), first.fix.summary, page) : []),
  ]
}

/** What stands before a line under a resource: what it is, in a faint word. */
function labelled(label: string, {terminal}: Page): string {
  return `  ${paint('faint', label, terminal)}  `
}

/** Text behind a label; further lines begin where the text began. */
function hanging(label: string, text: string, {terminal, pad}: Page): readonly string[] {
  const hang = ' '.repeat(widthOf(label))
  const lines = wrapText(outside(text, terminal), terminal.width - pad.length - hang.length)
  return lines.map((line, at) => pad + (at === 0 ? label : hang) + line)
}

function unknownLines(findings: readonly Finding[], page: Page): readonly string[] {
  const {terminal, pad} = page
  const count = findings.filter(({verdict}) => verdict === 'UNKNOWN').length
  if (count === 0) return []
  const label = paint('warn', 'UNKNOWN', terminal)
  const head = `${plural(count, 'finding')} could not be told`
  const first = pad.length < INDENT ? [label, pad + head] : [`${label}${' '.repeat(INDENT - 7)}${head}`]
  const actions = missingActions(findings)
  const others = undecided(findings)
  return [
    ...first,
    ...actions.slice(0, page.limit).flatMap(({action, checks, codes}) => {
      const times = terminal.unicode ? '×' : 'x'
      const named = checks.map(({check, findings: own}) => (own > 1 ? `${check} ${times}${own}` : check)).join(', ')
      const why = codes.map(gapWord).join(', ')
      return hanging(labelled('needs', page).slice(2), `${action}: ${named} (${why})`, page)
    }),
    ...moreLine(actions.length, page, 'action'),
    ...others.slice(0, page.limit).flatMap((finding) => {
      const text = `${finding.check}  ${resourceName(finding)}: ${finding.message}`
      return wrapText(outside(text, terminal), terminal.width - pad.length).map((line) => pad + line)
    }),
    ...moreLine(others.length, page, 'finding'),
  ]
}

function moreLine(count: number, {pad, limit}: Page, noun: string): readonly string[] {
  return count > limit ? [`${pad}and ${plural(count - limit, `more ${noun}`)}: -o json lists them`] : []
}

/** Text from outside on one line; on a terminal of bounded length. */
function outside(text: string, terminal: Terminal): string {
  return prose(text, LONGEST, terminal)
}

function squeeze(text: string, width: number, terminal: Terminal): string {
  if (!Number.isFinite(terminal.width)) return text
  return shorten(text, width, terminal.unicode ? '…' : '..')
}
