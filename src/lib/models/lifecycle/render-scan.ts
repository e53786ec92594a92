import {usageError} from '../../core/errors.js'
import {plural, sanitise} from '../../core/text.js'
import {renderSarif} from '../../output/sarif.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'
import type {LifecycleResult, Scan, ScanFinding, ScanRule, Severity} from './lifecycle.schema.js'

const MARKS: Readonly<Record<Severity, {readonly label: string; readonly meaning: Meaning}>> = {
  error: {label: 'ERROR', meaning: 'bad'},
  warning: {label: 'WARNING', meaning: 'warn'},
  note: {label: 'NOTE', meaning: 'faint'},
}
const SEVERITIES = ['error', 'warning', 'note'] as const
const INDENT = 9
const SHOWN_PLACES = 5

/** The findings, worst first; what stands in several places with one problem is told once, with its places. */
export function renderScan(result: LifecycleResult, terminal: Terminal): string {
  const {scan} = result
  if (!scan) return ''
  const blocks = SEVERITIES.flatMap((severity) =>
    grouped(scan.findings.filter((finding) => finding.severity === severity)).map((group) => block(group, terminal)),
  )
  return [...blocks, summary(result, scan, terminal)].join('\n\n')
}

function grouped(findings: readonly ScanFinding[]): readonly (readonly ScanFinding[])[] {
  const groups = new Map<string, ScanFinding[]>()
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.text} ${finding.message}`
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()]
}

function block(group: readonly ScanFinding[], terminal: Terminal): string {
  const [first] = group
  if (!first) return ''
  const {label, meaning} = MARKS[first.severity]
  const pad = ' '.repeat(INDENT)
  const indented = (text: string) => wrapText(text, terminal.width - INDENT).map((line) => `${pad}${line}`)
  const places = group.slice(0, SHOWN_PLACES).map(({file, line, column}) => `${pad}${sanitise(file)}:${line}:${column}`)
  const more = group.length - SHOWN_PLACES
  return [
    `${paint(meaning, label.padEnd(INDENT), terminal)}${paint('id', first.text, terminal)}  ${first.rule}`,
    ...places,
    ...(more > 0 ? [`${pad}and ${plural(more, 'more place')}`] : []),
    ...indented(first.message),
    ...(first.remedy === null ? [] : indented(first.remedy)),
  ].join('\n')
}

function summary({gate, models}: LifecycleResult, scan: Scan, terminal: Terminal): string {
  const counts = SEVERITIES.map((severity) =>
    plural(scan.findings.filter((finding) => finding.severity === severity).length, severity),
  )
  const {read, binary, tooLarge} = scan.files
  const passedOver = [
    ...(binary > 0 ? [`${binary} binary`] : []),
    ...(tooLarge > 0 ? [`${tooLarge} larger than 5 MB`] : []),
  ]
  const skipped = passedOver.length > 0 ? `; passed over: ${passedOver.join(', ')}` : ''
  const lines = [
    `${counts.join(', ')} in ${plural(read, 'file')} that name ${plural(models.length, 'model')}${skipped}`,
    ...scan.skipped.map(({file, reason}) => `could not be read: ${sanitise(file)} (${reason})`),
    ...(scan.complete ? [] : [`${paint('warn', 'stopped', terminal)}  before the end: there may be more`]),
  ]
  if (gate && scan.complete) {
    lines.push(
      gate.passed
        ? `${paint('good', 'PASS', terminal)}  ${gate.requirement}`
        : `${paint('bad', 'FAIL', terminal)}  ${gate.requirement}`,
    )
  }
  return lines.join('\n')
}

const RULES: Readonly<Record<ScanRule, {readonly name: string; readonly summary: string; readonly level: Severity}>> = {
  eol: {name: 'EndOfLife', summary: 'The model has reached its end of life.', level: 'error'},
  legacy: {name: 'Legacy', summary: 'The model is legacy, or its end of life is announced.', level: 'warning'},
  'unpinned-alias': {name: 'UnpinnedAlias', summary: 'The id is an alias that may move.', level: 'warning'},
  mistyped: {name: 'Mistyped', summary: 'No model or profile is called so.', level: 'error'},
  unlisted: {name: 'Unlisted', summary: 'No Region lists the model.', level: 'warning'},
  'profile-required': {
    name: 'ProfileRequired',
    summary: 'No Region takes the bare model id on demand; a call needs an inference profile.',
    level: 'note',
  },
  'wrong-partition-arn': {
    name: 'WrongPartition',
    summary: 'The Region of the ARN belongs to another partition.',
    level: 'error',
  },
  'hardcoded-account': {name: 'HardcodedAccount', summary: 'An account number stands in the source.', level: 'note'},
}
const HELP = 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html'

/** The findings of a scan as SARIF 2.1.0, for code-scanning services. */
export function scanToSarif({scan, simulated}: LifecycleResult, version: string): string {
  if (!scan) {
    throw usageError('FORMAT_NEEDS_SCAN', '--output sarif tells what a scan found.', {hint: 'Add --scan <folder>.'})
  }
  const rules = Object.entries(RULES).map(([id, rule]) => ({id, ...rule, helpUri: HELP}))
  const findings = scan.findings.map(({rule, severity, message, text, file, line, column, remedy}) => ({
    ruleId: rule,
    level: severity,
    message: `${text}: ${message}`,
    file,
    line,
    column,
    help: remedy ?? undefined,
  }))
  return renderSarif(findings, {name: 'bedrockctl', version, rules}, {simulated})
}
