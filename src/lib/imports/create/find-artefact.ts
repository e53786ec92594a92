import {type BedrockctlError, usageError} from '../../core/errors.js'
import {sanitise} from '../../core/text.js'
import type {TrainingJob} from '../ports.js'

/** Where the model of a training job is; refused where it has none. A job that was stopped may have one. */
export function findArtefact(
  job: TrainingJob | undefined,
  name: string,
  region: string,
): {readonly uri: string; readonly packed: boolean} {
  if (job === undefined) {
    throw usageError('JOB_UNKNOWN', `There is no training job ${name} in ${region}.`, {
      hint: `List them: aws sagemaker list-training-jobs --region ${region}`,
    })
  }
  const {artefactUri, failure, packed, state} = job
  if (state !== 'Completed' && state !== 'Stopped') {
    const why = failure === null ? `It is ${state}.` : `It is ${state}: ${sanitise(failure)}`
    throw noModel(name, why, state === 'InProgress' ? 'Wait until it has completed.' : 'Name a job that completed.')
  }
  if (artefactUri === null) {
    throw noModel(
      name,
      'SageMaker names no artefact, as for jobs that register a model package.',
      'Name the folder of its merged Hugging Face files instead.',
    )
  }
  return {uri: artefactUri, packed: packed || /\.(tar\.gz|tgz)$/.test(artefactUri)}
}

function noModel(name: string, why: string, hint: string): BedrockctlError {
  return usageError('NO_ARTEFACT', `The training job ${name} has no model to import.`, {why, hint})
}
