import type {RequestContext} from '../../../handler.js'
import type {TuningJob} from '../../../world/tuning-state.js'
import {patiently} from '../patience.js'
import {here} from '../place.js'
import {customizationSettings} from './create-job.js'
import {drive, type JobSite, settle} from './run-job.js'

/** Sets a job going, or on again after something changed. */
export async function start(job: TuningJob, context: RequestContext): Promise<void> {
  void drive(job, await siteOf(context))
}

/** Waits until all that is due of this place's jobs is done: then their models are there. */
export async function settleJobs(context: RequestContext): Promise<void> {
  const open = [...here(context).tuning.jobs.values()].filter(({delivered}) => !delivered)
  if (open.length === 0) return
  const site = await siteOf(context)
  await patiently(Promise.all(open.map((job) => settle(job, site))), context)
}

async function siteOf(context: RequestContext): Promise<JobSite> {
  const {world, account, region, now, sleep} = context
  const {listDelaySeconds = 1} = customizationSettings(context)
  return {
    world,
    account,
    region,
    facts: await world.catalog.customModels(),
    listDelayMs: listDelaySeconds * 1000,
    now: () => now(),
    sleep: (ms) => sleep(ms),
  }
}
