import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import type {Usage} from '../../usage.js'
import {capacityDemand} from '../capacity-demand.js'
import type {Demand, DemandContext} from '../demand.js'
import type {WorkloadOf} from '../workload.schema.js'

/** Tokens a minute that are reserved at least. Source: Amazon Bedrock User Guide, “Service tiers for inference” (2026). */
export const LEAST_RESERVED = {input: 100_000, output: 10_000} as const

/** Input and output tokens a minute are bought apart, billed for every hour of the term. */
export function reservedDemand(workload: WorkloadOf<'reserved'>, context: DemandContext): Demand {
  const {inputTokensPerMinute, outputTokensPerMinute, term, traffic} = workload
  const call = context.call(workload, ['model'])
  const {input, output} = LEAST_RESERVED
  if (inputTokensPerMinute.lt(input)) context.problem(['inputTokensPerMinute'], `at least ${input}`)
  if (outputTokensPerMinute.lt(output)) context.problem(['outputTokensPerMinute'], `at least ${output}`)
  const standing = [
    ['reserved-input-tpm', inputTokensPerMinute],
    ['reserved-output-tpm', outputTokensPerMinute],
  ] as const
  const usages = standing.map(
    ([meter, perMinute]): Usage => ({
      component: 'reserved',
      modelId: call.modelId,
      meter,
      of: 'unit',
      variant: term,
      region: call.region,
      route: call.route,
      profileId: call.profileId,
      tier: 'reserved',
      quantity: perMinute.div(1000).times(HOURS_PER_MONTH),
      note: `${perMinute} tokens a minute × ${HOURS_PER_MONTH} hours`,
    }),
  )
  const assumptions = [`the term of ${term} renews until the account team ends it`]
  return capacityDemand({call, standing: usages, traffic, assumptions}, context)
}
