import {BedrockctlError, usageError} from '../../core/errors.js'
import type {PriceBook} from '../../prices/price-book.js'
import type {FoundImport} from '../find-import.js'
import type {ImportSource} from '../ports.js'
import {costOf} from '../show/show-import.js'
import type {ImportsDeleteResult} from './imports-delete.schema.js'

/** What deleting comes to before anything is done: the model, or that it is gone already. */
export type PlannedDelete = Pick<ImportsDeleteResult, 'model' | 'cost' | 's3Uri'> & {readonly gone: boolean}

/** What is to be deleted; a model that an import once made may be gone already. */
export function planDelete({job, model}: FoundImport, book: PriceBook | undefined): PlannedDelete {
  if (model) {
    const {arn, name, region, s3Uri} = model
    return {model: {name, arn, region}, cost: book ? costOf(model, book) : null, s3Uri, gone: false}
  }
  if (job === undefined || job.modelArn === null) throw notThereYet(job?.name ?? '', job?.state ?? '')
  const {modelArn, modelName, region, s3Uri} = job
  return {model: {name: modelName ?? job.name, arn: modelArn, region}, cost: null, s3Uri, gone: true}
}

/** Deletes the model; one that somebody else deleted meanwhile is gone as well. */
export async function deleteModel(
  {model}: Pick<PlannedDelete, 'model'>,
  source: Pick<ImportSource, 'remove'>,
  signal: AbortSignal,
): Promise<'deleted' | 'already-deleted'> {
  try {
    return (await source.remove(model.region, model.arn, signal)) ? 'deleted' : 'already-deleted'
  } catch (failure) {
    if (!(failure instanceof BedrockctlError) || failure.code !== 'CONFLICT') throw failure
    throw new BedrockctlError('MODEL_IN_USE', `${model.name} cannot be deleted now.`, {
      fault: 'service',
      why: failure.message,
      hint: 'Wait until nothing works on it, then run this again.',
      action: failure.action,
      cause: failure,
    })
  }
}

function notThereYet(name: string, state: string): BedrockctlError {
  return usageError('MODEL_NOT_THERE', `The import ${name} has made no model.`, {
    why: `It is ${state}.`,
    hint: 'An import cannot be stopped, and costs nothing; delete its model when it has completed.',
  })
}
