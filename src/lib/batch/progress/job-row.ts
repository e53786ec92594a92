import type {Sighting} from '../../jobs/sightings.js'
import type {BatchJob} from '../ports.js'
import {elapsedMs} from './elapsed.js'
import {placeOfJob} from './job-name.js'
import {countsOf, isEndState} from './job-states.js'
import {paceOf} from './pace.js'
import type {CostSoFar, ProgressRow} from './progress.schema.js'

export interface JobRowFacts {
  readonly nowMs: number
  readonly sightings?: readonly Sighting[] | undefined
  /** Records of its shard, where a plan tells. */
  readonly records?: number | null | undefined
  readonly cost?: CostSoFar | undefined
}

/** One job in one line. */
export function jobRow(job: BatchJob, {cost, nowMs, records, sightings = []}: JobRowFacts): ProgressRow {
  const place = placeOfJob(job.name)
  const ended = isEndState(job.state)
  const counted = countsOf(job)
  const total = records ?? counted.total
  const pending = ended ? 0 : total === null ? null : Math.max(0, total - (counted.processed ?? 0))
  return {
    kind: 'job',
    name: job.name,
    id: job.id,
    arn: job.arn,
    group: place?.group ?? null,
    round: place?.round ?? null,
    shard: place?.shard ?? null,
    region: job.region,
    modelId: job.modelId,
    state: job.state,
    states: {[job.state]: 1},
    jobs: 1,
    records: {...counted, total, pending},
    pace: paceOf({jobs: [job], sightings, pending, nowMs}) ?? null,
    cost: cost ?? null,
    since: job.submittedAt,
    ageSeconds: Math.floor(elapsedMs(job.submittedAt, nowMs) / 1000),
    endedAt: job.endedAt,
    expiresAt: ended ? null : job.expiresAt,
    message: job.message,
  }
}
