import type {BatchJob} from '../../../world/batch-state.js'
import {deliver} from './deliver.js'
import {checkedAt, jobAt, nextWork} from './job-state.js'
import {countAttempts} from './record-faults.js'
import type {JobPlace} from './role-rights.js'
import {type IntakeRules, takeIn} from './take-in.js'

/** Where a job runs, and by which rules its input is judged. */
export interface JobSite extends JobPlace, IntakeRules {
  now(): number
  sleep(ms: number): Promise<void>
}

/** Does what is due by now; whoever asks about the job waits for it, so that a state never runs ahead of its output. */
export function settle(job: BatchJob, site: JobSite): Promise<void> {
  job.working = job.working.then(() => step(job, site))
  return job.working
}

/** Keeps a job going when nobody asks about it. Ends with the job; its timers keep no process alive. */
export async function drive(job: BatchJob, site: JobSite): Promise<void> {
  for (;;) {
    await settle(job, site)
    const now = site.now()
    const next = nextWork(job, now)
    if (next === undefined) return
    await site.sleep(Math.max(1, next - now))
    // A clock that stands still brings nothing on.
    if (site.now() <= now) return
  }
}

async function step(job: BatchJob, site: JobSite): Promise<void> {
  try {
    await work(job, site)
  } catch {
    // A bucket that was deleted, or a sandbox that was reset meanwhile.
    job.intake = {failure: 'An internal error occurred. Try again.', files: [], records: 0, failures: new Map()}
    job.delivered = true
  }
}

async function work(job: BatchJob, site: JobSite): Promise<void> {
  const now = site.now()
  if (!job.intake && job.stopAskedAt === undefined && now >= checkedAt(job)) job.intake = await takeIn(job, site, site)
  const {ended, status, processed} = jobAt(job, now)
  if (!ended || job.delivered) return
  const leaves = job.intake?.failure === undefined && status !== 'Failed' && processed > 0
  if (leaves) await deliver(job, processed, site.world, now)
  countAttempts(job, processed, site.world.regional(site.account, site.region).batch.attempts)
  for (const {object} of job.intake?.files ?? []) object.content.release()
  job.delivered = true
}
