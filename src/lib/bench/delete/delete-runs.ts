import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {plural, sizeWords} from '../../core/text.js'
import type {BenchRunRow} from '../list/bench-list.schema.js'
import {rowOf} from '../list/list-runs.js'
import type {KeptRun} from '../runs/run-store.js'

/** The runs that are named, each once. Only a whole id names a run to delete: nothing is guessed. */
export function findRuns(ids: readonly string[], runs: readonly KeptRun[]): readonly BenchRunRow[] {
  const known = runs.map(({id}) => id)
  for (const id of ids) {
    if (known.includes(id)) continue
    const begun = known.filter((one) => id !== '' && one.startsWith(id))
    throw usageError('RUN_UNKNOWN', `No run on this machine has the id ${id}.`, {
      why: begun.length > 0 ? `It is the beginning of ${begun.slice(0, 3).join(', ')}.` : didYouMean(id, known),
      hint: 'What is deleted is named by its whole id.',
      actions: ['bedrockctl bench list'],
    })
  }
  return runs.filter(({id}) => ids.includes(id)).map(rowOf)
}

/** What is asked before they are deleted. */
export function deleteRunsQuestion(rows: readonly BenchRunRow[]): string {
  const bytes = sizeWords(rows.reduce((sum, row) => sum + row.bytes, 0))
  return `Delete ${plural(rows.length, 'run')} (${rows.map(({id}) => id).join(', ')}; ${bytes})? They cannot be brought back.`
}
