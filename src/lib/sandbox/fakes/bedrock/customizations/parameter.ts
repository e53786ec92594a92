import type {TuningJob} from '../../../world/tuning-state.js'

/** The number that a hyperparameter is; `otherwise` where it is absent, or left to the service. */
export function numberOf({hyperparameters}: TuningJob, name: string, otherwise: number): number {
  const value = Number(hyperparameters[name])
  return value > 0 ? value : otherwise
}

/** As Get tells them: those of a reinforcement are told where they were given. */
export function toldParameters({type, request, hyperparameters}: TuningJob): Record<string, string> | undefined {
  return type === 'REINFORCEMENT_FINE_TUNING' ? request.hyperParameters : {...hyperparameters}
}
