import {plural, regionWords} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Column, View} from '../../output/view.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {costWord, countWord, etaWord, paceWord, statesWord, stateWord} from '../progress/progress-words.js'
import type {BatchListResult} from './batch-list.schema.js'

/** The view of `batch list`; `columns` as `--columns` gives them, undefined for the default ones. */
export function batchListView(columns: string | undefined): View<BatchListResult, ProgressRow> {
  return {
    rows: ({rows}) => rows,
    columns: ({asOf, rows}) => {
      const all = columnsAt(Date.parse(asOf))
      if (columns !== undefined) return selectColumns(all, columns.split(','))
      const regions = new Set(rows.map(({region}) => region))
      return all.filter(({key}) => DEFAULT.has(key) && (key !== 'region' || regions.size > 1))
    },
    empty: 'No batch jobs match.',
    footer: ({regions, rows}) => footerOf(rows, regions),
  }
}

/** The result with its rows in the order of `--sort`. */
export function sortBatchList(result: BatchListResult, sort: string | undefined): BatchListResult {
  return {...result, rows: sortRows(result.rows, columnsAt(Date.parse(result.asOf)), sort)}
}

const DEFAULT = new Set(['name', 'model', 'region', 'state', 'done', 'total', 'failed', 'rate', 'eta', 'age', 'cost'])

function columnsAt(nowMs: number): readonly Column<ProgressRow>[] {
  return [...IDENTITY, ...COUNTS, ...timesAt(nowMs), ...MORE]
}

const IDENTITY: readonly Column<ProgressRow>[] = [
  {
    key: 'name',
    title: 'GROUP/JOB',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {key: 'model', title: 'MODEL', value: ({modelId}) => modelId, text: ({modelId}) => shortModel(modelId), weight: 5},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 3},
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({state}, terminal) => stateWord(state, terminal),
    weight: 0,
  },
]

const COUNTS: readonly Column<ProgressRow>[] = [
  countColumn('done', 'DONE', ({records}) => records.succeeded, 0),
  countColumn('total', 'OF', ({records}) => records.total, 0),
  countColumn('failed', 'FAILED', ({records}) => records.failed, 1),
]

function timesAt(nowMs: number): readonly Column<ProgressRow>[] {
  return [
    {
      key: 'rate',
      title: 'RATE',
      value: ({pace}) => pace?.recordsPerSecond ?? null,
      text: ({pace}, terminal) => paceWord(pace, terminal),
      align: 'right',
      weight: 4,
    },
    {
      key: 'eta',
      title: 'LEFT',
      value: ({pace}) => pace?.endsAt ?? null,
      text: ({pace}, terminal) => etaWord(pace, nowMs, terminal),
      align: 'right',
      weight: 2,
    },
    {
      key: 'age',
      title: 'AGE',
      value: ({ageSeconds}) => ageSeconds,
      text: ({ageSeconds}) => spanWord(ageSeconds),
      align: 'right',
      weight: 3,
    },
    {
      key: 'cost',
      title: 'COST',
      value: ({cost}) => cost?.atMost ?? cost?.atLeast ?? null,
      text: ({cost}, terminal) => costWord(cost, terminal),
      align: 'right',
      weight: 4,
    },
  ]
}

const MORE: readonly Column<ProgressRow>[] = [
  {key: 'id', title: 'ID', value: ({id}) => id, text: ({id}) => id ?? '-', weight: 8},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, text: ({arn}) => arn ?? '-', weight: 9},
  {key: 'group', title: 'GROUP', value: ({group}) => group, text: ({group}) => group ?? '-', weight: 8},
  countColumn('round', 'ROUND', ({round}) => round, 8),
  countColumn('shard', 'SHARD', ({shard}) => shard, 8),
  countColumn('jobs', 'JOBS', ({jobs}) => jobs, 8),
  {key: 'states', title: 'STATES', value: statesWord, weight: 8},
  countColumn('processed', 'PROCESSED', ({records}) => records.processed, 8),
  countColumn('pending', 'PENDING', ({records}) => records.pending, 8),
  {key: 'submitted', title: 'SUBMITTED', value: ({since}) => since, weight: 8},
  {key: 'ended', title: 'ENDED', value: ({endedAt}) => endedAt, text: ({endedAt}) => endedAt ?? '-', weight: 8},
  {
    key: 'expires',
    title: 'EXPIRES',
    value: ({expiresAt}) => expiresAt,
    text: ({expiresAt}) => expiresAt ?? '-',
    weight: 8,
  },
  {key: 'message', title: 'MESSAGE', value: ({message}) => message, text: ({message}) => message ?? '-', weight: 9},
]

function countColumn(
  key: string,
  title: string,
  value: (row: ProgressRow) => number | null,
  weight: number,
): Column<ProgressRow> {
  return {key, title, value, text: (row) => countWord(value(row)), align: 'right', weight}
}

/** The name of a model or profile without the rest of its ARN. */
function shortModel(modelId: string): string {
  return modelId.startsWith('arn:') ? (modelId.split('/').at(-1) ?? modelId) : modelId
}

function footerOf(rows: readonly ProgressRow[], regions: readonly string[]): string {
  const groups = rows.filter(({kind}) => kind === 'group').length
  const jobs = rows.length - groups
  const counts = [...(groups > 0 ? [plural(groups, 'group')] : []), ...(jobs > 0 ? [plural(jobs, 'job')] : [])]
  const where = regionWords(regions)
  const how = rows.some(({cost}) => cost !== null)
    ? ' · cost so far, as estimated: processed records × the average of the plan; batch show tells more'
    : ''
  return `${counts.join(' and ')} in ${where}${how}`
}
