import {describe, expect, test} from 'vitest'
import {marketplaceDescription, marketplaceUsageType} from '../../../../src/lib/sandbox/world/marketplace-meters.js'
import type {Meter} from '../../../../src/lib/sandbox/world/price-meters.js'
import {bedrockUsageType} from '../../../../src/lib/sandbox/world/usage-types.js'
import {smallCatalog} from '../../../support/sandbox-world.js'

const [some] = smallCatalog().models

/** Tokens of a model in us-east-1, or what `over` says. */
function aMeter(id: string, over: Partial<Meter> = {}): Meter {
  if (!some) throw new Error('a catalog has models')
  const provider = id.startsWith('cohere') ? 'Cohere' : 'Test'
  return {
    model: {...some, id, name: id, provider},
    listed: {name: id, stem: 'Stem'},
    region: 'us-east-1',
    routing: 'regional',
    tier: 'standard',
    meter: 'tokens',
    variant: null,
    kind: 'input',
    usd: 1,
    ...over,
  }
}

describe('usage types of Bedrock', () => {
  test.each<[string, Partial<Meter>]>([
    ['USE1-Stem-input-tokens', {}],
    ['USE1-Stem-output-tokens-batch', {kind: 'output', tier: 'batch'}],
    ['USE1-Stem-input-tokens-cross-region-global-batch', {tier: 'batch', routing: 'global'}],
    ['USE1-Stem-input-tokens-flex-cross-region-global', {tier: 'flex', routing: 'global'}],
    ['USE1-Stem-input-tokens-long-context-cross-region-global', {tier: 'standard:input>200000', routing: 'global'}],
    ['USE1-Stem-input-tokens-latency-optimized', {tier: 'latency-optimized'}],
    ['USE1-Stem-output-tokens-custom-model', {kind: 'output', variant: 'custom-model'}],
    [
      'USE1-qwen.model-mantle-cache-write-tokens-1h-priority',
      {kind: 'cacheWrite1h', tier: 'priority', routing: 'mantle'},
    ],
    ['USE1-qwen.model-mantle-input-tokens-global-standard', {routing: 'mantle-global'}],
    ['USE1-qwen.model-mantle-input-tokens-long-ctx-standard', {tier: 'standard:input>272000', routing: 'mantle'}],
    ['USE1-Stem-ProvisionedThroughput-1month-ModelUnits', {meter: 'model-unit-hour', kind: 'unit', variant: '1-month'}],
    [
      'USE1-Stem-reserved-3-month-output-tokens-per-minute-cross-region-global',
      {meter: 'reserved-output-tpm', kind: 'unit', variant: '3-month', routing: 'global'},
    ],
  ])('%s', (usageType, over) => {
    expect(bedrockUsageType(aMeter('qwen.model-v1:0', over))).toBe(usageType)
  })

  test('a model that is written by its id names every tier', () => {
    const byId = aMeter('qwen.qwen3-next-80b-a3b', {listed: {name: 'Next', stem: 'qwen.qwen3-next-80b-a3b'}})

    expect(bedrockUsageType(byId)).toBe('USE1-qwen.qwen3-next-80b-a3b-input-tokens-standard')
  })
})

describe('what the Marketplace sells is worded by the generation of the model', () => {
  test.each<[string, Partial<Meter>, string, string]>([
    ['anthropic.claude-sonnet-4-20250514-v1:0', {}, 'InputTokenCount', 'Million Input Tokens'],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', {}, 'InputTokenCount', 'Million Input Tokens Regional'],
    ['anthropic.claude-sonnet-4-6', {}, 'InputTokenCount', 'Million Input Tokens Regional CRIS'],
    [
      'anthropic.claude-haiku-4-5-20251001-v1:0',
      {kind: 'cacheWrite1h', routing: 'global'},
      'CacheWrite1hInputTokenCount_Global',
      'Million 1 hour Cache Write Input Tokens Global',
    ],
    [
      'anthropic.claude-sonnet-4-6',
      {kind: 'output', tier: 'batch', routing: 'global'},
      'OutputTokenCount_Global_Batch',
      'Million Batch Response Tokens Global',
    ],
    ['anthropic.claude-opus-4-8', {}, 'input_tokens_standard', 'Million Input Tokens Standard'],
    [
      'anthropic.claude-opus-5',
      {kind: 'cacheWrite1h', routing: 'global'},
      'cache_write_tokens_1h_global_standard',
      'Cache Write Tokens (1h TTL) - Standard, Global',
    ],
    [
      'anthropic.claude-sonnet-5-5',
      {kind: 'output', tier: 'batch', routing: 'global'},
      'output_tokens_global_batch',
      'Output Tokens - Batch, Global',
    ],
    [
      'anthropic.claude-3-5-sonnet-20240620-v1:0',
      {tier: 'batch'},
      'MillionBatchInputTokens',
      'Million Batch Input Tokens',
    ],
    ['cohere.embed-v4:0', {}, 'InputTokenCount', 'Price per 1 million input tokens'],
  ])('%s %o', (id, over, meter, words) => {
    const sold = aMeter(id, over)

    expect(marketplaceUsageType(sold)).toBe(`USE1-MP:USE1_${meter}-Units`)
    expect(marketplaceDescription(sold)).toBe(`AWS Marketplace software usage|us-east-1|${words}`)
  })
})
