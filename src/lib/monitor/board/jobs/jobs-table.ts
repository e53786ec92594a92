import {showElapsed} from '../../quantities.js'
import type {Tone} from '../../span.js'
import type {BoardFacts} from '../state.js'
import type {BoardRow, BoardTable, Cell, Column} from '../view.js'
import {type BoardJob, boardJobs} from './board-jobs.js'
import {costOf, costWord, countWord, etaWord, leftMs, modelWord, percentWord, shareOf} from './job-words.js'
import type {JobRow} from './jobs.schema.js'

const count = (key: string, title: string, drop: number): Column => ({
  ...{key, title, drop, least: 6, most: 11},
  ...{align: 'right', first: 'descending'},
})

const COLUMNS: readonly Column[] = [
  {key: 'kind', title: 'KIND', least: 6, most: 6, drop: 5},
  {key: 'name', title: 'NAME', least: 18, most: 40, drop: 0},
  {key: 'state', title: 'STATE', least: 10, most: 28, drop: 0},
  {key: 'model', title: 'MODEL', least: 14, most: 34, drop: 8},
  {key: 'progress', title: 'PROGRESS', least: 8, most: 16, drop: 1, first: 'descending'},
  count('done', 'DONE', 6),
  count('total', 'OF', 7),
  count('failed', 'FAILED', 3),
  {key: 'eta', title: 'LEFT', least: 8, most: 12, drop: 2, align: 'right'},
  {key: 'cost', title: 'COST', least: 10, most: 14, drop: 4, align: 'right', first: 'descending'},
  {key: 'age', title: 'AGE', least: 7, most: 8, drop: 9, align: 'right'},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 10},
]

const KINDS: Readonly<Record<JobRow['kind'], string>> = {
  batch: 'batch',
  group: 'group',
  import: 'import',
  customization: 'tuning',
  evaluation: 'eval',
  copy: 'copy',
}

/** Every job of every Region, the live ones first. */
export function jobsTable(state: BoardFacts): BoardTable {
  return {
    columns: COLUMNS,
    rows: boardJobs(state).map((job) => toRow(job, state.nowMs)),
    // As they come: live first, which is no column.
    sortedBy: '',
    empty: 'No job runs, and none has ended in the last seven days.',
  }
}

function toRow(job: BoardJob, nowMs: number): BoardRow {
  const {key, region, row} = job
  const {actions, at, failed, id, kind, live, message, model, name, parts, tone, unit} = row
  const share = shareOf(row)
  const faint = live ? {} : {tone: 'faint' as const}
  return {
    key,
    id,
    cells: {
      kind: {text: KINDS[kind]},
      name: {text: name, tone: live ? 'id' : 'faint'},
      state: {text: at ?? row.state, ...toned(tone)},
      model: {text: modelWord(model), ...faint},
      progress: {text: percentWord(share), sort: share, share},
      done: counted(row.done, unit),
      total: counted(row.total, unit),
      failed: {...counted(failed, unit === 'records' ? unit : null), ...toned((failed ?? 0) > 0 ? 'bad' : null)},
      eta: {text: live ? etaWord(job, nowMs) : '-', sort: live ? leftMs(job, nowMs) : undefined},
      cost: {text: costWord(row), sort: costOf(row)},
      age: ageCell(job, nowMs),
      region: {text: region, ...faint},
    },
    words: [kind, row.state, model ?? '', message ?? '', ...parts.map((part) => part.name)],
    actions,
  }
}

function counted(value: number | null, unit: string | null): Cell {
  return {text: countWord(value, unit), sort: value ?? undefined}
}

/** Since it was made. */
function ageCell({row: {createdAtMs}}: BoardJob, nowMs: number): Cell {
  if (createdAtMs === null) return {text: '-', sort: undefined}
  const ms = Math.max(0, nowMs - createdAtMs)
  return {text: showElapsed(ms), sort: ms}
}

function toned(tone: 'good' | 'bad' | 'warn' | null): {readonly tone?: Tone} {
  return tone === null ? {} : {tone}
}
