import {type Decimal, ZERO} from '../../../core/decimal.js'
import type {TokenKind} from '../../../prices/price-list.js'
import type {Demand, DemandContext} from '../demand.js'
import {guardrailUsages} from '../guardrail-usages.js'
import {type CachedInput, splitCache} from '../split-cache.js'
import {tokenUsages} from '../token-usages.js'
import {tooLong} from '../too-long.js'
import type {WorkloadOf} from '../workload.schema.js'

/** Requests to one model: tokens in and out, what of the input is cached, and the guardrail. */
export function inferenceDemand(workload: WorkloadOf<'inference'>, context: DemandContext): Demand {
  const {cache, guardrails, inputTokens, outputTokens, tier} = workload
  const call = context.call(workload, ['model'])
  if (cache && tier === 'batch') context.problem(['cache'], 'batch inference does not use the prompt cache')
  const requests = workload.requests.times(context.factor)
  const input = requests.times(inputTokens)
  const output = requests.times(outputTokens)
  const cached: CachedInput | undefined = cache && splitCache(input, requests, cache)
  const tokens: Partial<Record<TokenKind, Decimal>> = {...(cached?.tokens ?? {input}), output}
  const usages = [
    ...tokenUsages({component: 'answer', call, tier, tokens, inputTokensPerRequest: inputTokens}),
    ...(guardrails ? guardrailUsages(guardrails, {requests, inputTokens, outputTokens, region: call.region}) : []),
  ]
  return {
    usages,
    requests: requests.eq(ZERO) ? null : requests,
    tokens: input.plus(output),
    amplification: null,
    assumptions: [call.note, tooLong(call, inputTokens), cached?.assumption].filter((text) => text !== undefined),
    excluded: [
      ...(cached?.excluded === undefined ? [] : [cached.excluded]),
      ...(guardrails ? [] : ['guardrails']),
      'invocation logs',
    ],
  }
}
