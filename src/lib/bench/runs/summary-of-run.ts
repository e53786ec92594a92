import {usageError} from '../../core/errors.js'
import {summarise} from '../metrics/summarise.js'
import type {RunSummary} from '../metrics/summary.schema.js'
import type {Run} from './run-store.js'

const CUT = 'it was killed, or is still running'

/** The summary of a run; made of what there is where the run was killed, and marked partial. */
export async function summaryOfRun(run: Run): Promise<RunSummary> {
  if (run.summary !== undefined) return run.summary
  if (run.head === undefined) {
    throw usageError('RUN_DAMAGED', `${run.place} has no plan.json.`, {
      hint: 'Copy the run again from where it was made.',
    })
  }
  const [cells, gaps, ends] = await Promise.all([run.cells(), run.gaps(), run.ends()])
  const {changedAt: endedAt, head} = run
  return summarise({head, cells, samples: run.samples(), gaps, ends, ended: 'partial', endedWhy: CUT, endedAt})
}
