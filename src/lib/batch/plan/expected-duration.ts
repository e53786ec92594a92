import type {BatchJob} from '../ports.js'
import type {PlanShard} from './plan.schema.js'

/** How long jobs may take, by what jobs of the model took before. */
export interface ExpectedDuration {
  readonly lowSeconds: number
  readonly highSeconds: number
  /** Finished jobs that it rests on. */
  readonly jobs: number
}

/**
 * From submission to end, by the slowest and the fastest finished job of the same model, queue included; as many jobs
 * run at once as may. Undefined without a finished job: there is nothing that says it.
 */
export function expectedDuration(
  shards: readonly Pick<PlanShard, 'records'>[],
  maxOpenJobs: number,
  earlier: readonly BatchJob[],
): ExpectedDuration | undefined {
  const rates = earlier.flatMap(rateOf)
  if (rates.length === 0) return undefined
  const largest = Math.max(...shards.map(({records}) => records))
  const waves = Math.ceil(shards.length / maxOpenJobs)
  const seconds = (rate: number) => Math.ceil((waves * largest) / rate)
  return {lowSeconds: seconds(Math.max(...rates)), highSeconds: seconds(Math.min(...rates)), jobs: rates.length}
}

/** Records a second of a job that ran to its end. */
function rateOf({endedAt, records, state, submittedAt}: BatchJob): readonly number[] {
  if (state !== 'Completed' || endedAt === null || records.processed === null || records.processed === 0) return []
  const seconds = (Date.parse(endedAt) - Date.parse(submittedAt)) / 1000
  return seconds > 0 ? [records.processed / seconds] : []
}
