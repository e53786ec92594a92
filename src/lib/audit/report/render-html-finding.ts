import {escapeHtml, isolated, linkHtml} from '../../output/escape-html.js'
import type {Finding, Fix} from '../finding.schema.js'
import {EVIDENCE_WORDS, gapWord, resourceName, VERDICT_WORDS} from './audit-words.js'
import type {FindingGroup} from './group-findings.js'

/** One check with its findings of one verdict and severity: a section with a heading, one entry to unfold each. */
export function* checkSection(group: FindingGroup, anchor: string | undefined): Generator<string> {
  const {check, title, severity, findings} = group
  const [first] = findings
  if (!first) return
  const {verdict} = first
  const judged = verdict === 'FAIL'
  const tone = judged ? severity : verdict
  const word = judged ? severity : VERDICT_WORDS[verdict]
  const id = anchor === undefined ? '' : ` id="${escapeHtml(anchor)}"`
  yield `<section class="check tone-${tone}"${id}><header><span class="mark">${escapeHtml(capital(word))}</span>`
  yield `<h3><span class="id">${escapeHtml(check)}</span><span>${escapeHtml(title)}</span></h3>`
  yield `<span class="count">${findings.length === 1 ? '1 finding' : `${findings.length} findings`}${judged ? '' : `, ${escapeHtml(severity)}`}</span></header>`
  yield `<p class="why">${escapeHtml(first.why)}</p>\n`
  for (const finding of findings) yield findingEntry(finding)
  yield '</section>\n'
}

function findingEntry(finding: Finding): string {
  const {severity, verdict, family, region, fingerprint, message} = finding
  const data = Object.entries({severity, verdict, family, region})
    .map(([key, value]) => ` data-${key}="${escapeHtml(value)}"`)
    .join('')
  return [
    `<details class="finding" id="f-${escapeHtml(fingerprint)}"${data}>`,
    `<summary><span class="name id">${isolated(resourceName(finding))}</span><span class="said">${escapeHtml(message)}</span>`,
    `<span class="where">${isolated(region)}</span></summary><div class="body">`,
    resourceList(finding),
    mutedList(finding),
    evidenceTable(finding),
    missingList(finding),
    finding.fix ? fixBlock(finding.fix) : '',
    referenceList(finding),
    '</div></details>\n',
  ].join('')
}

function resourceList({resource, aspect, fingerprint}: Finding): string {
  const facts = [
    ['Resource', `${escapeHtml(resource.type)} <span class="id">${isolated(resource.id)}</span>`],
    ...(aspect === undefined ? [] : [['About', isolated(aspect)]]),
    ['Fingerprint', `<span class="id">${escapeHtml(fingerprint)}</span>`],
  ]
  return `<dl class="grid">${facts.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('')}</dl>`
}

function mutedList({muted}: Finding): string {
  if (!muted) return ''
  const {reason, owner, expires} = muted
  return `<h4>Accepted</h4><p>${escapeHtml(reason)} <span class="soft">${isolated(owner)}, until ${escapeHtml(expires)}</span></p>`
}

function evidenceTable({evidence}: Finding): string {
  if (evidence.length === 0) return ''
  const rows = evidence.map(({kind, text, read, at}) => {
    const source = [read, at].filter((part) => part !== undefined).join(', ')
    return `<tr><td>${EVIDENCE_WORDS[kind]}</td><td>${escapeHtml(text)}</td><td class="soft">${escapeHtml(source)}</td></tr>`
  })
  const head =
    '<thead><tr><th scope="col">How known</th><th scope="col">What</th><th scope="col">Read</th></tr></thead>'
  return `<table class="evidence"><caption>Evidence</caption>${head}<tbody>${rows.join('')}</tbody></table>`
}

function missingList({missing}: Finding): string {
  if (missing.length === 0) return ''
  const items = missing.map(
    ({action, code, reason}) =>
      `<li><code>${escapeHtml(action)}</code> (${escapeHtml(gapWord(code))}): ${escapeHtml(reason)}</li>`,
  )
  return `<h4>Needed to tell</h4><ul>${items.join('')}</ul>`
}

function fixBlock({summary, cli, terraform, policyDiff}: Fix): string {
  return [
    `<h4>Fix</h4><p>${escapeHtml(summary)}</p>`,
    policyDiff
      ? `<h4>Change of policy ${isolated(policyDiff.policy)}</h4><pre class="diff"><code>${policyDiff.remove.map((text) => diffLines('del', '-', text)).join('')}${policyDiff.add.map((text) => diffLines('ins', '+', text)).join('')}</code></pre>`
      : '',
    cli.length > 0 ? `<h4>AWS CLI</h4><pre data-copy><code>${escapeHtml(cli.join('\n'))}</code></pre>` : '',
    terraform === undefined ? '' : `<h4>Terraform</h4><pre data-copy><code>${escapeHtml(terraform)}</code></pre>`,
  ].join('')
}

function diffLines(element: 'ins' | 'del', mark: string, statement: string): string {
  return indented(statement)
    .split('\n')
    .map((line) => `<${element}>${mark} ${escapeHtml(line)}</${element}>`)
    .join('')
}

/** A statement over several lines; what is no JSON stays as it is. */
function indented(statement: string): string {
  try {
    return JSON.stringify(JSON.parse(statement), null, 2)
  } catch {
    return statement
  }
}

function referenceList({references}: Finding): string {
  if (references.length === 0) return ''
  const links = references.map(({title, url}) => `<li>${linkHtml(title, url)}</li>`)
  return `<h4>References</h4><ul>${links.join('')}</ul>`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
