import {describe, expect, test} from 'vitest'
import {outputFactor} from '../../../../../src/lib/account/quotas/classify-quota.js'
import {quotaJoiner} from '../../../../../src/lib/account/quotas/join-quotas.js'
import {openCatalog} from '../../../../../src/lib/catalog/open-catalog.js'
import {quotaUse} from '../../../../../src/lib/monitor/board/quotas/quota-use.js'
import {toLimit} from '../../../../../src/lib/monitor/board/quotas/to-limit.js'
import {LAST, lastMinutes, NOW, quotaLimit, trafficMinute, trafficRow} from '../../../../support/board-money.js'

const catalog = await openCatalog()

/** The limit that a quota of this name becomes. */
function limitOf(name: string) {
  const listed = {code: 'L-1', name, value: 10_000, unit: null, adjustable: true, global: false}
  const [quota] = quotaJoiner(catalog)('us-east-1', [listed], null)
  return quota && toLimit(quota, outputFactor)
}

describe('what a quota is for', () => {
  test.each([
    ['Cross-region model inference tokens per minute for Anthropic Claude Opus 4.8', 'tpm', 'geo', 15],
    ['Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 5', 'tpm', 'global', 10],
    ['On-demand model inference tokens per minute for Anthropic Claude 3 Haiku', 'tpm', 'in-region', 5],
    ['Cross-Region model inference tokens per minute for Amazon Nova Lite', 'tpm', 'geo', 1],
    ['Cross-region model inference requests per minute for Anthropic Claude Sonnet 4.6', 'rpm', 'geo', null],
    ['Model invocation max tokens per day for Amazon Nova Lite (doubled for cross-region calls)', 'tpd', null, 1],
    ['Cross-Model Account-Level Tokens Per Day', 'tpd', null, null],
    ['[bedrock-mantle endpoint] Input tokens per minute for Anthropic Claude Opus 5', 'mantle-input-tpm', null, null],
    ['Bedrock Mantle output tokens per minute for Anthropic Claude Opus 5', 'mantle-output-tpm', null, null],
    ['Model units per provisioned model for Meta Llama 3.1 8B Instruct', 'model-units', null, null],
    ['Imported models per account', 'imported-models', null, null],
  ])('%s', (name, kind, route, outputBurndown) => {
    expect(limitOf(name)).toMatchObject({kind, route, outputBurndown})
  })

  test.each([
    'Records per batch inference job for Claude Sonnet 4',
    'Guardrails per account',
    'Concurrent model import jobs',
    'Agents per account',
  ])('nothing that goes on is held against: %s', (name) => {
    expect(limitOf(name)).toBeUndefined()
  })
})

describe('what a minute takes', () => {
  // 1000 in, 200 written to the cache, 300 out; 5000 read from the cache take nothing.
  test.each([
    [1, 1500],
    [5, 2700],
    [10, 4200],
    [15, 5700],
  ])('with an output token that takes %i: %i', (outputBurndown, used) => {
    const {limits} = quotaUse(trafficRow(), [quotaLimit({outputBurndown})], NOW)

    expect(limits).toMatchObject([{used, share: used / 10_000, burndown: outputBurndown, minute: LAST, why: null}])
  })

  test('the estimate of AWS stands in where no metric tells tokens', () => {
    const minutes = lastMinutes({input: null, output: null, cacheWrite: null, quotaTokens: 900})

    expect(quotaUse(trafficRow({minutes}), [quotaLimit()], NOW).limits[0]?.used).toBe(900)
  })

  test('what nobody tells is unknown, not nothing', () => {
    const minutes = lastMinutes({input: null, output: null, cacheWrite: null})
    const [use] = quotaUse(trafficRow({minutes}), [quotaLimit()], NOW).limits

    expect(use).toMatchObject({used: null, share: null, peak: null, why: 'no metric tells what it takes'})
  })

  test('a quota of requests counts what was answered', () => {
    const minutes = lastMinutes({invocations: 7, throttles: 3})
    const rpm = quotaLimit({kind: 'rpm', value: 10, outputBurndown: null})

    expect(quotaUse(trafficRow({minutes}), [rpm], NOW).limits).toMatchObject([{used: 7, share: 0.7, burndown: null}])
  })

  test('bedrock-mantle counts what goes in and what comes out against quotas of their own', () => {
    const row = trafficRow({endpoint: 'mantle', modelId: 'openai.gpt-5.5', about: {model: 'openai.gpt-5.5'}})
    const own = {route: null, model: 'openai.gpt-5.5', outputBurndown: null} as const
    const limits = [
      quotaLimit({...own, kind: 'mantle-input-tpm'}),
      quotaLimit({...own, kind: 'mantle-output-tpm'}),
      quotaLimit({...own, route: 'geo'}),
    ]

    const uses = quotaUse(row, limits, NOW).limits.map(({limit, used}) => [limit.kind, used])

    expect(uses).toEqual([
      ['mantle-input-tpm', 1000],
      ['mantle-output-tpm', 300],
    ])
  })

  test('the busiest minute of the last hour is told, and none before it', () => {
    const minutes = [
      trafficMinute(LAST - 60, {output: 9000}),
      trafficMinute(LAST - 59, {output: 900}),
      trafficMinute(LAST),
    ]

    expect(quotaUse(trafficRow({minutes}), [quotaLimit()], NOW).limits[0]).toMatchObject({used: 2700, peak: 5700})
  })

  test('the minute that goes on does not count', () => {
    const minutes = [trafficMinute(LAST, {output: 100}), trafficMinute(LAST + 1, {output: 9000})]

    expect(quotaUse(trafficRow({minutes}), [quotaLimit()], NOW).limits[0]).toMatchObject({used: 1700, minute: LAST})
  })

  test('a row that has stopped takes nothing', () => {
    const minutes = [trafficMinute(LAST - 1)]

    expect(quotaUse(trafficRow({minutes}), [quotaLimit()], NOW).limits[0]).toMatchObject({used: 0, peak: 2700})
  })
})

describe('which quota holds', () => {
  const geo = quotaLimit({code: 'L-GEO'})
  const global = quotaLimit({code: 'L-GLOBAL', route: 'global'})
  const inRegion = quotaLimit({code: 'L-IN', route: 'in-region'})
  const fast = quotaLimit({code: 'L-FAST', latencyOptimized: true})
  const other = quotaLimit({code: 'L-OTHER', model: 'amazon.nova-lite-v1:0'})
  const all = [geo, global, inRegion, fast, other]

  test.each([
    ['a profile of one geography', 'us.anthropic.claude-sonnet-4-6', {}, 'L-GEO'],
    ['a profile of another one', 'jp.anthropic.claude-sonnet-4-6', {}, 'L-GEO'],
    ['the global profile', 'global.anthropic.claude-sonnet-4-6', {route: 'global'}, 'L-GLOBAL'],
    ['the model itself', 'anthropic.claude-sonnet-4-6', {kind: 'model', route: 'in-region'}, 'L-IN'],
    ['a profile of the account', 'arn:x:application-inference-profile/a', {kind: 'application-profile'}, 'L-GEO'],
    ['a call for less latency', 'us.anthropic.claude-sonnet-4-6+latency-optimized', {}, 'L-FAST'],
  ] as const)('%s', (_, modelId, about, code) => {
    const {limits, unknown} = quotaUse(trafficRow({modelId, about}), all, NOW)

    expect([limits.map(({limit}) => limit.code), unknown]).toEqual([[code], null])
  })

  test.each([
    ['no quota names the model', {model: 'anthropic.claude-opus-5'}, 'anthropic.claude-opus-5, called geo'],
    ['nobody knows the model', {model: null}, 'leads to is not known'],
    ['capacity was bought', {kind: 'provisioned'}, 'held to its model units'],
  ] as const)('unknown where %s', (_, about, why) => {
    const {limits, unknown} = quotaUse(trafficRow({about}), all, NOW)

    expect(limits).toEqual([])
    expect(unknown).toContain(why)
  })

  test('unknown while the quotas of the Region are not read', () => {
    expect(quotaUse(trafficRow(), undefined, NOW).unknown).toBe('the quotas of the Region are not read yet')
  })
})
