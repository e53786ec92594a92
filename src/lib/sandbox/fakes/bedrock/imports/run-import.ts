import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import {bedrockArn} from '../../../world/build-region.js'
import type {ImportJob} from '../../../world/import-state.js'
import type {JobPlace} from '../batch/role-rights.js'
import {INTERNAL} from './failure-words.js'
import {readProblem} from './import-rights.js'
import {endsAt, nextStep, openedAt} from './import-timeline.js'
import {modelFolder} from './model-folder.js'
import {readConfig, weightBytes} from './read-config.js'
import {type ReadModel, readModel} from './read-model.js'

/** Where a job runs, and what AWS takes there. */
export interface ImportSite extends JobPlace {
  readonly facts: CustomModelFacts
  now(): number
  sleep(ms: number): Promise<void>
}

/** Does what is due by now; whoever asks about the job waits for it. */
export function settleImport(job: ImportJob, site: ImportSite): Promise<void> {
  job.working = job.working.then(() => step(job, site))
  return job.working
}

/** Keeps a job going when nobody asks about it. Ends with the job; its timers keep no process alive. */
export async function driveImport(job: ImportJob, site: ImportSite): Promise<void> {
  for (;;) {
    await settleImport(job, site)
    const next = nextStep(job)
    if (next === undefined) return
    const now = site.now()
    await site.sleep(Math.max(1, next - now))
    // A clock that stands still brings nothing on.
    if (site.now() <= now) return
  }
}

async function step(job: ImportJob, site: ImportSite): Promise<void> {
  try {
    await work(job, site)
  } catch {
    // A bucket that was deleted, or a sandbox that was reset meanwhile.
    job.opening ??= {failure: INTERNAL, bytes: 0}
    job.outcome = {failure: INTERNAL, modelArn: undefined}
  }
}

async function work(job: ImportJob, site: ImportSite): Promise<void> {
  if (job.outcome || site.now() < openedAt(job)) return
  job.opening ??= await open(job, site)
  if (site.now() < (endsAt(job) ?? 0)) return
  const failure = job.opening.failure ?? job.end?.message
  const model = failure ?? (await readAll(job, site))
  if (typeof model === 'string') job.outcome = {failure: model, modelArn: undefined}
  else job.outcome = {failure: undefined, modelArn: keepModel(job, model, site)}
}

/** What can be told from config.json is told first; the rest takes as long as the copying. */
async function open(
  {request, end}: ImportJob,
  {facts, ...place}: ImportSite,
): Promise<NonNullable<ImportJob['opening']>> {
  const folder = modelFolder(request.s3Uri, place.world)
  const forced = end?.afterShare === 0 ? end.message : undefined
  const config = forced ?? readProblem(request, folder, place) ?? (await readConfig(folder, place.region, facts))
  return {failure: typeof config === 'string' ? config : undefined, bytes: weightBytes(folder)}
}

function readAll({request}: ImportJob, {facts, ...place}: ImportSite): Promise<ReadModel | string> | string {
  const folder = modelFolder(request.s3Uri, place.world)
  return readProblem(request, folder, place) ?? readModel(folder, place.region, facts)
}

function keepModel(job: ImportJob, model: ReadModel, {world, account, region}: ImportSite): string {
  const {request, pace} = job
  const state = world.regional(account, region)
  const arn = bedrockArn({catalog: world.catalog, account, region}, `imported-model/${world.newId(12)}`)
  const createdAt = endsAt(job) ?? job.createdAt
  state.importedModels.set(arn, {
    ...model,
    arn,
    name: request.modelName,
    jobArn: job.arn,
    jobName: job.name,
    s3Uri: request.s3Uri,
    kmsKeyArn: request.kmsKeyArn,
    createdAt,
    listedAt: createdAt + pace.listDelayMs,
  })
  state.tags.set(arn, request.modelTags)
  return arn
}
