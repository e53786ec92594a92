import type {BatchJob, RecordCounts} from '../ports.js'
import {GONE} from './gone-job.js'
import {countsOf, isEndState} from './job-states.js'

/** One shard of a round: what the plan, the journal and the service know of it. */
export interface ShardStanding {
  readonly round: number
  readonly shard: number
  readonly name: string
  /** null where no plan is at hand and the service has not counted. */
  readonly records: number | null
  readonly arn: string | null
  /** As the service tells; undefined where there is none or it could not be read. */
  readonly job: BatchJob | undefined
  /** Its end as the journal keeps it, for jobs that the service does not list any more. */
  readonly ended: {readonly state: string; readonly said: string | null; readonly counts: RecordCounts} | undefined
  /** The service knows its job no more. */
  readonly gone: boolean
  /** The service refused to make its job. */
  readonly refused: string | undefined
  /** It was stopped before it had a job. */
  readonly withheld: boolean
}

/** null where its job could not be read. */
export function stateOfShard({arn, ended, gone, job, refused, withheld}: ShardStanding): string | null {
  if (job) return job.state
  if (ended) return ended.state
  if (arn !== null) return gone ? GONE : null
  if (withheld) return 'Withheld'
  return refused === undefined ? 'Planned' : 'Refused'
}

/** States that nothing follows of a shard that has no job, or none that anybody knows. */
export const WITHOUT_JOB: readonly string[] = ['Withheld', 'Refused', GONE]

/** True when no answer will come of it any more. */
export function isShardOver(standing: ShardStanding): boolean {
  const state = stateOfShard(standing)
  return state !== null && (isEndState(state) || WITHOUT_JOB.includes(state))
}

/** Its records as counted; nothing is processed where there is no job. */
export function countsOfShard(standing: ShardStanding): RecordCounts {
  const {arn, ended, job, records} = standing
  const counts = job ? countsOf(job) : ended?.counts
  if (counts) return {...counts, total: records ?? counts.total}
  const none = arn === null ? 0 : null
  return {total: records, processed: none, succeeded: none, failed: none}
}

/** Records that are still to be tried. */
export function pendingOf(standing: ShardStanding): number | null {
  if (isShardOver(standing)) return 0
  const {processed, total} = countsOfShard(standing)
  return total === null ? null : Math.max(0, total - (processed ?? 0))
}
