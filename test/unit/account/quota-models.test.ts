import {expect, test} from 'vitest'
import {quotaModels} from '../../../src/lib/account/quotas/quota-models.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'

const catalog = await openCatalog({now: new Date('2026-11-21')})
const modelOf = quotaModels(catalog)

// Names of batch quotas as Service Quotas lists them (2026).
test.each([
  ['Claude Sonnet 4', 'anthropic.claude-sonnet-4-20250514-v1:0'],
  ['Claude Sonnet 4.5', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['Claude Sonnet 4.5.', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['Anthropic Claude Sonnet 4.5 V1', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['Claude Opus 4.5', 'anthropic.claude-opus-4-5-20251101-v1:0'],
  ['Claude Sonnet 4.6', 'anthropic.claude-sonnet-4-6'],
  ['DeepSeek v3', 'deepseek.v3-v1:0'],
  ['Llama 3.1 405B Instruct', 'meta.llama3-1-405b-instruct-v1:0'],
  ['Llama 3.2 90B Instruct', 'meta.llama3-2-90b-instruct-v1:0'],
  ['Llama 3.3 70B Instruct', 'meta.llama3-3-70b-instruct-v1:0'],
  ['Mistral Large 2 (24.07)', 'mistral.mistral-large-2407-v1:0'],
  ['Mistral Small', 'mistral.mistral-small-2402-v1:0'],
  ['Nova Lite V1', 'amazon.nova-lite-v1:0'],
  ['Nova Micro V1', 'amazon.nova-micro-v1:0'],
  ['Nova Pro V1', 'amazon.nova-pro-v1:0'],
  ['OpenAI GPT OSS 120b', 'openai.gpt-oss-120b-1:0'],
  ['OpenAI GPT OSS 20b', 'openai.gpt-oss-20b-1:0'],
  ['Qwen3 235B', 'qwen.qwen3-235b-a22b-2507-v1:0'],
  ['Qwen3 32B', 'qwen.qwen3-32b-v1:0'],
  ['Qwen3 Coder 30B', 'qwen.qwen3-coder-30b-a3b-v1:0'],
  ['Qwen3 Coder 480B', 'qwen.qwen3-coder-480b-a35b-v1:0'],
  ['Titan Multimodal Embeddings G1', 'amazon.titan-embed-image-v1'],
  ['Titan Text Embeddings V2', 'amazon.titan-embed-text-v2:0'],
])('%s is %s', (name, id) => {
  expect(modelOf(name)).toBe(id)
})

test('the name of a living model leads to it or, where others share it, to none', () => {
  const living = catalog.models.filter(({aliasOf, lifecycle}) => aliasOf === null && lifecycle.status !== 'EOL')
  // A preview of Titan Text Embeddings V2 is still listed under its name.
  const named = living.filter(({id, name}) => name !== null && id !== 'amazon.titan-embed-g1-text-02')

  for (const {id, name} of named) expect([id, null]).toContain(modelOf(name ?? ''))
  expect(named.filter(({id, name}) => modelOf(name ?? '') === id).length).toBeGreaterThan(named.length * 0.9)
})

test.each(['Claude', 'Nova', 'Sonnet 4', 'Claude Sonnet 4.7', 'Nova Pro V2', ''])('“%s” names no model', (name) => {
  expect(modelOf(name)).toBeNull()
})
