import type {Usage} from '../../usage.js'
import type {Demand, DemandContext} from '../demand.js'
import type {WorkloadOf} from '../workload.schema.js'

/** Training is paid once a run, by tokens × epochs or by the hour; each model that is kept, every month. */
export function trainingDemand(workload: WorkloadOf<'training'>, context: DemandContext): Demand {
  const {epochs, hours, models, runs, tokens} = workload
  const call = context.call(workload, ['model'])
  if ((tokens === undefined) === (hours === undefined)) {
    context.problem(['tokens'], 'give either tokens (of the data set) or hours (of reinforcement fine-tuning)')
  }
  const what = {
    modelId: call.modelId,
    of: 'unit',
    variant: null,
    region: call.region,
    route: null,
    tier: 'standard',
  } as const
  const training: readonly Usage[] = [
    ...(tokens
      ? [
          {
            ...({...what, component: 'training', meter: 'training-tokens'} as const),
            quantity: tokens.times(epochs).times(runs),
            once: true,
            note: `${tokens} tokens × ${epochs} epochs × ${runs} runs`,
          } as const,
        ]
      : []),
    ...(hours
      ? [{...what, component: 'training', meter: 'training-hour', quantity: hours.times(runs), once: true} as const]
      : []),
  ]
  return {
    usages: [...training, {...what, component: 'storage', meter: 'custom-model-storage', quantity: models}],
    requests: null,
    tokens: null,
    amplification: null,
    assumptions: [],
    excluded: ['serving the custom model: add a workload of kind provisioned or inference'],
  }
}
