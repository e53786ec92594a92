import {createHash} from 'node:crypto'
import {escapeHtml} from '../../output/escape-html.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Verdict} from '../finding.schema.js'
import {VERDICTS} from '../order.js'
import {groupByCheck} from './group-findings.js'
import {checkSection} from './render-html-finding.js'
import {checksHtml, filterHtml, summaryHtml, topHtml} from './render-html-summary.js'
import {SCRIPT} from './report-script.js'
import {STYLE} from './report-style.js'

const HEADINGS: Readonly<Record<Verdict, string>> = {
  FAIL: 'Failing',
  UNKNOWN: 'Unknown',
  INFO: 'For information',
  PASS: 'Passing',
  MUTED: 'Accepted in the baseline',
  NOT_APPLICABLE: 'Not applicable',
}

/** One HTML file that needs nothing else, piece by piece. Its policy lets its own script and style run and no other. */
export function* renderHtml(report: AuditReport): Generator<string> {
  const label = report.simulated ? 'simulated, ' : ''
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  yield `<meta http-equiv="Content-Security-Policy" content="${policy()}">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
  yield `<title>Bedrock audit of ${escapeHtml(report.account)} (${label}${escapeHtml(report.takenAt.slice(0, 10))})</title>\n`
  yield `<style>${STYLE}</style>\n</head>\n<body>\n<a class="skip" href="#findings">Skip to the findings</a>\n`
  yield topHtml(report)
  yield '<main class="wrap">\n'
  yield summaryHtml(report)
  yield `<div id="findings" tabindex="-1">\n${filterHtml(report)}`
  for (const verdict of VERDICTS) yield* verdictSection(verdict, report)
  yield '<p class="empty" id="empty" hidden>No finding fits the filter.</p>\n</div>\n'
  yield checksHtml(report)
  yield `</main>\n<footer class="wrap">bedrockctl ${escapeHtml(report.tool.version)}</footer>\n`
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`
}

function policy(): string {
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'`
}

/** What demands something is open; the rest is folded, and unfolds without a script as well. */
function* verdictSection(verdict: Verdict, report: AuditReport): Generator<string> {
  const groups = groupByCheck(report.findings, verdict)
  if (groups.length === 0) return
  const heading = `<h2>${HEADINGS[verdict]} (${groups.reduce((total, {findings}) => total + findings.length, 0)})</h2>`
  const open = verdict === 'FAIL' || verdict === 'UNKNOWN'
  yield `<section class="verdict" id="${verdict}">${open ? heading : `<details class="pile"><summary>${heading}</summary>`}\n`
  const seen = new Set<string>()
  for (const group of groups) {
    const isFirst = verdict === 'FAIL' && !seen.has(group.severity)
    seen.add(group.severity)
    yield* checkSection(group, isFirst ? `FAIL-${group.severity}` : undefined)
  }
  yield `${open ? '' : '</details>'}</section>\n`
}
