import type {Decimal} from '../../../core/decimal.js'
import type {Usage} from '../../usage.js'
import {serviceUnits, type UnitDemand} from '../unit-usage.js'
import type {WorkloadOf} from '../workload.schema.js'

type AgentServices = Pick<WorkloadOf<'agent'>, 'gateway' | 'memory' | 'runtime'>

const SECONDS_PER_HOUR = 3600

/** What AgentCore bills beside the models; kept records stand by and do not grow with the queries. */
export function agentCoreUsages(
  {gateway, memory, runtime}: AgentServices,
  queries: Decimal,
  region: string,
): readonly Usage[] {
  const use = (demand: UnitDemand) => serviceUnits('agentcore', region, demand)
  return [
    ...(runtime ? runtimeUnits(runtime, queries).flatMap(use) : []),
    ...(gateway
      ? [
          ...use({
            ...{component: 'gateway', meter: 'agentcore-invocation', variant: 'gateway'},
            quantity: queries.times(gateway.invocations),
          }),
          ...use({
            ...{component: 'gateway', meter: 'agentcore-invocation', variant: 'gateway-search'},
            quantity: queries.times(gateway.searches),
          }),
        ]
      : []),
    ...(memory
      ? [
          ...use({component: 'memory', meter: 'agentcore-memory-event', quantity: queries.times(memory.events)}),
          ...use({
            component: 'memory',
            meter: 'agentcore-memory-retrieval',
            quantity: queries.times(memory.retrievals),
          }),
          ...use({
            ...{component: 'memory', meter: 'agentcore-memory-record', variant: memory.strategy},
            quantity: memory.records,
          }),
        ]
      : []),
  ]
}

function runtimeUnits(runtime: NonNullable<AgentServices['runtime']>, queries: Decimal): readonly UnitDemand[] {
  const {gigabytes, queriesPerSession, sessionSeconds, vcpuSeconds, version} = runtime
  const variant = version === 'v2' ? 'runtime-v2' : 'runtime'
  // Divided last, so that whole hours stay whole.
  const hours = (seconds: Decimal) => queries.times(seconds).div(queriesPerSession.times(SECONDS_PER_HOUR))
  return [
    {component: 'runtime', meter: 'agentcore-vcpu-hour', variant, quantity: hours(vcpuSeconds)},
    {component: 'runtime', meter: 'agentcore-gb-hour', variant, quantity: hours(gigabytes.times(sessionSeconds))},
  ]
}
