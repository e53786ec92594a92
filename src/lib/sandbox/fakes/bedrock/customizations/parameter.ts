import type {TuningJob} from '../../../world/tuning-state.js'

/** The number that a hyperparameter is; `otherwise` where it is absent, or left to the service. */
export function numberOf({hyperparameters}: TuningJob, name: string, otherwise: number): number {
  const value = Number(hyperparameters[name])
  return value > 0 ? value : otherwise
}
