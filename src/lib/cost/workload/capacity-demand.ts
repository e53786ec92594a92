import {ZERO} from '../../core/decimal.js'
import type {Usage} from '../usage.js'
import type {Demand, DemandContext} from './demand.js'
import type {CapacityTraffic} from './provisioned/provisioned.schema.js'
import type {ResolvedCall} from './resolve-call.js'
import {tokenUsages} from './token-usages.js'

/** Capacity that stands by, whatever the traffic, and what of the traffic it does not take. */
export interface Capacity {
  readonly call: ResolvedCall
  readonly standing: readonly Usage[]
  readonly traffic: CapacityTraffic | undefined
  readonly assumptions: readonly string[]
}

export function capacityDemand({assumptions, call, standing, traffic}: Capacity, {factor}: DemandContext): Demand {
  const requests = traffic ? traffic.requests.times(factor) : ZERO
  const input = requests.times(traffic?.inputTokens ?? 0)
  const output = requests.times(traffic?.outputTokens ?? 0)
  const overflow = traffic
    ? tokenUsages({
        component: 'overflow',
        call,
        tier: traffic.overflowTier,
        tokens: {input: input.times(traffic.overflow), output: output.times(traffic.overflow)},
        inputTokensPerRequest: traffic.inputTokens,
      })
    : []
  const whatIsTaken = traffic
    ? `the capacity takes ${traffic.overflow.times(-100).plus(100)} % of the requests; its throughput is not public`
    : undefined
  return {
    usages: [...standing, ...overflow],
    requests: requests.gt(0) ? requests : null,
    tokens: requests.gt(0) ? input.plus(output) : null,
    amplification: null,
    assumptions: [...assumptions, ...(whatIsTaken ? [whatIsTaken] : []), ...(call.note ? [call.note] : [])],
    excluded: ['guardrails', 'invocation logs'],
  }
}
