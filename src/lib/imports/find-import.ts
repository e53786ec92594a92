import {type BedrockctlError, usageError} from '../core/errors.js'
import {type FindPlaces, findOwn} from '../jobs/find-own.js'
import type {ImportedModel, ImportJob, ImportSource} from './ports.js'

/** An import, as far as it is still known: its job, its model, or both. */
export interface FoundImport {
  readonly job: ImportJob | undefined
  readonly model: ImportedModel | undefined
}

type Source = Pick<ImportSource, 'job' | 'jobs' | 'model' | 'models'>

/** The import job that a name, an id or an ARN stands for. */
export function findImportJob(
  text: string,
  places: FindPlaces,
  source: Pick<ImportSource, 'job' | 'jobs'>,
  signal?: AbortSignal,
): Promise<ImportJob | undefined> {
  return findOwn(text, places, {
    resource: 'model-import-job/',
    words: 'import job',
    get: (region, identifier) => source.job(region, identifier, signal),
    list: (region) => source.jobs(region, {}, signal),
  })
}

/** The imported model that a name, an id or an ARN stands for. */
export function findImportedModel(
  text: string,
  places: FindPlaces,
  source: Pick<ImportSource, 'model' | 'models'>,
  signal?: AbortSignal,
): Promise<ImportedModel | undefined> {
  return findOwn(text, places, {
    resource: 'imported-model/',
    words: 'imported model',
    get: (region, identifier) => source.model(region, identifier, signal),
    list: (region) => source.models(region, signal),
  })
}

/** The import that JOB|MODEL stands for: a model with the job that made it, or a job with what came of it. */
export async function findImport(
  text: string,
  places: FindPlaces,
  source: Source,
  signal?: AbortSignal,
): Promise<FoundImport | undefined> {
  const [model, job] = await Promise.all([
    findImportedModel(text, places, source, signal),
    findImportJob(text, places, source, signal),
  ])
  if (model === undefined) return (await ofJob(job, source, signal)) ?? (await ofGone(text, places, source, signal))
  if (job !== undefined && job.modelArn !== model.arn && job.arn !== model.jobArn) throw twoThings(text, job, model)
  const its = job ?? (model.jobArn === null ? undefined : await source.job(model.region, model.jobArn, signal))
  return {model, job: its}
}

async function ofJob(
  job: ImportJob | undefined,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<FoundImport | undefined> {
  if (job === undefined) return undefined
  return {job, model: job.modelArn === null ? undefined : await source.model(job.region, job.modelArn, signal)}
}

/** The newest import whose model had, or is to have, this name. */
async function ofGone(
  text: string,
  {regions}: FindPlaces,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<FoundImport | undefined> {
  for (const region of regions) {
    const jobs = await source.jobs(region, {}, signal)
    const listed = jobs.find(({modelArn, modelName}) => modelName === text || modelArn === text)
    if (listed) return {job: (await source.job(region, listed.arn, signal)) ?? listed, model: undefined}
  }
  return undefined
}

/** Said where nothing of that name is found. */
export function noImport(text: string, what: 'import' | 'import job' | 'imported model', regions: readonly string[]) {
  return usageError('IMPORT_UNKNOWN', `There is no ${what} ${text} in ${regions.join(', ')}.`, {
    hint: 'Look for it in every Region.',
    actions: ['bedrockctl imports list --region all'],
  })
}

function twoThings(text: string, job: ImportJob, model: ImportedModel): BedrockctlError {
  return usageError('NAME_OF_TWO', `${text} is the name of a model and of the job of another one.`, {
    why: `They are ${model.arn} and ${job.arn}.`,
    hint: 'Name one by its ARN.',
  })
}
