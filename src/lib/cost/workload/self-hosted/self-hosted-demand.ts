import {decimal, roundedUp} from '../../../core/decimal.js'
import {plural} from '../../../core/text.js'
import type {Usage} from '../../usage.js'
import {countWords} from '../count-words.js'
import type {Demand, DemandContext} from '../demand.js'
import type {WorkloadOf} from '../workload.schema.js'

/** GPUs are paid for by the hour, whole ones, whether they work or not: $/1M tokens = GPU hour ÷ (tokens/s × utilisation). */
export function selfHostedDemand(workload: WorkloadOf<'self-hosted'>, context: DemandContext): Demand {
  const {currency, gpuHourly, hours, inputTokens, outputTokens, tokensPerSecond, utilisation} = workload
  const requests = workload.requests.times(context.factor)
  const tokens = requests.times(inputTokens.plus(outputTokens))
  const ofOneGpu = tokensPerSecond.times(utilisation).times(3600).times(hours)
  const needed = roundedUp(tokens.div(ofOneGpu))
  const gpus = workload.gpus ?? needed
  if (gpus.lt(needed)) {
    const served = countWords(gpus.times(ofOneGpu))
    context.problem(
      ['gpus'],
      `${plural(gpus.toNumber(), 'GPU')} can serve ${served} tokens a month at ${utilisation.times(100)} %; this load needs ${needed}`,
    )
  }
  const usage: Usage = {
    component: 'GPUs',
    modelId: 'self-hosted',
    meter: 'gpu-hour',
    of: 'unit',
    variant: null,
    region: 'on-premises',
    route: null,
    tier: 'standard',
    quantity: gpus.times(hours),
    given: {amount: decimal(gpuHourly), per: 1, unit: 'GPU hour', currency, source: 'gpuHourly'},
    note: `${gpus} GPUs × ${hours} hours`,
  }
  return {
    usages: [usage],
    requests: requests.gt(0) ? requests : null,
    tokens: tokens.gt(0) ? tokens : null,
    amplification: null,
    assumptions: [`${tokensPerSecond} tokens/s a GPU as given, used to ${utilisation.times(100)} %`],
    excluded: ['what gpuHourly leaves out: power, space, people'],
  }
}
