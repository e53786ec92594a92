import {plural, regionWords} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Column, View} from '../../output/view.js'
import {converseWord, stateWord, whenWord} from '../import-words.js'
import type {ImportRow} from '../imports.schema.js'
import type {ImportsListResult} from './imports-list.schema.js'

const COLUMNS: readonly Column<ImportRow>[] = [
  {
    key: 'name',
    title: 'MODEL',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 3},
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({state}, terminal) => stateWord(state, terminal),
    weight: 0,
  },
  {
    key: 'architecture',
    title: 'ARCHITECTURE',
    value: ({architecture}) => architecture,
    text: ({architecture}) => architecture ?? '-',
    weight: 2,
  },
  {
    key: 'converse',
    title: 'CONVERSE',
    value: ({converse}) => converse,
    text: ({converse, modelArn}) => (modelArn === null ? '-' : converseWord(converse)),
    weight: 4,
  },
  {
    key: 'began',
    title: 'BEGAN',
    value: ({createdAt}) => createdAt,
    text: ({createdAt}, terminal) => whenWord(createdAt, terminal),
    weight: 1,
  },
  {
    key: 'took',
    title: 'TOOK',
    value: ({seconds}) => seconds,
    text: ({seconds}) => (seconds === null ? '?' : spanWord(seconds)),
    align: 'right',
    weight: 3,
  },
  {key: 'job', title: 'JOB', value: ({jobName}) => jobName, text: ({jobName}) => jobName ?? '-', weight: 5},
  {key: 'ended', title: 'ENDED', value: ({endedAt}) => endedAt, text: ({endedAt}) => endedAt ?? '-', weight: 8},
  {key: 'job-arn', title: 'JOB ARN', value: ({jobArn}) => jobArn, text: ({jobArn}) => jobArn ?? '-', weight: 9},
  {
    key: 'model-arn',
    title: 'MODEL ARN',
    value: ({modelArn}) => modelArn,
    text: (row) => row.modelArn ?? '-',
    weight: 9,
  },
]

const HIDDEN: readonly string[] = ['ended', 'job-arn', 'model-arn']

/** The view of `imports list`; `columns` as `--columns` gives them, undefined for the default ones. */
export function importsListView(columns: string | undefined): View<ImportsListResult, ImportRow> {
  return {
    rows: ({rows}) => rows,
    columns: ({regions}) =>
      columns === undefined
        ? COLUMNS.filter(({key}) => !HIDDEN.includes(key) && (key !== 'region' || regions.length > 1))
        : selectColumns(COLUMNS, columns.split(',')),
    empty: 'No imports match.',
    footer: ({regions, rows}) => {
      const kept = rows.filter(({modelArn, state}) => modelArn !== null && state !== 'Deleted').length
      const where = regionWords(regions)
      return `${plural(rows.length, 'import')}, ${plural(kept, 'model')} kept, ${where}`
    },
  }
}

/** The result with its rows in the order of `--sort`. */
export function sortImports(result: ImportsListResult, sort: string | undefined): ImportsListResult {
  return {...result, rows: sortRows(result.rows, COLUMNS, sort)}
}
