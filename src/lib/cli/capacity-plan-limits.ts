import type {CapacityPlan} from '../capacity/plan/capacity-plan.schema.js'
import type {Unread} from '../core/answer.schema.js'
import type {ResolvedCall} from '../cost/workload/resolve-call.js'
import type {CapacityPlanFrame} from './capacity-plan.js'
import type {CapacityPlanWords} from './capacity-plan-words.js'
import type {Connection} from './connect.js'

interface PlanLimits {
  readonly limits: CapacityPlan['limits']
  readonly unread: readonly Unread[]
}

/** Quotas of the account that hold for the model by its route; what is given beats them. */
export async function readPlanLimits(
  {latencySeconds, requestsPerMinute, tokensPerMinute}: CapacityPlanWords,
  call: ResolvedCall,
  connection: Connection,
  frame: CapacityPlanFrame,
): Promise<PlanLimits> {
  const {BURNDOWN, outputFactor} = await import('../account/quotas/classify-quota.js')
  const given = (value: number, flag: string) => ({value, source: flag, asOf: ''})
  const factor = (name: string) => ({value: outputFactor(name), ...BURNDOWN})
  const isGiven = tokensPerMinute !== undefined && requestsPerMinute !== undefined
  if (isGiven || connection.session === undefined) {
    return {
      limits: {
        tokensPerMinute: tokensPerMinute === undefined ? null : given(tokensPerMinute, '--quota-tpm'),
        requestsPerMinute: requestsPerMinute === undefined ? null : given(requestsPerMinute, '--quota-rpm'),
        outputFactor: factor(call.name),
        latencySeconds,
      },
      unread: [],
    }
  }
  const {quotas, takenAt, unread} = await readQuotas(call.region, connection, frame)
  const own = quotas.filter(
    ({modelId, name, route}) => modelId === call.modelId && route === call.route && !/latency-optimized/i.test(name),
  )
  const find = (kind: 'tokens-per-minute' | 'requests-per-minute') => {
    const quota = own.find((one) => one.kind === kind && one.value !== null)
    return quota && {value: quota.value ?? 0, source: `Service Quotas ${quota.code}`, asOf: takenAt}
  }
  const named = own.find(({kind, model}) => kind === 'tokens-per-minute' && model !== null)?.model
  return {
    limits: {
      tokensPerMinute:
        tokensPerMinute === undefined ? (find('tokens-per-minute') ?? null) : given(tokensPerMinute, '--quota-tpm'),
      requestsPerMinute:
        requestsPerMinute === undefined
          ? (find('requests-per-minute') ?? null)
          : given(requestsPerMinute, '--quota-rpm'),
      outputFactor: factor(named ?? call.name),
      latencySeconds,
    },
    unread,
  }
}

async function readQuotas(region: string, connection: Connection, frame: CapacityPlanFrame) {
  const [{takeSnapshot}, {listQuotas}] = await Promise.all([
    import('./take-snapshot.js'),
    import('../account/quotas/list-quotas.js'),
  ])
  const {snapshot} = await takeSnapshot(
    {
      reads: ['service-quotas:bedrock', 'service-quotas:bedrock-defaults'],
      settings: {...frame.settings, regions: [region]},
      toolVersion: frame.toolVersion,
    },
    connection,
    frame,
  )
  const filter = {models: [], kinds: ['tokens-per-minute', 'requests-per-minute'], changed: false} as const
  return listQuotas(snapshot, filter, connection.catalog)
}
