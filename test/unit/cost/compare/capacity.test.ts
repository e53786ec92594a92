import {describe, expect, test} from 'vitest'
import {decimal} from '../../../../src/lib/core/decimal.js'
import type {CapacityChoices} from '../../../../src/lib/cost/compare/capacity-candidates.js'
import {BOTH, compare, OLD, workloadOf} from './compare-world.js'

const kinds = (capacity: CapacityChoices, grid: Parameters<typeof compare>[0] = {}) =>
  compare({tiers: ['standard'], ...grid}, {capacity})

describe('GPUs of one’s own', () => {
  const selfHosted = {gpuHourly: decimal('2.5'), tokensPerSecond: decimal(1000), utilisation: decimal('0.5')}

  test('cost whole GPUs by the hour, over what they serve', () => {
    // 1.1 B tokens a month ÷ (1000 tokens/s × 50 % × 730 h × 3600 s) = 0.84: one GPU. $2.50 × 730 h = $1,825.
    const own = kinds({selfHosted}).choices.find(({kind}) => kind === 'self-hosted')

    expect(own?.month.amount).toBe(1825)
    expect(own?.perMillionTokens?.amount).toBe(1.6590909091)
    expect(own?.residency.words).toBe('on your own machines')
    expect(own?.changes).toContain('a model of your own')
  })

  test('too few of them are refused', () => {
    const run = () => kinds({selfHosted: {...selfHosted, gpus: decimal(1)}}, {workload: workloadOf({requests: '9M'})})

    expect(run).toThrow('The GPUs given cannot serve this workload.')
  })

  test('leave the guardrail out, and say so', () => {
    const workload = workloadOf({guardrails: {policies: ['word']}})

    const own = kinds({selfHosted}, {workload}).choices.find(({kind}) => kind === 'self-hosted')

    expect(own?.notes).toEqual(['without the guardrail, which on-demand choices include'])
  })
})

describe('the reserved tier', () => {
  test('is sized from the load and its peak, at least what is sold', () => {
    // 1M × 1,000 tokens ÷ 43,800 min = 22,832 a minute × 10 → 229,000 in; 100 out: 22,832 → 23,000.
    const {choices, notSold} = kinds({reserved: {peakFactor: decimal(10)}}, {models: BOTH, routes: ['geo']})
    const [reserved] = choices.filter(({kind}) => kind === 'reserved')

    expect(reserved?.month.amount).toBe(229 * 730 * 0.2 + 23 * 730 * 1)
    expect(reserved?.commitment).toBe('1-month')
    expect(reserved?.notes[0]).toBe('229,000 input and 23,000 output tokens a minute, for a peak of 10 × the mean')
    expect(notSold.combinations).toContainEqual(
      expect.objectContaining({modelId: 'amazon.small-v1:0', tier: 'reserved', why: 'it has no reserved tier'}),
    )
  })

  test('a term without a price is told, not compared', () => {
    const {notSold} = kinds({reserved: {peakFactor: decimal(1)}}, {routes: ['geo']})

    const why = notSold.combinations.filter(({tier}) => tier === 'reserved').map(({why}) => why)
    expect(why).toEqual([expect.stringMatching(/^no price is known .*3-month.*; sold in .*1-month/)])
  })
})

describe('model units', () => {
  test('without a known price are told, not compared', () => {
    const models = [{model: OLD, profile: undefined}]

    const {choices, notSold} = kinds({modelUnits: decimal(2)}, {models, regions: ['us-east-1']})

    expect(choices.every(({kind}) => kind === 'on-demand')).toBe(true)
    expect(notSold.combinations.map(({tier, reason}) => [tier, reason])).toEqual([
      ['provisioned', 'no-price'],
      ['provisioned', 'no-price'],
      ['provisioned', 'no-price'],
    ])
  })
})
