import {plural, regionWords} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Column, View} from '../../output/view.js'
import type {CustomizationRow} from '../customization.schema.js'
import {atWord, stateWord} from '../customization-words.js'
import {typeWord} from '../type-word.js'
import type {CustomizationsListResult} from './customizations-list.schema.js'

const COLUMNS: readonly Column<CustomizationRow>[] = [
  {
    key: 'name',
    title: 'JOB',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {key: 'type', title: 'TYPE', value: ({type}) => type, text: ({type}) => typeWord(type), weight: 3},
  {key: 'base', title: 'BASE MODEL', value: ({baseModel}) => baseModel, weight: 4},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 3},
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({state}, terminal) => stateWord(state, terminal),
    weight: 0,
  },
  {key: 'at', title: 'AT', value: atWord, weight: 1},
  {key: 'model', title: 'MODEL', value: ({modelName}) => modelName, text: ({modelName}) => modelName ?? '-', weight: 2},
  {
    key: 'age',
    title: 'AGE',
    value: ({ageSeconds}) => ageSeconds,
    text: ({ageSeconds}) => spanWord(ageSeconds),
    align: 'right',
    weight: 2,
  },
  {key: 'created', title: 'CREATED', value: ({createdAt}) => createdAt, weight: 8},
  {key: 'ended', title: 'ENDED', value: ({endedAt}) => endedAt, text: ({endedAt}) => endedAt ?? '-', weight: 8},
  {key: 'id', title: 'ID', value: ({id}) => id, weight: 8},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
  {
    key: 'model-arn',
    title: 'MODEL ARN',
    value: ({modelArn}) => modelArn,
    text: ({modelArn}) => modelArn ?? '-',
    weight: 9,
  },
]

const DEFAULT = new Set(['name', 'type', 'base', 'region', 'state', 'at', 'model', 'age'])

/** The view of `customizations list`; `columns` as `--columns` gives them. */
export function customizationsListView(columns: string | undefined): View<CustomizationsListResult, CustomizationRow> {
  return {
    rows: ({jobs}) => jobs,
    columns: ({jobs}) => {
      if (columns !== undefined) return selectColumns(COLUMNS, columns.split(','))
      const regions = new Set(jobs.map(({region}) => region))
      return COLUMNS.filter(({key}) => DEFAULT.has(key) && (key !== 'region' || regions.size > 1))
    },
    empty: 'No customization jobs match.',
    footer: ({jobs, regions}) => `${plural(jobs.length, 'job')} in ${regionWords(regions)}`,
  }
}

/** The result with its jobs in the order of `--sort`. */
export function sortCustomizations(
  result: CustomizationsListResult,
  sort: string | undefined,
): CustomizationsListResult {
  return {...result, jobs: sortRows(result.jobs, COLUMNS, sort)}
}
