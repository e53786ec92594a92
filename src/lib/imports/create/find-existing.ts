import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {FoundImport} from '../find-import.js'
import type {ImportSource} from '../ports.js'
import type {AskedImport} from './name-import.js'

export type ExistingImport = FoundImport & {readonly kind: 'imported' | 'running'}

/**
 * The import that was asked for before: its model is there, or its job runs. A model or a running job of that name that
 * is another import is refused, with what is different.
 */
export async function findExisting(
  asked: Pick<AskedImport, 'modelName' | 's3Uri'>,
  region: string,
  source: Pick<ImportSource, 'job' | 'jobs' | 'model'>,
  signal: AbortSignal,
): Promise<ExistingImport | undefined> {
  const [model, running] = await Promise.all([
    source.model(region, asked.modelName, signal),
    source.jobs(region, {state: 'InProgress'}, signal),
  ])
  if (model) {
    if (!sameFolder(model.s3Uri, asked.s3Uri)) throw taken(asked, 'model', model.s3Uri)
    const job = model.jobArn === null ? undefined : await source.job(region, model.jobArn, signal)
    return {kind: 'imported', model, job}
  }
  const listed = running.find(({modelName}) => modelName === asked.modelName)
  if (listed === undefined) return undefined
  const job = (await source.job(region, listed.arn, signal)) ?? listed
  if (!sameFolder(job.s3Uri, asked.s3Uri)) throw taken(asked, 'running import', job.s3Uri)
  return {kind: 'running', job, model: undefined}
}

/** Whether two addresses are of one folder. */
export function sameFolder(a: string | null, b: string): boolean {
  return a !== null && a.replace(/\/$/, '') === b.replace(/\/$/, '')
}

/** The name is that of an import which was asked for with something else. */
export function otherImport(modelName: string, differs: string, region: string): BedrockctlError {
  return usageError('NAME_TAKEN', `${modelName} was imported before, and not with what is asked for now.`, {
    why: `Then ${differs}.`,
    hint: 'Give this one another --name, or delete the other.',
    actions: [`bedrockctl imports show ${modelName} --region ${region}`],
  })
}

function taken(
  {modelName, s3Uri}: Pick<AskedImport, 'modelName' | 's3Uri'>,
  what: string,
  other: string | null,
): BedrockctlError {
  return usageError('NAME_TAKEN', `There is a ${what} called ${modelName} already, and it is another one.`, {
    why: `It is of ${other ?? 'files that nobody names'}, this one of ${s3Uri}.`,
    hint: 'Give this one another --name, or delete the other.',
    actions: [`bedrockctl imports show ${modelName}`],
  })
}
