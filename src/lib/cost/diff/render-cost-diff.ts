import {plural, sanitise} from '../../core/text.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {originWords} from '../cost-words.js'
import {amountWords, headline, signedMoney, signedPercent} from './change-words.js'
import type {Change, CostDiff, LineChange, WorkloadChange} from './cost-diff.schema.js'
import {lineChangeWords} from './line-change-words.js'
import {type Amount, amountsOf, totalsOf} from './list-amounts.js'
import {renderComment} from './render-comment.js'

interface Row extends LineChange {
  readonly workload: string
  readonly workloadChange: Change
}

const COLUMNS: readonly Column<Row>[] = [
  {key: 'workload', title: 'WORKLOAD', value: ({workload}) => workload},
  {key: 'workload-change', title: 'WORKLOAD CHANGE', value: ({workloadChange}) => workloadChange},
  {key: 'change', title: 'CHANGE', value: ({change}) => change},
  ...(['component', 'meter', 'kind', 'variant'] as const).map((key) => ({
    key,
    title: key.toUpperCase(),
    value: ({after, before}: Row) => (after ?? before)?.[key],
  })),
  ...(['modelId', 'region', 'route', 'tier', 'quantity', 'unit', 'month', 'once'] as const).flatMap((member) =>
    (['before', 'after'] as const).map((side) => {
      const key = `${side}-${member === 'modelId' ? 'model' : member}`
      return {key, title: key.toUpperCase(), value: (row: Row) => row[side]?.[member]}
    }),
  ),
  {key: 'currency', title: 'CURRENCY', value: ({currency}) => currency},
  {key: 'difference', title: 'DIFFERENCE', value: ({difference}) => difference},
]

export const costDiffView: View<CostDiff, Row> = {
  rows: ({workloads}) =>
    workloads.flatMap(({change, lines, name}) =>
      lines.map((line) => ({...line, workload: name, workloadChange: change})),
    ),
  columns: () => COLUMNS,
  text: renderCostDiff,
  extra: {markdown: renderComment},
}

const MARKS: Readonly<Record<Change, string>> = {added: '+', removed: '-', changed: '~', unchanged: ' '}

const AMOUNTS: readonly Column<Amount>[] = [
  {key: 'what', title: '', value: amountOf, weight: 0},
  {
    key: 'before',
    title: 'BEFORE',
    value: ({before, currency}) => amountWords(before, currency),
    align: 'right',
    weight: 1,
  },
  {key: 'after', title: 'AFTER', value: ({after, currency}) => amountWords(after, currency), align: 'right', weight: 0},
  {
    key: 'difference',
    title: 'CHANGE',
    value: ({currency, difference}) => signedMoney(difference, currency),
    align: 'right',
    weight: 0,
  },
  {key: 'percent', title: '%', value: ({percent}) => signedPercent(percent), align: 'right', weight: 1},
]

const PERIODS = {month: 'a month', once: 'once', year: 'first year'} as const

function amountOf({change, period, workload}: Amount): string {
  if (workload === null) return `  all, ${PERIODS[period]}`
  return `${change === null ? ' ' : MARKS[change]} ${sanitise(workload)}${period === 'month' ? '' : `, ${PERIODS[period]}`}`
}

async function renderCostDiff(diff: CostDiff, terminal: Terminal): Promise<string> {
  const {after, before, gate, notes, prices, workloads} = diff
  const arrow = terminal.unicode ? '→' : '->'
  const say = (text: string): readonly string[] => wrapText(text, terminal.width)
  const changed = workloads.filter(({change}) => change !== 'unchanged')
  const amounts = [...changed.flatMap(amountsOf), ...totalsOf(diff)]
  const unchanged = workloads.length - changed.length
  return [
    ...say(`${headline(diff)}   ${sanitise(before.file)} ${arrow} ${sanitise(after.file)}`).map((line) =>
      paint('strong', line, terminal),
    ),
    ...say(`${originWords(prices)}, for both`).map((line) => paint('faint', line, terminal)),
    '',
    ...(amounts.length === 0 ? [] : [await renderTable(amounts, AMOUNTS, terminal), '']),
    ...changed.flatMap((workload) => linesOf(workload, arrow, terminal)),
    ...(unchanged === 0 ? [] : [`${plural(unchanged, 'workload')} unchanged.`]),
    ...notes.flatMap((note) => say(`Note: ${note}.`)),
    ...gateLines(gate, terminal),
  ].join('\n')
}

function linesOf({lines, name}: WorkloadChange, arrow: string, terminal: Terminal): readonly string[] {
  const told = lines.filter(({change}) => change !== 'unchanged')
  if (told.length === 0) return []
  const indented = told.flatMap((line) => {
    const {difference, how, what} = lineChangeWords(line, arrow)
    const text = sanitise(`${difference} ${what}, ${how}`)
    return wrapText(text, terminal.width - 4).map(
      (part, index) => `${index === 0 ? `  ${MARKS[line.change]} ` : '    '}${part}`,
    )
  })
  return [paint('strong', sanitise(name), terminal), ...indented, '']
}

function gateLines(gate: CostDiff['gate'], terminal: Terminal): readonly string[] {
  if (gate === undefined) return []
  const verdict = gate.passed ? paint('good', 'PASS', terminal) : paint('bad', 'FAIL', terminal)
  return [
    '',
    ...wrapText(`${verdict}  ${gate.requirement}`, terminal.width),
    ...gate.failures.flatMap((failure) => wrapText(failure, terminal.width - 6).map((line) => `      ${line}`)),
  ]
}
