import {describe, expect, test} from 'vitest'
import AccountQuotasCommand from '../../../src/commands/account/quotas.js'
import {classifyQuota, outputFactor} from '../../../src/lib/account/quotas/classify-quota.js'
import {listQuotas} from '../../../src/lib/account/quotas/list-quotas.js'
import {QUOTA_KINDS} from '../../../src/lib/account/quotas/quotas.schema.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {collect, failing} from '../../support/fake-readers.js'

describe('what a quota limits', () => {
  test.each([
    [
      'Cross-region model inference tokens per minute for Anthropic Claude Opus 5',
      'tokens-per-minute',
      'geo',
      'Anthropic Claude Opus 5',
    ],
    ['Cross-Region model inference tokens per minute for GPT-5.6 Sol', 'tokens-per-minute', 'geo', 'GPT-5.6 Sol'],
    [
      'Global cross-region model inference requests per minute for Amazon Nova 2 Lite',
      'requests-per-minute',
      'global',
      'Amazon Nova 2 Lite',
    ],
    [
      'On-demand model inference tokens per minute for Amazon Nova Lite',
      'tokens-per-minute',
      'in-region',
      'Amazon Nova Lite',
    ],
    [
      'Model invocation max tokens per day for Amazon Nova Pro (doubled for cross-region calls)',
      'tokens-per-day',
      null,
      'Amazon Nova Pro',
    ],
    ['Cross-Model Account-Level Tokens Per Day', 'tokens-per-day', null, null],
    [
      '[bedrock-mantle endpoint] Input tokens per minute for Claude Opus 5',
      'mantle-tokens-per-minute',
      null,
      'Claude Opus 5',
    ],
    ['Batch inference job size (in GB) for Claude Haiku 4.5', 'batch', null, 'Claude Haiku 4.5'],
    ['Imported models per account', 'import', null, null],
    ['(Guardrails) Words per word policy', 'guardrails', null, null],
    ['Agents per account', 'agents', null, null],
    ['Knowledge bases per account', 'knowledge-bases', null, null],
    ['Something AWS adds tomorrow', 'other', null, null],
  ] as const)('%s', (name, kind, route, model) => {
    expect(classifyQuota(name)).toEqual({kind, route, model})
  })

  test.each([
    ['Anthropic Claude Opus 4.8', 15],
    ['Anthropic Claude Opus 5', 10],
    ['Anthropic Claude Opus 5.5', 10],
    ['Anthropic Claude Sonnet 5', 10],
    ['Anthropic Claude Fable 5.1', 10],
    ['Anthropic Claude Fable 5', 1],
    ['GPT-5.6 Luna', 10],
    ['Anthropic Claude Opus 4.7', 5],
    ['Anthropic Claude Sonnet 4.5 V1', 5],
    ['Anthropic Claude Sonnet 4 V1', 5],
    ['Anthropic Claude 3 Haiku', 5],
    ['Amazon Nova Pro', 1],
    ['Meta Llama 4 Scout V1', 1],
  ])('an output token of %s takes %d', (model, factor) => {
    expect(outputFactor(model)).toBe(factor)
  })

  test('the flag offers every kind there is', () => {
    expect(AccountQuotasCommand.flags.kind.options).toEqual(QUOTA_KINDS)
  })
})

const SONNET = 'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.6'
const quota = (code: string, name: string, value: number | null) => ({
  code,
  name,
  value,
  unit: 'None',
  adjustable: true,
  global: false,
})

describe('the quotas of an account', () => {
  const taken = () =>
    collect(['service-quotas:bedrock', 'service-quotas:bedrock-defaults'], {
      'service-quotas:bedrock': async () => [quota('L-1', SONNET, 9_000_000)],
      'service-quotas:bedrock-defaults': async () => [
        quota('L-1', SONNET, 6_000_000),
        quota('L-2', 'Agents per account', 1000),
      ],
    })
  const none = {models: [], kinds: [], changed: false}

  test('carry the applied value beside the default, and the model by its id', async () => {
    const {quotas} = listQuotas(await taken(), {...none, models: ['anthropic.claude-sonnet-4-6']}, await openCatalog())

    expect(quotas).toMatchObject([
      {code: 'L-1', value: 9_000_000, default: 6_000_000, modelId: 'anthropic.claude-sonnet-4-6', outputFactor: 5},
    ])
  })

  test('a profile id and a part of the name lead to the same model', async () => {
    const snapshot = await taken()
    const catalog = await openCatalog()
    const codes = (model: string) =>
      listQuotas(snapshot, {...none, models: [model]}, catalog).quotas.map(({code}) => code)

    expect(codes('eu.anthropic.claude-sonnet-4-6')).toEqual(['L-1'])
    expect(codes('sonnet 4.6')).toEqual(['L-1'])
  })

  test('--changed keeps those that were raised', async () => {
    const {quotas} = listQuotas(await taken(), {...none, changed: true}, await openCatalog())

    expect(quotas.map(({code}) => code)).toEqual(['L-1'])
  })

  test('a model that no quota names is a usage error', async () => {
    const snapshot = await taken()
    const catalog = await openCatalog()

    expect(() => listQuotas(snapshot, {...none, models: ['no-such-model']}, catalog)).toThrow(
      /No quota names no-such-model/,
    )
  })

  test('a default that could not be read is unknown, not equal', async () => {
    const snapshot = await collect(['service-quotas:bedrock', 'service-quotas:bedrock-defaults'], {
      'service-quotas:bedrock': async () => [quota('L-1', SONNET, 1)],
      'service-quotas:bedrock-defaults': failing('ACCESS_DENIED', 'servicequotas:ListAWSDefaultServiceQuotas'),
    })

    const result = listQuotas(snapshot, none, await openCatalog())

    expect(result.quotas).toMatchObject([{default: null}])
    expect(result.unread).toMatchObject([{action: 'servicequotas:ListAWSDefaultServiceQuotas', code: 'ACCESS_DENIED'}])
  })

  test('a snapshot without quotas says that they were not collected', async () => {
    const snapshot = await collect(['ec2:subnets'], {'ec2:subnets': async () => []})

    const result = listQuotas(snapshot, none, await openCatalog())

    expect(result.quotas).toEqual([])
    expect(new Set(result.unread.map(({code}) => code))).toEqual(new Set(['NOT_COLLECTED']))
  })
})
