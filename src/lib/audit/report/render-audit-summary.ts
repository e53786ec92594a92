import {plural} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'
import type {AuditReport} from '../audit-report.schema.js'
import {baselineSentence, checkCounts, countOf, resourceName, severityCounts} from './audit-words.js'
import {missingActions} from './group-findings.js'
import {prose} from './render-prose.js'

/** No step is longer than this on a terminal. */
const LONGEST = 240
/** As many fingerprints are named. */
const NAMED = 8

/** The last thing read: what there is, whether the gate holds, and what to do next. */
export function renderSummary(report: AuditReport, terminal: Terminal): readonly string[] {
  const failing = countOf(report.summary, 'FAIL')
  const baseline = baselineSentence(report)
  return [
    ...wrapParts(checkCounts(report), terminal),
    ...wrapText(failing === 0 ? 'Nothing fails.' : failingText(report, failing, terminal), terminal.width),
    ...(baseline === undefined ? [] : wrapText(clean(baseline, terminal), terminal.width)),
    ...acceptanceLines(report, terminal),
    ...gateLines(report, terminal),
    ...nextLines(report, terminal),
  ]
}

function failingText(report: AuditReport, failing: number, terminal: Terminal): string {
  const head = `${plural(failing, 'finding')} ${failing === 1 ? 'fails' : 'fail'}`
  return `${paint('strong', head, terminal)}: ${severityCounts(report)}`
}

/** The acceptances that are over, and those that nothing needs any more. */
function acceptanceLines({baseline}: AuditReport, terminal: Terminal): readonly string[] {
  if (baseline === undefined) return []
  const lists = [
    ['expired', baseline.expired],
    ['no longer found', baseline.unused],
  ] as const
  return lists.flatMap(([word, prints]) => {
    if (prints.length === 0) return []
    const more = prints.length > NAMED ? ` and ${prints.length - NAMED} more: -o json lists them` : ''
    return wrapText(clean(`  ${word}: ${prints.slice(0, NAMED).join(' ')}${more}`, terminal), terminal.width)
  })
}

function gateLines({gate}: AuditReport, terminal: Terminal): readonly string[] {
  if (!gate) return []
  const mark = gate.passed ? paint('good', 'PASS', terminal) : paint('bad', 'FAIL', terminal)
  return wrapText(`${mark}  gate: ${clean(gate.requirement, terminal)}`, terminal.width)
}

/** What to do, most useful first. */
function nextLines(report: AuditReport, terminal: Terminal): readonly string[] {
  const steps = [firstFix(report), widestGap(report), shareIt(report)].filter((step) => step !== undefined)
  const lines = steps.flatMap((step) => wrapText(clean(step, terminal), terminal.width - 6))
  return lines.length === 0 ? [] : ['', ...lines.map((line, at) => `${at === 0 ? 'Next  ' : '      '}${line}`)]
}

function firstFix({findings}: AuditReport): string | undefined {
  const worst = findings.find(({verdict}) => verdict === 'FAIL')
  if (!worst) return undefined
  const how = worst.fix ? worst.fix.summary : worst.message
  return `${worst.check} (${worst.severity}), ${resourceName(worst)}: ${how}`
}

/** The gap that settles most, of those that somebody can close. */
function widestGap({findings}: AuditReport): string | undefined {
  for (const {action, codes, findings: count} of missingActions(findings)) {
    const what = `settles ${plural(count, 'unknown finding')}`
    if (codes.includes('ACCESS_DENIED')) return `Allowing ${action} ${what}.`
    if (codes.includes('NOT_COLLECTED')) return `A snapshot that holds ${action} ${what}.`
    if (codes.includes('THROTTLED')) return `Running it again, to read ${action}, ${what}.`
  }
  return undefined
}

function shareIt({findings}: AuditReport): string | undefined {
  const told = findings.some(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')
  return told ? 'Evidence, commands and policy changes: --report html=audit.html' : undefined
}

/** Counts three columns apart; a count is never broken. */
function wrapParts(parts: readonly string[], {width}: Terminal): readonly string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 3 + part.length <= width) lines[lines.length - 1] = `${last}   ${part}`
    else lines.push(part)
  }
  return lines
}

function clean(text: string, terminal: Terminal): string {
  return prose(text, LONGEST, terminal)
}
