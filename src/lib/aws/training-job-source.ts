import {DescribeTrainingJobCommand, SageMakerClient} from '@aws-sdk/client-sagemaker'
import {BedrockctlError} from '../core/errors.js'
import type {TrainingJob, TrainingJobSource} from '../imports/ports.js'
import type {Wire} from './wire.js'

const SERVICE = 'sagemaker'

export function createTrainingJobSource(wire: Wire): TrainingJobSource {
  return {
    async job(region, name, signal): Promise<TrainingJob | undefined> {
      const client = wire.client(SERVICE, region, (config) => new SageMakerClient(config))
      try {
        const found = await wire.call(
          SERVICE,
          {action: 'sagemaker:DescribeTrainingJob', region},
          signal,
          (abortSignal) => client.send(new DescribeTrainingJobCommand({TrainingJobName: name}), {abortSignal}),
        )
        const uri = found.ModelArtifacts?.S3ModelArtifacts
        return {
          name: found.TrainingJobName ?? name,
          state: found.TrainingJobStatus ?? '',
          failure: found.FailureReason ?? null,
          artefactUri: uri === undefined || uri === '' ? null : uri,
          packed: found.OutputDataConfig?.CompressionType !== 'NONE',
        }
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    },
  }
}

/** Its model has an error of its own for this; the service answers a validation error. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof BedrockctlError)) return false
  return error.code === 'NOT_FOUND' || (error.code === 'VALIDATION' && /resource not found/i.test(error.message))
}
