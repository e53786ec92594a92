import {type Decimal, ONE, ZERO} from '../../../core/decimal.js'
import type {Usage} from '../../usage.js'
import type {Demand, DemandContext} from '../demand.js'
import type {ResolvedCall} from '../resolve-call.js'
import {tokenUsages} from '../token-usages.js'
import {modelUnits} from '../unit-usage.js'
import type {WorkloadOf} from '../workload.schema.js'

type Contents = NonNullable<WorkloadOf<'embeddings'>['corpus']>

/** The corpus is paid once and does not grow; what is embedded each month does. */
export function embeddingsDemand(workload: WorkloadOf<'embeddings'>, context: DemandContext): Demand {
  const {corpus, monthly, tier} = workload
  const call = context.call(workload, ['model'])
  if (!corpus && !monthly) context.problem([], 'name what is embedded: corpus, monthly or both')
  const tokens = monthly ? textTokens(monthly).times(context.factor) : ZERO
  return {
    usages: [
      ...(corpus ? embeddingUsages(corpus, {component: 'corpus', call, tier, factor: ONE, once: true}) : []),
      ...(monthly ? embeddingUsages(monthly, {component: 'monthly', call, tier, factor: context.factor}) : []),
    ],
    requests: null,
    tokens: tokens.eq(0) ? null : tokens,
    amplification: null,
    assumptions: call.note === undefined ? [] : [call.note],
    excluded: ['the vector store'],
  }
}

interface Embedding {
  readonly component: string
  readonly call: ResolvedCall
  readonly tier: string
  readonly factor: Decimal
  readonly once?: true
}

function embeddingUsages(contents: Contents, {call, component, factor, once, tier}: Embedding): readonly Usage[] {
  const {audioSeconds, documents, images, imageVariant, tokensPerDocument, videoSeconds} = contents
  const note = documents && tokensPerDocument && `${documents} documents of ${tokensPerDocument} tokens`
  const counted = [
    ['input-image', images, imageVariant],
    ['input-video-second', videoSeconds, undefined],
    ['input-audio-second', audioSeconds, undefined],
  ] as const
  return [
    ...tokenUsages({component, call, tier, tokens: {input: textTokens(contents).times(factor)}, once, note}),
    ...counted.flatMap(([meter, count, variant]) =>
      modelUnits(call, tier, {component, meter, variant, quantity: (count ?? ZERO).times(factor), once}),
    ),
  ]
}

function textTokens({documents, tokens, tokensPerDocument}: Contents): Decimal {
  return (documents ?? ZERO).times(tokensPerDocument ?? 0).plus(tokens ?? 0)
}
