import {describe, expect, test} from 'vitest'
import {cheaperChoices} from '../../../../src/lib/cost/compare/cheaper-choices.js'
import {estimateWorkload} from '../../../../src/lib/cost/estimate/estimate-workload.js'
import type {Workload} from '../../../../src/lib/cost/workload/workload.schema.js'
import {readWorkload} from '../../../support/cost-case.js'
import {SMALL, WORLD, workloadOf} from './compare-world.js'

function cheaperThan(workload: Workload) {
  const estimate = estimateWorkload(workload, undefined, WORLD)
  if (!('lines' in estimate)) throw new Error('the workload is not priced')
  return cheaperChoices(estimate, WORLD)
}

describe('cheaper ways to the same model from the same Region', () => {
  test('are other routes and tiers, cheapest first, with what each changes', () => {
    const cheaper = cheaperThan(workloadOf({region: 'eu-central-1', route: 'geo'}))

    expect(cheaper).toEqual([
      {
        workload: 'w',
        call: 'eu.anthropic.big-v1',
        route: 'geo',
        tier: 'batch',
        month: {currency: 'USD', amount: 3300},
        saves: 0.5,
        changes: ['answers within hours, none is streamed'],
      },
      {
        workload: 'w',
        call: 'global.anthropic.big-v1',
        route: 'global',
        tier: 'standard',
        month: {currency: 'USD', amount: 6000},
        saves: 0.0909090909,
        changes: ['prompts are processed in any commercial Region'],
      },
    ])
  })

  test('are three at most', () => {
    const cheaper = cheaperThan(workloadOf({region: 'eu-central-1', route: 'geo', tier: 'priority'}))

    expect(cheaper.map(({route, tier}) => [route, tier])).toEqual([
      ['geo', 'batch'],
      ['global', 'standard'],
      ['geo', 'standard'],
    ])
  })

  test('are none for the cheapest, and for what is no inference', () => {
    const small = workloadOf({model: SMALL.id, region: 'us-east-1'})
    const own = readWorkload({
      ...{kind: 'self-hosted', gpuHourly: 2, tokensPerSecond: 1000, requests: 1000},
      ...{inputTokens: 10, outputTokens: 10},
    })

    expect([cheaperThan(small), cheaperThan(own)]).toEqual([[], []])
  })
})
