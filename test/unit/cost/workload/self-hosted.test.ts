import {expect, test} from 'vitest'
import {estimateCase, readWorkload} from '../../../support/cost-case.js'
import {whyRefused} from './why-refused.js'

const OWN = {kind: 'self-hosted', gpuHourly: 2, tokensPerSecond: 1000, utilisation: 1, requests: '2M', inputTokens: 900}
const load = {...OWN, outputTokens: 100}

test('GPUs that the months of a growth outgrow are told, not priced as if they served them', () => {
  // One serves 1,000 × 3,600 × 730 = 2,628 M tokens a month; twice 2,000 M are more.
  expect(estimateCase([{...load, gpus: 1}], []).month).toEqual([{currency: 'USD', amount: 1460}])

  expect(whyRefused(() => estimateCase([{...load, gpus: 1, growth: '100%'}], []))).toContain(
    'with growth and monthly profile, 1 GPU can serve 2,628,000,000 tokens a month at 100 %; this load needs 2',
  )
})

test.each([
  ['no hours', {hours: 0}, 'more than 0'],
  ['more hours than a month has', {hours: 8760}, 'at most 744'],
  ['a part of a GPU', {gpus: 1.5}, 'whole number'],
])('%s are refused', (_what, wrong, said) => {
  expect(() => readWorkload({...load, ...wrong})).toThrow(said)
})
