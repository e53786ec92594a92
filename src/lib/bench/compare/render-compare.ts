import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {numberText} from '../show/number-words.js'
import type {BenchCompareResult, ComparisonRow} from './bench-compare.schema.js'

/** Runs beside each other: first what makes them unlike, then each pair and level with its changes. */
export const benchCompareView: View<BenchCompareResult, ComparisonRow> = {
  rows: ({rows}) => rows,
  columns: () => COLUMNS,
  text: compareText,
}

const VERDICTS: Readonly<Record<ComparisonRow['verdict'], string>> = {
  better: 'better',
  worse: 'WORSE',
  'no-difference': 'no difference',
  unknown: 'no interval',
}

const COLUMNS: readonly Column<ComparisonRow>[] = [
  {key: 'level', title: 'LEVEL', value: ({level}) => level, weight: 0},
  {key: 'base', title: 'BASE', value: ({base}) => `${base.run} ${base.target}`, weight: 3},
  {key: 'other', title: 'OTHER', value: ({other}) => `${other.run} ${other.target}`, weight: 3},
  {key: 'metric', title: 'METRIC', value: ({metric}) => metric, weight: 0},
  {key: 'base-value', title: 'WAS', value: ({baseValue}) => baseValue.value, align: 'right', text: wasText, weight: 0},
  {key: 'other-value', title: 'IS', value: ({otherValue}) => otherValue.value, align: 'right', text: isText, weight: 0},
  {key: 'unit', title: 'UNIT', value: ({unit}) => unit, weight: 1},
  {key: 'change', title: 'CHANGE', value: ({change}) => change?.value, align: 'right', text: changeText, weight: 0},
  {key: 'change-low', title: 'FROM', value: ({change}) => change?.low, align: 'right', text: lowText, weight: 1},
  {key: 'change-high', title: 'TO', value: ({change}) => change?.high, align: 'right', text: highText, weight: 1},
  {key: 'verdict', title: 'VERDICT', value: ({verdict}) => verdict, text: ({verdict}) => VERDICTS[verdict], weight: 0},
]

async function compareText(result: BenchCompareResult, terminal: Terminal): Promise<string> {
  const wrap = (lines: readonly string[]) => lines.flatMap((line) => wrapText(line, terminal.width))
  const notes = [
    ...result.differences.map((line) => `not alike  ${line}`),
    ...result.unmatched.map((line) => `left out   ${line}`),
  ]
  const groups = grouped(result.rows)
  const tables = await Promise.all(
    [...groups].map(async ([title, rows]) => `${title}\n${await renderTable(rows, COLUMNS.slice(3), terminal)}`),
  )
  const said =
    'CHANGE is relative to the base, FROM and TO its 95 % interval. It is a difference where the interval does not hold 0, nor when widened for all that is compared at once.'
  const body = tables.length === 0 ? ['They have no target and level in common.'] : [...tables, wrap([said]).join('\n')]
  return [...(notes.length > 0 ? [wrap(notes).join('\n')] : []), ...body].join('\n\n')
}

function grouped(rows: readonly ComparisonRow[]): ReadonlyMap<string, readonly ComparisonRow[]> {
  const groups = new Map<string, ComparisonRow[]>()
  for (const row of rows) {
    const side = (one: ComparisonRow['base'], beside: ComparisonRow['base']) =>
      one.run === beside.run ? one.target : `${one.run} ${one.target}`
    const title = `${row.level}: ${side(row.other, row.base)} against ${side(row.base, row.other)}`
    groups.set(title, [...(groups.get(title) ?? []), row])
  }
  return groups
}

function wasText({baseValue}: ComparisonRow): string {
  return numberText(baseValue.value)
}

function isText({otherValue}: ComparisonRow): string {
  return numberText(otherValue.value)
}

function changeText({change}: ComparisonRow): string {
  return percent(change?.value)
}

function lowText({change}: ComparisonRow): string {
  return percent(change?.low)
}

function highText({change}: ComparisonRow): string {
  return percent(change?.high)
}

function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '-'
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`
}
