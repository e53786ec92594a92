import {describe, expect, test} from 'vitest'
import {estimateCase, type ShortPrice} from '../../../support/cost-case.js'
import {whyRefused} from './why-refused.js'

const prices: readonly ShortPrice[] = [
  {modelId: 'amazon.titan-embed-text-v2:0', routing: 'in-region', amount: {input: 0.02}},
  {modelId: 'cohere.rerank-v3-5:0', meter: 'search-unit', amount: {unit: 2}},
  {modelId: 'amazon.nova-lite-v1:0', routing: 'in-region', amount: {input: 0.06, output: 0.24}},
  {modelId: 'amazon.nova-lite-v1:0', routing: 'in-region', tier: 'batch', amount: {input: 0.03, output: 0.12}},
]
const asks = (model: string, more = {}) => ({
  ...{kind: 'inference', model, requests: 1000, inputTokens: 1000, outputTokens: 100},
  ...more,
})
const why = (workload: object, region?: string) => whyRefused(() => estimateCase([workload], prices, region))

describe('a call that is not sold', () => {
  test('names the prices that it does have', () => {
    expect(why(asks('amazon.titan-embed-text-v2:0'))).toBe(
      'no price is known for output tokens of amazon.titan-embed-text-v2:0 in us-east-1 (in-region); so called it has a price for input only',
    )
  })

  test('is told once, with what the model is billed by instead', () => {
    expect(why(asks('cohere.rerank-v3-5:0'))).toBe(
      'no price is known for input tokens of cohere.rerank-v3-5:0 in us-east-1 (in-region); it is billed by 1,000 queries',
    )
  })

  test('names what is sold in its Region', () => {
    expect(why(asks('amazon.nova-lite-v1:0', {tier: 'flex'}))).toContain(
      '; sold in us-east-1: in-region standard, in-region batch',
    )
  })
})

describe('an ARN', () => {
  const arn = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'

  test('says the Region of the call', () => {
    const {workloads} = estimateCase([asks(arn)], prices, 'eu-west-1')

    expect(workloads[0]?.lines.map(({region}) => region)).toEqual(['us-east-1', 'us-east-1'])
  })

  test('cannot be called in another', () => {
    expect(why(asks(arn, {region: 'us-west-2'}))).toContain('is of us-east-1 and cannot be called in us-west-2')
  })
})

test('a model that has reached its end of life says so', () => {
  expect(why(asks('anthropic.claude-v2:1'))).toMatch(/not offered in us-east-1; it has reached its end of life$/)
})

describe('what is billed beside models', () => {
  const item = {name: 'flow', meter: 'flow-transition', quantity: 1000}

  test('is refused under a name that nobody knows', () => {
    expect(why({kind: 'services', items: [{...item, service: 'flow'}]})).toContain(
      'no model or billed service is called “flow”. Did you mean flows?',
    )
  })

  test('has any name where its price is given', () => {
    const own = {kind: 'services', items: [{...item, service: 'flow of ours', price: 5}]}

    expect(estimateCase([own], prices).month).toEqual([{currency: 'USD', amount: 5}])
  })

  test.each([
    {kind: 'services', items: [{...item, service: 'flows'}]},
    {kind: 'imported-model', unitsPerCopy: 1, requests: 1},
  ])('is refused in a Region that does not exist: $kind', (workload) => {
    expect(why({...workload, region: 'us-eest-1'})).toContain(
      'us-eest-1 is no Region of Bedrock. Did you mean us-east-1',
    )
  })
})

describe('what is doubtful is told among the assumptions', () => {
  const cached: readonly ShortPrice[] = [
    {modelId: 'amazon.nova-lite-v1:0', routing: 'in-region', amount: {input: 0.06, output: 0.24, cacheRead: 0.015}},
  ]
  const said = (more: object) =>
    estimateCase([asks('amazon.nova-lite-v1:0', more)], cached).workloads[0]?.assumptions.join('; ')

  test('a request that is longer than the model takes', () => {
    expect(said({inputTokens: '100M'})).toMatch(
      /^amazon\.nova-lite-v1:0 takes 100,000,000 input tokens in a request, although [\d,]+ are its known limit$/,
    )
    expect(said({inputTokens: 1000})).toBe('')
  })

  test('a cached prefix that is too short for some models', () => {
    expect(said({cache: {share: '80%'}})).toContain('a prefix of 800 tokens is long enough')
    expect(said({inputTokens: 10_000, cache: {share: '80%'}})).toBe('every request finds its prefix cached')
  })
})
