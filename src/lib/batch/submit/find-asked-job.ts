import {type Persistence, persist} from '../../jobs/persist.js'
import type {BatchJob, BatchJobRequest, BatchJobSource} from '../ports.js'
import {jobRequest} from './job-of-shard.js'
import type {PlannedShard} from './submit-run.js'

/** A job may be missing from the list for so long after it was made. */
const LIST_LAG_MS = 6000
const LOOK_AGAIN_MS = 1000

/**
 * The job of a shard that was asked for by a run whose end nobody saw, looked for by its name as long as the list may
 * lack it. Undefined: it was not made.
 */
export async function findAskedJob(
  one: PlannedShard,
  jobs: Pick<BatchJobSource, 'list'>,
  persistence: Persistence,
): Promise<BatchJob | undefined> {
  const {clock, signal} = persistence
  const request = jobRequest(one.plan, one.shard.plan)
  const askedAt = Date.parse(one.shard.asked?.at ?? '')
  // A clock that was set back makes it look as if it had been asked for in the future.
  const since = Math.min(askedAt || 0, clock.now().getTime())
  for (;;) {
    const found = await findJobOf(one.plan.region, request, jobs, persistence)
    if (found !== undefined || clock.now().getTime() - since >= LIST_LAG_MS) return found
    await clock.pause(LOOK_AGAIN_MS, signal)
  }
}

/** The job of a request among those that are listed now. */
export async function findJobOf(
  region: string,
  {name, clientRequestToken, inputUri}: BatchJobRequest,
  jobs: Pick<BatchJobSource, 'list'>,
  persistence: Persistence,
): Promise<BatchJob | undefined> {
  const listed = await persist(() => jobs.list(region, {nameContains: name}, persistence.signal), persistence)
  return listed.find(
    (job) =>
      job.name === name &&
      (job.clientRequestToken === null ? job.inputUri === inputUri : job.clientRequestToken === clientRequestToken),
  )
}
