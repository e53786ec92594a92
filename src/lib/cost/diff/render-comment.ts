import {decimal} from '../../core/decimal.js'
import {plural} from '../../core/text.js'
import {escapeMarkdown} from '../../output/markdown.js'
import {SIMULATED} from '../../output/simulated.js'
import {originWords} from '../cost-words.js'
import {amountWords, headline, signedMoney, signedPercent} from './change-words.js'
import type {CostDiff, MoneyChange, WorkloadChange} from './cost-diff.schema.js'
import {lineChangeWords} from './line-change-words.js'
import {amountsOf, totalsOf} from './list-amounts.js'

/** By it a job finds the comment that it wrote before. */
const MARKER = '<!-- bedrockctl cost diff -->'
/** GitHub takes comments of 65,536 characters. */
const MOST_WORKLOADS = 100
const MOST_TABLE_CHARACTERS = 24_000
const MOST_DETAIL_CHARACTERS = 24_000
/** Of reasons and notes, which quote the names of files. */
const MOST_WORD_CHARACTERS = 600
const TOTALS = {month: '**all, a month**', once: 'all, once', year: 'all, in the first year'} as const

/** A comment for a pull request: what every workload costs before and after, dearest change first, lines folded. */
export function renderComment(diff: CostDiff): string {
  const {gate, notes, prices, simulated, workloads} = diff
  const changed = workloads.filter(({change}) => change !== 'unchanged').toSorted((a, b) => weightOf(b) - weightOf(a))
  const unchanged = workloads.length - changed.length
  const shown = within(MOST_TABLE_CHARACTERS, changed.slice(0, MOST_WORKLOADS).map(workloadRows))
  const left = changed.length - shown.length
  return [
    MARKER,
    `### Bedrock: ${escapeMarkdown(headline(diff))}`,
    '',
    ...(simulated ? [`> simulated: ${SIMULATED}`, ''] : []),
    ...gateLines(gate),
    '| Workload | Before | After | Difference | % |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...shown.flat(),
    ...totalsOf(diff).map((one) => amountRow(TOTALS[one.period], one)),
    '',
    ...(left > 0 ? [`${left} more changed, which are in the answer of \`-o json\`.`, ''] : []),
    ...details(changed),
    ...notes.map((note) => `- ${escapeMarkdown(note)}`),
    `- ${unchanged === 0 ? 'no workload' : plural(unchanged, 'workload')} unchanged; a workload is known by its name`,
    `- ${escapeMarkdown(originWords(prices))}, for both sides`,
    '',
  ].join('\n')
}

function gateLines(gate: CostDiff['gate']): readonly string[] {
  if (gate === undefined) return []
  const verdict = `**${gate.passed ? 'PASS' : 'FAIL'}** ${escapeMarkdown(gate.requirement)}`
  return [verdict, ...gate.failures.map((failure) => `- ${escapeMarkdown(failure.slice(0, MOST_WORD_CHARACTERS))}`), '']
}

/** Amounts of several currencies cannot be compared; their sizes order the table all the same. */
function weightOf({month}: WorkloadChange): number {
  return Number(month.reduce((sum, {difference}) => sum.plus(Math.abs(difference)), decimal(0)))
}

function workloadRows(workload: WorkloadChange): readonly string[] {
  const {change, complete, name} = workload
  const what = `${escapeMarkdown(name)} (${change}${complete ? '' : ', not all priced'})`
  const amounts = amountsOf(workload)
  if (amounts.length === 0) return [`| ${what} | ? | ? | ? | |`]
  return amounts.map((one) => amountRow(one.period === 'once' ? `${what}, once` : what, one))
}

function amountRow(what: string, {after, before, currency, difference, percent}: MoneyChange): string {
  const cells = [amountWords(before, currency), amountWords(after, currency), signedMoney(difference, currency)]
  return `| ${[what, ...cells, signedPercent(percent)].join(' | ')} |`
}

function details(changed: readonly WorkloadChange[]): readonly string[] {
  const all = changed.flatMap((workload) => lineRows(workload))
  const rows = within(
    MOST_DETAIL_CHARACTERS,
    all.map((row) => [row]),
  ).flat()
  if (rows.length === 0) return []
  const left = all.length - rows.length
  return [
    `<details><summary>${plural(all.length, 'line')}</summary>`,
    '',
    '| Workload | Line | Change | Difference |',
    '| --- | --- | --- | ---: |',
    ...rows,
    '',
    ...(left > 0 ? [`${left} more are in the answer of \`-o json\`.`, ''] : []),
    '</details>',
    '',
  ]
}

/** As many from the start as have room together. */
function within(most: number, groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let size = 0
  const end = groups.findIndex((group) => {
    size += group.join('\n').length + 1
    return size > most
  })
  return end === -1 ? groups : groups.slice(0, end)
}

function lineRows({lines, name}: WorkloadChange): readonly string[] {
  const told = lines.filter(({change}) => change !== 'unchanged')
  return told.map((line) => {
    const {difference, how, what} = lineChangeWords(line, '→')
    const words = line.change === 'changed' ? how : `${line.change}: ${how}`
    return `| ${[name, what, words, difference].map(escapeMarkdown).join(' | ')} |`
  })
}
