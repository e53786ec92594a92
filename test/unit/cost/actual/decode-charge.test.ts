import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {decodeCharge} from '../../../../src/lib/cost/actual/decode-charge.js'
import {modelNames} from '../../../../src/lib/prices/model-names.js'

const names = modelNames(await openCatalog())
const SONNET = 'Claude Sonnet 4.6 (Amazon Bedrock Edition)'

test.each([
  [SONNET, 'USE1-MP:USE1_InputTokenCount-Units', 'anthropic.claude-sonnet-4-6 input regional standard'],
  [
    SONNET,
    'EUC1-MP:EUC1_CacheWrite1hInputTokenCount_Global-Units',
    'anthropic.claude-sonnet-4-6 cacheWrite1h global standard',
  ],
  [SONNET, 'USE1-MP:USE1_InputTokenCount_Batch-Units', 'anthropic.claude-sonnet-4-6 input regional batch'],
  [
    'Amazon Bedrock Service',
    'USE1-Claude4.6Sonnet-input-tokens',
    'anthropic.claude-sonnet-4-6 input regional standard',
  ],
  ['Amazon Bedrock', 'USE1-NovaLite-output-tokens', 'amazon.nova-lite-v1:0 output regional standard'],
  ['Amazon Bedrock', 'EU-NovaLite-cache-read-input-token-count', 'amazon.nova-lite-v1:0 cacheRead regional standard'],
  ['Amazon Bedrock', 'USE1-openai.gpt-oss-120b-mantle-input-tokens-flex', 'openai.gpt-oss-120b-1:0 input mantle flex'],
])('%s %s', (service, usageType, expected) => {
  const charge = decodeCharge(service, usageType, names)

  expect(charge.is === 'tokens' && [charge.modelId, charge.kind, charge.routing, charge.tier].join(' ')).toBe(expected)
})

test('a name that leads to no model is kept', () => {
  const charge = decodeCharge('Claude Unheard 9 (Amazon Bedrock Edition)', 'USE1-MP:USE1_InputTokenCount-Units', names)

  expect(charge).toMatchObject({is: 'tokens', modelId: null, name: 'Claude Unheard 9'})
})

test.each([
  ['USE1-Guardrail-ContentPolicyUnitsConsumed', 'Guardrails'],
  ['USE1-NovaLite-ProvisionedThroughput-1month-ModelUnits', 'provisioned throughput'],
  ['USE1-Llama-CustomModelImport-Inference-v1:0', 'Custom Model Import'],
  ['USE1-Runtime:Consumption-based:vCPU', 'AgentCore'],
  ['USE1-NovaPro-Customization-Training', 'customization'],
])('%s is %s', (usageType, what) => {
  expect(decodeCharge('Amazon Bedrock', usageType, names)).toEqual({is: 'other', what})
})

test('what the grammar does not have is not guessed at', () => {
  expect(decodeCharge('Amazon Bedrock', 'USE1-Something-New', names)).toEqual({is: 'undecoded'})
})
