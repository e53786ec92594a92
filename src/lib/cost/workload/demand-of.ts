import type {Demand, DemandContext} from './demand.js'
import {inferenceDemand} from './inference/inference-demand.js'
import type {Workload} from './workload.schema.js'

/** What a workload of any kind uses in a month. */
export function demandOf(workload: Workload, context: DemandContext): Demand {
  switch (workload.kind) {
    case 'inference':
      return inferenceDemand(workload, context)
  }
}
