import type {CustomModel} from '../../../world/custom-model-state.js'
import type {TuningJob} from '../../../world/tuning-state.js'
import {checkedAt, jobAt, nextWork, writtenShare} from './job-state.js'
import {finalMetrics} from './metrics/final-metrics.js'
import {writeMetrics} from './metrics/write-metrics.js'
import {toldParameters} from './parameter.js'
import {type IntakeSite, takeIn} from './take-in.js'

/** Where a job runs, and when its model shows. */
export interface JobSite extends IntakeSite {
  readonly listDelayMs: number
  sleep(ms: number): Promise<void>
}

/** Does what is due by now; whoever asks about the job waits for it, so that a state never runs ahead of its output. */
export function settle(job: TuningJob, site: JobSite): Promise<void> {
  job.working = job.working.then(() => step(job, site))
  return job.working
}

/** Keeps a job going when nobody asks about it. Ends with the job; its timers keep no process alive. */
export async function drive(job: TuningJob, site: JobSite): Promise<void> {
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

async function step(job: TuningJob, site: JobSite): Promise<void> {
  try {
    await work(job, site)
  } catch {
    // A bucket that was deleted, or a sandbox that was reset meanwhile.
    const failure = 'Encountered an unexpected error when processing the request, please try again'
    job.intake = {failure, records: 0, tokens: 0, validation: []}
    job.delivered = true
  }
}

async function work(job: TuningJob, site: JobSite): Promise<void> {
  if (job.delivered) return
  const now = site.now()
  const before = job.stopAskedAt ?? Number.POSITIVE_INFINITY
  if (!job.intake && checkedAt(job) <= Math.min(now, before)) job.intake = await takeIn(job, site)
  const {ended, status, since, trained} = jobAt(job, now)
  if (job.intake?.failure === undefined && trained > 0) await writeMetrics(job, writtenShare(trained), site.world)
  if (!ended) return
  if (status === 'Completed') {
    const {account, region, world} = site
    const state = world.regional(account, region)
    state.customModels.set(job.modelArn, modelOf(job, since, site.listDelayMs))
    state.tags.set(job.modelArn, job.request.customModelTags ?? [])
  }
  job.delivered = true
}

function modelOf(job: TuningJob, createdAt: number, listDelayMs: number): CustomModel {
  const {request} = job
  return {
    arn: job.modelArn,
    name: request.customModelName ?? '',
    job: {arn: job.arn, name: job.name},
    baseModelArn: job.baseModelArn,
    baseModelName: job.base,
    customizationType: job.type,
    kmsKeyArn: job.keyArn,
    origin: {
      trainingDataConfig: request.trainingDataConfig,
      validationDataConfig: request.validationDataConfig,
      outputDataConfig: request.outputDataConfig,
      hyperParameters: toldParameters(job),
      customizationConfig: request.customizationConfig,
      ...finalMetrics(job),
    },
    createdAt,
    listedAt: createdAt + listDelayMs,
    readyAt: createdAt,
    failure: undefined,
  }
}
