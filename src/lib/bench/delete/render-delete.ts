import {plural, sizeWords} from '../../core/text.js'
import type {View} from '../../output/view.js'
import type {BenchRunRow} from '../list/bench-list.schema.js'
import {benchListView} from '../list/render-list.js'
import type {BenchDeleteResult} from './bench-delete.schema.js'

/** What `bench delete` did, or would do. */
export const benchDeleteView: View<BenchDeleteResult, BenchRunRow> = {
  rows: ({rows}) => rows,
  columns: ({rows}) => benchListView(undefined).columns({...LIST, rows}),
  text: ({outcome, rows}) => {
    const bytes = sizeWords(rows.reduce((sum, row) => sum + row.bytes, 0))
    const what = `${plural(rows.length, 'run')} (${bytes})`
    const lines = rows.map(({id, name}) => `  ${id}${name === null ? '' : ` ${name}`}`)
    return [outcome === 'deleted' ? `Deleted ${what}:` : `Would delete ${what}:`, ...lines].join('\n')
  },
}

const LIST = {schemaVersion: 1, simulated: false, unread: [], asOf: '', folder: ''} as const
