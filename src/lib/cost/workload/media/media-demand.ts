import type {Decimal} from '../../../core/decimal.js'
import type {Demand, DemandContext} from '../demand.js'
import {tokenUsages} from '../token-usages.js'
import {modelUnits, type UnitDemand} from '../unit-usage.js'
import type {WorkloadOf} from '../workload.schema.js'

interface Counted extends Omit<UnitDemand, 'quantity'> {
  /** In the month as stated. */
  readonly count: Decimal | undefined
}

/** Each kind of content by its own meter. */
export function mediaDemand(workload: WorkloadOf<'media'>, context: DemandContext): Demand {
  const {textTokens, tier} = workload
  const call = context.call(workload, ['model'])
  const counted = countsOf(workload).flatMap(({count, ...demand}) => (count ? [{...demand, count}] : []))
  const scaled = (count: Decimal | undefined) => count?.times(context.factor)
  const text = {input: scaled(textTokens?.input), output: scaled(textTokens?.output)}
  if (counted.length === 0) {
    context.problem([], 'name what goes in or comes out: generatedImages, generatedVideo, speechTokens or another')
  }
  return {
    usages: [
      ...counted.flatMap(({count, ...demand}) =>
        modelUnits(call, tier, {...demand, quantity: count.times(context.factor)}),
      ),
      ...tokenUsages({
        component: 'text',
        call,
        tier,
        tokens: {...(text.input && {input: text.input}), ...(text.output && {output: text.output})},
      }),
    ],
    requests: null,
    tokens: null,
    amplification: null,
    assumptions: call.note === undefined ? [] : [call.note],
    excluded: ['storing what is made', 'guardrails', 'invocation logs'],
  }
}

function countsOf(workload: WorkloadOf<'media'>): readonly Counted[] {
  const {generatedImages, generatedVideo, imageTokens, inputImages, speechTokens} = workload
  return [
    {component: 'images', meter: 'generated-image', ...generatedImages, count: generatedImages?.count},
    {
      component: 'video',
      meter: 'generated-video-second',
      variant: generatedVideo?.variant,
      count: generatedVideo?.seconds,
    },
    {component: 'input', meter: 'input-image', ...inputImages, count: inputImages?.count},
    {component: 'input', meter: 'input-video-second', count: workload.inputVideoSeconds},
    {component: 'input', meter: 'input-audio-second', count: workload.inputAudioSeconds},
    {component: 'speech', meter: 'speech-input-tokens', count: speechTokens?.input},
    {component: 'speech', meter: 'speech-output-tokens', count: speechTokens?.output},
    {component: 'images', meter: 'image-input-tokens', count: imageTokens?.input},
    {component: 'images', meter: 'image-output-tokens', count: imageTokens?.output},
  ]
}
