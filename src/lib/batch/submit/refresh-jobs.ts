import type {BatchJob} from '../ports.js'
import {isGoneAfter} from '../progress/gone-job.js'
import {isEndState} from '../progress/job-states.js'
import type {PlannedShard, SubmitRun} from './submit-run.js'

/**
 * Looks at the open jobs of the group, and writes down those that have ended: one list, and a read for what it lacks.
 * A job that the service knows no more is open no longer; that is not written down, it may turn up again.
 */
export async function refreshJobs(run: SubmitRun): Promise<void> {
  const open = run.shards.filter(({shard}) => run.isOpen(shard))
  const regions = new Set(open.map(({plan}) => plan.region))
  for (const region of regions) {
    const filter = {nameContains: `${run.input.group.name}-r`}
    const listed = await run.persist(() => run.ports.jobs.list(region, filter, run.signal))
    const byArn = new Map(listed.map((job) => [job.arn, job]))
    for (const one of open.filter(({plan}) => plan.region === region)) {
      const arn = one.shard.job?.arn ?? ''
      const job = byArn.get(arn) ?? (await run.persist(() => run.ports.jobs.get(region, arn, run.signal)))
      if (job === undefined && isGoneAfter(one.shard.job?.createdAt, run.ports.clock.now())) run.gone.add(arn)
      if (job !== undefined && isEndState(job.state)) await noteEnd(one, job, run)
    }
  }
  run.input.tell({kind: 'jobs', counts: run.counts})
}

function noteEnd({plan, shard}: PlannedShard, {arn, message, records, state}: BatchJob, run: SubmitRun): Promise<void> {
  return run.append({
    kind: 'job-ended',
    at: run.now,
    round: plan.round,
    shard: shard.number,
    arn,
    state,
    said: message,
    ...records,
  })
}
