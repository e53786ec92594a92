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
 * From submission to end, by finished jobs of the same model; as many jobs run at once as may. How much of its time a
 * job waited the service does not tell: it lies between all, which does not grow with the records, and nothing, which
 * does. Undefined without a finished job: there is nothing that says it.
 */
export function expectedDuration(
  shards: readonly Pick<PlanShard, 'records'>[],
  maxOpenJobs: number,
  earlier: readonly BatchJob[],
): ExpectedDuration | undefined {
  const finished = earlier.flatMap(finishedOf)
  if (finished.length === 0) return undefined
  const largest = Math.max(...shards.map(({records}) => records))
  const waves = Math.ceil(shards.length / maxOpenJobs)
  const spans = finished.flatMap(({records, seconds}) => [seconds, (seconds * largest) / records])
  return {
    lowSeconds: Math.ceil(waves * Math.min(...spans)),
    highSeconds: Math.ceil(waves * Math.max(...spans)),
    jobs: finished.length,
  }
}

interface Finished {
  readonly records: number
  /** From submission to end. */
  readonly seconds: number
}

/** A job that ran to its end; none of another. */
function finishedOf({endedAt, records, state, submittedAt}: BatchJob): readonly Finished[] {
  if (state !== 'Completed' || endedAt === null || records.processed === null || records.processed === 0) return []
  const seconds = (Date.parse(endedAt) - Date.parse(submittedAt)) / 1000
  return seconds > 0 ? [{records: records.processed, seconds}] : []
}
