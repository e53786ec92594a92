import {plural} from '../../core/text.js'
import {escapeHtml, isolated} from '../../output/escape-html.js'
import {SIMULATED} from '../../output/simulated.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Severity, Verdict} from '../finding.schema.js'
import {SEVERITIES, VERDICTS} from '../order.js'
import {baselineSentence, countOf, FAMILY_NAMES, gapWord, VERDICT_WORDS} from './audit-words.js'
import {groupByCheck, missingActions} from './group-findings.js'

/** As many steps and gaps are named on the first page. */
const NAMED = 5

/** What the report is of: account, Regions, time, and whether any of it is real. */
export function topHtml(report: AuditReport): string {
  const facts = [
    ['Account', `<span class="id">${isolated(report.account)}</span>`],
    [report.regions.length === 1 ? 'Region' : 'Regions', regionsHtml(report.regions)],
    ['Read', `<time datetime="${escapeHtml(report.takenAt)}">${escapeHtml(minute(report.takenAt))}</time>`],
    ...(report.snapshot === null ? [] : [['Snapshot', isolated(report.snapshot)]]),
    ...(report.project === null ? [] : [['Expectations', isolated(report.project)]]),
    ['Facts of', escapeHtml(report.catalogueAsOf)],
  ]
  const list = facts.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join('')
  return [
    '<header class="page">',
    report.simulated ? `<div class="simulated"><p class="wrap">Simulated: ${SIMULATED}</p></div>\n` : '',
    '<div class="wrap top"><div class="bar"><h1>Amazon Bedrock audit</h1>',
    `<button type="button" id="theme" hidden>Theme</button></div><dl class="facts">${list}</dl></div></header>\n`,
  ].join('')
}

/** Many Regions are a number that unfolds. */
function regionsHtml(regions: readonly string[]): string {
  const names = regions.map((name) => `<span class="region">${escapeHtml(name)}</span>`).join(', ')
  if (regions.length <= NAMED) return names
  return `<details><summary>${regions.length}</summary>${names}</details>`
}

/** Counts, the gate, and what to do next. */
export function summaryHtml(report: AuditReport): string {
  const severities = SEVERITIES.map((severity) => severityTile(report, severity))
  const verdicts = VERDICTS.filter((verdict) => verdict !== 'FAIL').map((verdict) => verdictTile(report, verdict))
  return [
    '<section aria-labelledby="summary"><h2 id="summary">Summary</h2>',
    gateHtml(report),
    `<p class="label" id="failing">Failing findings by severity</p><ul class="tiles" aria-labelledby="failing">${severities.join('')}</ul>`,
    `<p class="label" id="others">All other findings</p><ul class="tiles" aria-labelledby="others">${verdicts.join('')}</ul>`,
    nextHtml(report),
    '</section>\n',
  ].join('')
}

function severityTile({failures}: AuditReport, severity: Severity): string {
  return tile(countOf(failures, severity), severity, severity, `FAIL-${severity}`)
}

function verdictTile({summary}: AuditReport, verdict: Verdict): string {
  return tile(countOf(summary, verdict), VERDICT_WORDS[verdict], verdict, verdict)
}

function tile(count: number, word: string, tone: string, anchor: string): string {
  const inner = `<b>${count}</b> ${escapeHtml(word)}`
  if (count === 0) return `<li class="none"><span class="tile">${inner}</span></li>`
  return `<li class="tone-${tone}"><a href="#${anchor}">${inner}</a></li>`
}

function gateHtml({gate}: AuditReport): string {
  if (!gate) return ''
  const tone = gate.passed ? 'PASS' : 'critical'
  return `<p class="gate tone-${tone}"><b>${gate.passed ? 'PASS' : 'FAIL'}</b>Gate: ${escapeHtml(gate.requirement)}</p>`
}

function nextHtml(report: AuditReport): string {
  const baseline = baselineSentence(report)
  const steps = groupByCheck(report.findings, 'FAIL')
    .slice(0, NAMED)
    .flatMap(({check, severity, findings: [first]}) =>
      first
        ? [
            `<li><a href="#f-${escapeHtml(first.fingerprint)}">${escapeHtml(check)}</a> <span class="soft">${severity}</span> ${escapeHtml(first.fix?.summary ?? first.message)}</li>`,
          ]
        : [],
    )
  const gaps = missingActions(report.findings).map(
    ({action, codes, checks, findings}) =>
      `<tr><th scope="row"><code>${escapeHtml(action)}</code></th><td>${escapeHtml(codes.map(gapWord).join(', '))}</td><td>${escapeHtml(checks.map(({check}) => check).join(', '))}</td><td class="number">${findings}</td></tr>`,
  )
  return [
    steps.length > 0 ? `<div class="panel"><h3>Fix first</h3><ol>${steps.join('')}</ol></div>` : '',
    gaps.length > 0
      ? `<div class="panel scroll" tabindex="0" role="region" aria-label="What would settle the unknown findings"><table><caption>What would settle the unknown findings</caption><thead><tr><th scope="col">Needs</th><th scope="col">Why not read</th><th scope="col">Checks</th><th scope="col" class="number">Findings</th></tr></thead><tbody>${gaps.join('')}</tbody></table></div>`
      : '',
    baseline === undefined ? '' : `<p class="panel">${escapeHtml(baseline)}.</p>`,
  ].join('')
}

/** Narrows the list of findings; shown by the script that makes it work. */
export function filterHtml({findings}: AuditReport): string {
  const values = (pick: (finding: (typeof findings)[number]) => string) => [...new Set(findings.map(pick))]
  const families = values(({family}) => family).sort()
  const present = new Set<string>(values(({verdict}) => verdict))
  return [
    '<div class="filters" id="filters" hidden><form role="search" aria-label="Filter findings">',
    '<label class="text">Text <input type="search" name="text" autocomplete="off" placeholder="id, name, action (key /)"></label>',
    select(
      'Severity',
      'severity',
      SEVERITIES.map((severity) => [severity, severity]),
    ),
    select(
      'Verdict',
      'verdict',
      VERDICTS.filter((verdict) => present.has(verdict)).map((verdict) => [verdict, VERDICT_WORDS[verdict]]),
    ),
    select(
      'Family',
      'family',
      families.map((family) => [family, `${family} ${FAMILY_NAMES[family as keyof typeof FAMILY_NAMES]}`]),
    ),
    select(
      'Region',
      'region',
      values(({region}) => region)
        .sort()
        .map((region) => [region, region]),
    ),
    '<button type="reset">Clear</button><button type="button" id="unfold" aria-pressed="false">Unfold all</button>',
    '<output aria-live="polite"></output></form></div>\n',
  ].join('')
}

function select(title: string, name: string, options: readonly (readonly [string, string])[]): string {
  const items = options.map(([value, text]) => `<option value="${escapeHtml(value)}">${escapeHtml(text)}</option>`)
  return `<label>${title} <select name="${name}"><option value="">all</option>${items.join('')}</select></label>`
}

/** Every check that ran, whatever it said. */
export function checksHtml({checks}: AuditReport): string {
  const rows = checks.map(
    ({id, family, severity, title, verdict, findings}) =>
      `<tr><th scope="row" class="id">${escapeHtml(id)}</th><td>${escapeHtml(title)}</td><td>${FAMILY_NAMES[family]}</td><td>${severity}</td><td>${VERDICT_WORDS[verdict]}</td><td class="number">${countOf(findings, 'FAIL')}</td></tr>`,
  )
  const head = ['Check', 'What is demanded', 'Family', 'Severity', 'Worst'].map(
    (name) => `<th scope="col">${name}</th>`,
  )
  return `<details class="pile"><summary><h2>All checks (${checks.length})</h2></summary><div class="scroll" tabindex="0" role="region" aria-label="All checks"><table><caption>${plural(checks.length, 'check')}, worst first</caption><thead><tr>${head.join('')}<th scope="col" class="number">Failing</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></details>\n`
}

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}
