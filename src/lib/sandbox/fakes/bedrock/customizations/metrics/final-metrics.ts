import type {TrainingMetrics, ValidatorMetric} from '@aws-sdk/client-bedrock'
import type {TuningJob} from '../../../../world/tuning-state.js'
import {trainingRows, validationRows} from './loss-curve.js'

interface FinalMetrics {
  readonly trainingMetrics?: TrainingMetrics
  readonly validationMetrics?: ValidatorMetric[]
}

/** The losses that a completed job and its model tell; a reinforced one has rewards instead. */
export function finalMetrics(job: TuningJob): FinalMetrics {
  const trainingLoss = trainingRows(job, 1).at(-1)?.['training_loss']
  if (trainingLoss === undefined) return {}
  const validators = job.intake?.validation ?? []
  const validationMetrics = validators.map((_, index) => ({
    validationLoss: validationRows(job, 1, index).at(-1)?.['validation_loss'],
  }))
  return {trainingMetrics: {trainingLoss}, ...(validationMetrics.length > 0 && {validationMetrics})}
}
