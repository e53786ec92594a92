import {expect, test} from 'vitest'
import {planCapacity} from '../../../../src/lib/capacity/plan/plan-capacity.js'
import type {PlanQuestion} from '../../../../src/lib/capacity/plan/plan-question.js'
import {recommendationWords, sizeWords} from '../../../../src/lib/capacity/plan/plan-words.js'
import {exampleQuestion} from '../../../support/capacity-case.js'

type Limits = PlanQuestion['limits']

const limit = (value: number) => ({value, source: 'Service Quotas L-1', asOf: '2026-11-21'})

/** The advice and the size of the option that raises quotas, where no unit is for sale. */
function raised(limits: Partial<Limits>) {
  const plan = planCapacity(
    exampleQuestion({unitTokens: null, unitOffers: [], limits: {...exampleQuestion().limits, ...limits}}),
  )
  const option = plan.options.find(({kind}) => kind === 'raise-quota')
  return {advice: recommendationWords(plan)[0], size: option && sizeWords(option, plan)}
}

test.each<[string, Partial<Limits>, string, string]>([
  ['tokens', {}, 'Raise the quota to 300,000 tokens a minute and stay', 'quota 300,000 TPM'],
  [
    'requests',
    {tokensPerMinute: limit(8_000_000), requestsPerMinute: limit(100)},
    'Raise the quota to 150 requests a minute and stay',
    'quota 150 RPM',
  ],
  [
    'both',
    {requestsPerMinute: limit(100)},
    'Raise the quota to 300,000 tokens a minute and 150 requests a minute and stay',
    'quota 300,000 TPM, 150 RPM',
  ],
])('where the quota of %s is too low, that is what is to be raised', (_, limits, advice, size) => {
  const words = raised(limits)

  expect(words.advice).toContain(advice)
  expect(words.size).toBe(size)
})
