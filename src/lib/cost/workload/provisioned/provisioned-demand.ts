import {capacityDemand} from '../capacity-demand.js'
import type {Demand, DemandContext} from '../demand.js'
import type {WorkloadOf} from '../workload.schema.js'

/** Model units are billed by the hour from purchase to deletion, used or not. */
export function provisionedDemand(workload: WorkloadOf<'provisioned'>, context: DemandContext): Demand {
  const {commitment, hours, modelUnits, traffic} = workload
  const call = context.call(workload, ['model'])
  if (commitment !== 'no-commitment' && hours.lt(730)) {
    context.problem(['hours'], `a ${commitment} commitment is billed for every hour; leave hours out`)
  }
  const standing = {
    component: 'model units',
    modelId: call.modelId,
    meter: 'model-unit-hour',
    of: 'unit',
    variant: commitment,
    region: call.region,
    route: null,
    tier: 'provisioned',
    quantity: modelUnits.times(hours),
    note: `${modelUnits} model units × ${hours} hours`,
  } as const
  return capacityDemand({call, standing: [standing], traffic, assumptions: []}, context)
}
