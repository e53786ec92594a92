import {plural, sizeWords} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Column, View} from '../../output/view.js'
import {VERDICT_WORDS} from '../show/run-words.js'
import type {BenchListResult, BenchRunRow} from './bench-list.schema.js'

/** The view of `bench list`; `columns` as `--columns` gives them, undefined for the default ones. */
export function benchListView(columns: string | undefined): View<BenchListResult, BenchRunRow> {
  return {
    rows: ({rows}) => rows,
    columns: () => (columns === undefined ? DEFAULT : selectColumns(COLUMNS, columns.split(','))),
    empty: 'There are no runs on this machine. bedrockctl bench run makes one.',
    footer: ({folder, rows}) => {
      const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
      return `${plural(rows.length, 'run')}, ${sizeWords(bytes)} in ${folder}`
    },
  }
}

/** The result with its rows in the order of `--sort`. */
export function sortBenchList(result: BenchListResult, sort: string | undefined): BenchListResult {
  return {...result, rows: sortRows(result.rows, COLUMNS, sort)}
}

const COLUMNS: readonly Column<BenchRunRow>[] = [
  {key: 'id', title: 'RUN', value: ({id}) => id, text: ({id}, terminal) => paint('id', id, terminal), weight: 0},
  {key: 'name', title: 'NAME', value: ({name}) => name, text: ({name}) => name ?? '-', weight: 3},
  {key: 'targets', title: 'TARGETS', value: ({targets}) => targets, text: ({targets}) => targets.join(', '), weight: 1},
  {key: 'cells', title: 'CELLS', value: ({cells}) => cells, align: 'right', weight: 4},
  {key: 'requests', title: 'REQUESTS', value: ({requests}) => requests, text: countText('requests'), align: 'right'},
  {key: 'failed', title: 'FAILED', value: ({failed}) => failed, text: countText('failed'), align: 'right', weight: 2},
  {key: 'cost', title: 'COST', value: ({usd}) => usd, text: costText, align: 'right', weight: 5},
  {key: 'state', title: 'STATE', value: ({state}) => state, weight: 1},
  {
    key: 'verdict',
    title: 'VERDICT',
    value: ({verdict}) => verdict,
    text: ({problem, verdict}) => (verdict === null ? (problem ?? '-') : VERDICT_WORDS[verdict]),
    weight: 0,
  },
  {key: 'started', title: 'STARTED', value: ({startedAt}) => startedAt, weight: 8},
  {key: 'simulated', title: 'SIMULATED', value: ({simulated}) => simulated, weight: 8},
  {key: 'shards', title: 'SHARDS', value: ({shards}) => shards, align: 'right', weight: 8},
  {key: 'source', title: 'SOURCE', value: ({source}) => source, weight: 8},
  {key: 'bytes', title: 'BYTES', value: ({bytes}) => bytes, align: 'right', weight: 8},
  {key: 'place', title: 'PLACE', value: ({place}) => place, weight: 9},
]

const DEFAULT = COLUMNS.filter(({weight}) => (weight ?? 0) < 8)

function countText(key: 'requests' | 'failed'): (row: BenchRunRow) => string {
  return (row) => row[key]?.toLocaleString('en-US') ?? '-'
}

function costText({usd}: BenchRunRow): string {
  return usd === null ? '-' : formatMoney(usd, 'USD')
}
