import {describe, expect, test} from 'vitest'
import {decimal, toNumber} from '../../../../src/lib/core/decimal.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {Choice} from '../../../../src/lib/cost/compare/compare.schema.js'
import {estimateWorkload} from '../../../../src/lib/cost/estimate/estimate-workload.js'
import {bookOf} from '../../../support/cost-case.js'
import {BIG, BOTH, compare, OLD, PRICES, SMALL, WORLD, workloadOf} from './compare-world.js'

const shown = ({call, region, tier, month}: Choice) => `${call} ${region} ${tier} ${month.amount}`

function refusal(run: () => unknown): BedrockctlError {
  try {
    run()
  } catch (error) {
    if (error instanceof BedrockctlError) return error
  }
  throw new Error('nothing was refused')
}

describe('choices', () => {
  test('one for each model, Region, route and tier with a price, cheapest first', () => {
    const {choices, cheapest} = compare({models: BOTH, regions: ['eu-central-1', 'us-east-1']})

    expect(choices.map(shown)).toEqual([
      'amazon.small-v1:0 eu-central-1 standard 140',
      'amazon.small-v1:0 us-east-1 standard 140',
      'anthropic.big-v1 us-east-1 batch 3000',
      'eu.anthropic.big-v1 eu-central-1 batch 3300',
      'global.anthropic.big-v1 eu-central-1 standard 6000',
      'anthropic.big-v1 us-east-1 standard 6000',
      'global.anthropic.big-v1 us-east-1 standard 6000',
      'eu.anthropic.big-v1 eu-central-1 standard 6600',
      'eu.anthropic.big-v1 eu-central-1 priority 10500',
      'anthropic.big-v1 us-east-1 priority 10500',
    ])
    expect(shown(cheapest)).toBe('amazon.small-v1:0 eu-central-1 standard 140')
  })

  test('cost what cost estimate says of the same call', () => {
    const {choices} = compare({regions: ['us-east-1'], workload: workloadOf({cache: {share: '50%'}})})

    const again = choices.map(({route, tier}) => {
      const one = {region: 'us-east-1', route, tier, ...(tier === 'batch' ? {} : {cache: {share: '50%'}})}
      const estimate = estimateWorkload(workloadOf(one), undefined, WORLD)
      return 'lines' in estimate ? toNumber(estimate.month[0]?.amount ?? decimal(0)) : undefined
    })
    expect(choices.map(({month}) => month.amount)).toEqual(again)
    expect(choices.length).toBe(4)
  })

  test('long prompts have their own price', () => {
    const {choices} = compare({
      regions: ['us-east-1'],
      routes: ['in-region'],
      tiers: ['standard'],
      workload: workloadOf({requests: 1000, inputTokens: 150_000, outputTokens: 0}),
    })

    expect(choices.map(({month}) => month.amount)).toEqual([900])
  })

  test('routes and tiers that were not asked for are not compared', () => {
    const {choices} = compare({regions: ['eu-central-1', 'us-east-1'], routes: ['global'], tiers: ['standard']})

    expect(choices.map(({call}) => call)).toEqual(['global.anthropic.big-v1', 'global.anthropic.big-v1'])
  })

  test('a profile that is named leaves no other route', () => {
    const profile = BIG.profiles[0]
    const {choices, notSold} = compare({models: [{model: BIG, profile}], regions: ['eu-central-1', 'us-east-1']})

    expect(new Set(choices.map(({call}) => call))).toEqual(new Set(['eu.anthropic.big-v1']))
    expect(notSold.combinations).toContainEqual(
      expect.objectContaining({region: 'us-east-1', why: 'eu.anthropic.big-v1 cannot be called from us-east-1'}),
    )
  })

  test('--top keeps the cheapest and counts the others', () => {
    const {choices, leftOut, baseline} = compare({regions: ['us-east-1']}, {top: 1})

    expect([choices.map(({tier}) => tier), leftOut, baseline.tier]).toEqual([['batch'], 3, 'standard'])
  })
})

describe('what is not sold', () => {
  test('is listed with its reason, and nothing of it costs zero', () => {
    const {choices, notSold} = compare({
      models: [...BOTH, {model: OLD, profile: undefined}],
      regions: ['eu-central-1'],
      tiers: ['standard', 'flex', 'batch'],
    })

    expect(notSold.combinations.map(({modelId, route, tier, reason}) => [modelId, route, tier, reason])).toEqual([
      [BIG.id, 'geo', 'flex', 'no-price'],
      [BIG.id, 'global', 'flex', 'no-price'],
      [BIG.id, 'global', 'batch', 'no-price'],
      [SMALL.id, 'in-region', 'flex', 'not-offered'],
      [SMALL.id, 'in-region', 'batch', 'not-offered'],
      [OLD.id, null, null, 'not-offered'],
    ])
    expect(notSold.byReason).toEqual({'no-price': 3, 'not-offered': 3})
    expect(choices.every(({month}) => month.amount > 0)).toBe(true)
  })

  test('is counted alone unless all is asked for', () => {
    const {notSold} = compare({tiers: ['standard', 'flex']}, {all: false})

    expect(notSold).toEqual({count: 2, byReason: {'no-price': 2}, combinations: []})
  })

  test('a model that is too small for the prompts is not compared', () => {
    const {notSold} = compare({models: BOTH, workload: workloadOf({inputTokens: 9000})})

    expect(notSold.combinations).toContainEqual(
      expect.objectContaining({modelId: SMALL.id, reason: 'too-long', why: 'takes 8,000 tokens at most'}),
    )
  })

  test('a model of which a part has no price is not compared', () => {
    const {choices, notSold} = compare({
      models: BOTH,
      tiers: ['standard'],
      workload: workloadOf({cache: {share: '50%', ttl: '1h', hitRate: '90%'}}),
    })

    expect(choices.map(({modelId}) => modelId)).toEqual([SMALL.id])
    expect(notSold.combinations.map(({reason, why}) => [reason, why.split(' of ')[0]])).toEqual([
      ['no-price', 'no price is known for cache write (1 h) tokens'],
      ['no-price', 'no price is known for cache write (1 h) tokens'],
    ])
  })

  test('when nothing is sold at all, the refusal says why', () => {
    const {code, why} = refusal(() => compare({models: [{model: OLD, profile: undefined}]}))

    expect(code).toBe('NOTHING_SOLD')
    expect(why).toBe('meta.old-v1:0 is not offered in eu-central-1; it is in us-east-1')
  })
})

describe('what a choice changes', () => {
  test('is told against the baseline: residency, endpoint, latency, cache', () => {
    const {baseline, choices} = compare({
      regions: ['eu-central-1', 'us-east-1'],
      workload: workloadOf({cache: {share: '50%'}}),
    })

    const changes = new Map(
      choices.map((choice) => [`${choice.route} ${choice.region} ${choice.tier}`, choice.changes]),
    )
    expect(shown(baseline)).toMatch(/^eu\.anthropic\.big-v1 eu-central-1 standard /)
    expect(changes.get('geo eu-central-1 standard')).toEqual([])
    expect(changes.get('global eu-central-1 standard')).toEqual(['prompts are processed in any commercial Region'])
    expect(changes.get('geo eu-central-1 batch')).toEqual([
      'answers within hours, none is streamed',
      'batch does not use the prompt cache: the cached share is billed as plain input',
    ])
    expect(changes.get('in-region us-east-1 priority')).toEqual([
      'called in us-east-1',
      'prompts are processed only in us-east-1',
      'served before the other tiers while the service is busy',
    ])
  })

  test('names another model with what it requires and where its life stands', () => {
    const {choices} = compare({
      models: [SMALL, BIG, OLD].map((model) => ({model, profile: undefined})),
      regions: ['us-east-1'],
      tiers: ['standard'],
      routes: ['in-region'],
    })

    expect(choices.map(({changes}) => changes)).toEqual([
      [],
      ['another model: Old', 'legacy since 2026-03-01, end of life on 2027-03-01'],
      ['another model: Big', 'answers only with the account’s data-retention mode aws_review or above'],
    ])
  })

  test('prompts of a geographic profile stay where its destinations lie', () => {
    const {choices} = compare({routes: ['geo'], tiers: ['standard']})

    expect(choices[0]?.residency).toEqual({
      kind: 'geography',
      geography: 'European Union',
      regions: ['eu-central-1', 'eu-west-1'],
      words: 'within the European Union: eu-central-1, eu-west-1',
    })
  })

  test('a sum is dated and trusted as the weakest of its prices', () => {
    const {choices} = compare({routes: ['geo'], tiers: ['standard']})

    expect(choices[0]?.price).toEqual({asOf: '2026-08-01', sources: ['a test'], confidence: 'medium'})
  })
})

describe('the baseline', () => {
  test('is the first that is named, by the narrowest route', () => {
    const {baseline} = compare({models: BOTH, regions: ['us-east-1', 'eu-central-1']})

    expect([baseline.modelId, baseline.region, baseline.route, baseline.tier]).toEqual([
      BIG.id,
      'us-east-1',
      'in-region',
      'standard',
    ])
  })

  test('is the cheapest where nobody named the models', () => {
    const {baseline, cheapest} = compare({models: BOTH, everyModel: true})

    expect(baseline).toEqual(cheapest)
  })

  test('is what --against names, by any words of it', () => {
    const {baseline, choices} = compare({models: BOTH}, {against: 'Small eu-central-1'})

    expect(baseline.modelId).toBe(SMALL.id)
    expect(choices.map(({overBaseline}) => overBaseline?.share)).toEqual([
      0, 22.5714285714, 41.8571428571, 46.1428571429, 74,
    ])
  })

  test('that nothing fits is refused with what was meant', () => {
    const {code, why} = refusal(() => compare({}, {against: 'eu-central-1 bach'}))

    expect([code, why]).toEqual(['UNKNOWN_BASELINE', 'Nothing that is compared is “bach”. Did you mean batch?'])
  })

  test('words that fit no choice together are refused too', () => {
    const {why} = refusal(() => compare({}, {against: 'global batch'}))

    expect(why).toBe('Each word fits a choice, and none fits them all.')
  })
})

describe('two currencies', () => {
  const book = bookOf([
    ...PRICES,
    {modelId: OLD.id, routing: 'in-region', region: 'us-east-1', currency: 'CNY', amount: {input: 0.01, output: 0.01}},
  ])

  test('are never compared, and the other one comes last', () => {
    const {choices} = compare(
      {models: [BIG, OLD].map((model) => ({model, profile: undefined})), regions: ['us-east-1'], tiers: ['standard']},
      {},
      {...WORLD, book},
    )

    expect(choices.map(({month}) => month.currency)).toEqual(['USD', 'USD', 'CNY'])
    expect(choices.at(-1)?.overBaseline).toBeNull()
  })
})
