import {plural, sanitise, sizeWords} from '../../core/text.js'
import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {Afterwards, CheckOutcome, ImportCheckResult, ImportFinding, UnitEstimate} from './import-check.schema.js'
import {renderCheckSarif} from './render-check-sarif.js'

const COLUMNS: readonly Column<ImportFinding>[] = [
  {key: 'severity', title: 'SEVERITY', value: ({severity}) => severity},
  {key: 'check', title: 'CHECK', value: ({check}) => check},
  {key: 'verdict', title: 'VERDICT', value: ({verdict}) => verdict},
  {key: 'file', title: 'FILE', value: ({file}) => file, weight: 1},
  {key: 'tensor', title: 'TENSOR', value: ({tensor}) => tensor, weight: 3},
  {key: 'said', title: 'SAID', value: ({said}) => said},
  {key: 'fix', title: 'FIX', value: ({fix}) => fix, weight: 2},
  {key: 'why', title: 'WHY', value: ({why}) => why, weight: 4},
]

/** The report; `version` is told by SARIF. */
export function checkView(version: string): View<ImportCheckResult, ImportFinding> {
  return {
    rows: ({findings}) => findings,
    columns: () => COLUMNS,
    text: renderCheck,
    extra: {sarif: (result) => renderCheckSarif(result, version)},
  }
}

const FORMAT = new Intl.NumberFormat('en-US')
const INDENT = '      '
const WORDS = {
  blocker: {word: 'BLOCKER', meaning: 'bad'},
  warning: {word: 'WARNING', meaning: 'warn'},
  info: {word: 'INFO', meaning: 'faint'},
} as const

function renderCheck(result: ImportCheckResult, terminal: Terminal): string {
  const {afterwards, checks, estimate, findings, read} = result
  const notJudged = notJudgedLines(checks, terminal)
  return [
    ...headOf(result, terminal),
    ...findings.flatMap((finding) => ['', ...findingLines(finding, terminal)]),
    ...(notJudged.length > 0 ? ['', ...notJudged] : []),
    '',
    'afterwards',
    ...afterwards.flatMap((one) => afterwardsLines(one, terminal)),
    ...(estimate ? ['', ...estimateLines(estimate, terminal)] : []),
    '',
    `read  ${sizeWords(read.bytes)} in ${plural(read.reads, 'read')}`,
  ].join('\n')
}

function headOf({checks, findings, gate, model, region}: ImportCheckResult, terminal: Terminal): readonly string[] {
  const verdict = gate.passed ? paint('good', 'PASS', terminal) : paint('bad', 'FAIL', terminal)
  const {address, architecture, parameters, shards, weightBytes} = model
  const what = architecture
    ? `${architecture.name} (${architecture.className})`
    : 'an architecture that AWS does not list'
  const size =
    parameters === null || weightBytes === null
      ? `${plural(shards, 'file')} of weights, not all of them understood`
      : `${FORMAT.format(parameters)} parameters, ${sizeWords(weightBytes)} in ${plural(shards, 'file')}`
  const count = (test: (one: ImportFinding) => boolean) => findings.filter(test).length
  const fails = (severity: ImportFinding['severity']) =>
    count((one) => one.severity === severity && one.verdict === 'fail')
  const parts = [
    `${checks.filter((one) => one.verdict === 'ok').length} of ${plural(checks.length, 'check')} passed`,
    plural(fails('blocker'), 'blocker'),
    plural(fails('warning'), 'warning'),
    `${count(({verdict: told}) => told === 'unknown')} not known`,
  ]
  return [
    `${verdict}  ${sanitise(address)}${region === null ? '' : ` for ${region}`}`,
    ...wrapped(`${what}, ${size}`, terminal),
    ...wrapped(parts.join(', '), terminal),
  ]
}

function findingLines(finding: ImportFinding, terminal: Terminal): readonly string[] {
  const {check, file, fix, said, severity, tensor, title, verdict, why} = finding
  const {meaning, word} = verdict === 'unknown' ? ({word: 'UNKNOWN', meaning: 'warn'} as const) : WORDS[severity]
  const place = [file, tensor].filter((part) => part !== null).map(sanitise)
  return [
    `${paint(meaning, word, terminal)}  ${check}  ${title}`,
    ...(place.length === 0 ? [] : wrapped(place.join(': '), terminal)),
    ...wrapped(sanitise(said), terminal),
    ...labelled('why', why, terminal).map((line) => paint('faint', line, terminal)),
    ...(fix === null || fix === '' ? [] : labelled('fix', sanitise(fix), terminal)),
  ]
}

/** Checks that were not judged, by why they were not; those that follow from another finding are left out. */
function notJudgedLines(checks: readonly CheckOutcome[], terminal: Terminal): readonly string[] {
  const reasons = new Map<string, string[]>()
  for (const {id, said, verdict} of checks) {
    if (verdict !== 'not-applicable' || said?.startsWith('not judged') !== true) continue
    reasons.set(said, [...(reasons.get(said) ?? []), id])
  }
  return [...reasons].flatMap(([said, ids]) => {
    const [first = '', ...rest] = wrapText(`${said}: ${ids.join(', ')}`, terminal.width - INDENT.length)
    return [first, ...rest.map((line) => `${INDENT}${line}`)]
  })
}

const MARKS = {yes: 'yes', no: 'no', unknown: '?'} as const

function afterwardsLines({said, what, works}: Afterwards, terminal: Terminal): readonly string[] {
  const meaning = works === 'yes' ? 'good' : works === 'no' ? 'bad' : 'warn'
  const [first = '', ...rest] = wrapText(`${what}: ${said}`, terminal.width - 2 * INDENT.length)
  const mark = MARKS[works]
  const pad = ' '.repeat(INDENT.length - mark.length)
  return [
    `${INDENT}${paint(meaning, mark, terminal)}${pad}${first}`,
    ...rest.map((line) => `${INDENT}${INDENT}${line}`),
  ]
}

const COSTS = {
  window: 'five minutes with a call in them',
  hour: 'an hour with a call in every five minutes',
  idle: 'without calls',
  'storage-month': 'storage, a month',
} as const

function estimateLines(estimate: UnitEstimate, terminal: Terminal): readonly string[] {
  const {asOf, costs, currency, perUnit, said, source, units, version} = estimate
  const many =
    units === null ? 'not known' : rangeWords(String(units.low), units.high === null ? null : String(units.high))
  const of = perUnit ? ', for each unit' : ''
  return [
    'estimate',
    ...wrapped(`${many} Custom Model Units (${version}) a copy: ${said}. Bedrock decides at the import.`, terminal),
    ...costs.flatMap(({high, low, what}) => {
      const money = (amount: number) => formatMoney(amount, currency)
      const cost = low === null ? 'no price is known' : rangeWords(money(low), high === null ? null : money(high))
      return wrapped(`${cost}: ${COSTS[what]}${what === 'idle' ? '' : of}`, terminal)
    }),
    ...(source === null ? [] : wrapped(`prices: ${dated(source, asOf)}`, terminal)),
  ]
}

/** The source with its day, which most name themselves. */
function dated(source: string, asOf: string | null): string {
  const day = asOf?.slice(0, 10)
  return day === undefined || source.includes(day) ? source : `${source}, ${day}`
}

function rangeWords(low: string, high: string | null): string {
  if (high === null) return `${low} or more`
  return low === high ? low : `${low} to ${high}`
}

function wrapped(text: string, terminal: Terminal): readonly string[] {
  return wrapText(text, terminal.width - INDENT.length).map((line) => `${INDENT}${line}`)
}

/** The text behind a word of three letters, its other lines below it. */
function labelled(label: string, text: string, terminal: Terminal): readonly string[] {
  const lines = wrapText(text, terminal.width - INDENT.length - label.length - 2)
  return lines.map((line, index) => `${INDENT}${index === 0 ? `${label}  ` : ' '.repeat(label.length + 2)}${line}`)
}
