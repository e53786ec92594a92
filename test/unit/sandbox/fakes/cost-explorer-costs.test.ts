import type {GetCostAndUsageRequest} from '@aws-sdk/client-cost-explorer'
import {describe, expect, test} from 'vitest'
import cloudwatch from '../../../../src/lib/sandbox/fakes/cloudwatch.js'
import ce from '../../../../src/lib/sandbox/fakes/cost-explorer.js'
import {ACCOUNT, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

const CLAUDE = 'Claude Test 1 (Amazon Bedrock Edition)'
const PROFILE = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:application-inference-profile/pr0f1le00001`
const NOVA = 'amazon.nova-test-v1:0'

// The sandbox's clock stands at 2026-11-21T12:00Z: bills reach until noon of the 20th.
const world = aWorld({
  regions: {
    'eu-central-1': {
      applicationProfiles: [
        {
          id: 'pr0f1le00001',
          name: 'claims',
          copyFrom: 'eu.anthropic.claude-test-1',
          createdOn: '2026-03-02',
          tags: {team: 'claims', stage: 'production'},
        },
      ],
      usage: [
        {model: PROFILE, perHour: 100, inputTokens: 1000, outputTokens: 0, cacheReadTokens: 500},
        {model: 'global.anthropic.claude-test-1', perHour: 10, inputTokens: 1000, outputTokens: 0},
        {model: NOVA, perHour: 50, inputTokens: 400, outputTokens: 100, since: '2026-11-10'},
      ],
    },
    'us-east-1': {usage: [{model: NOVA, perHour: 50, inputTokens: 400, outputTokens: 100}]},
  },
  cost: {
    allocationTags: [
      {key: 'team', type: 'UserDefined', active: true},
      {key: 'stage', type: 'UserDefined', active: false},
    ],
    spend: [
      {
        service: 'Amazon EC2',
        usageType: 'BoxUsage',
        region: 'eu-west-1',
        usdPerDay: 1,
        quantityPerDay: 24,
        unit: 'Hrs',
      },
      {
        service: 'Amazon Bedrock',
        usageType: 'USE1-NovaTest-ProvisionedThroughput',
        region: 'us-east-1',
        usdPerDay: 48,
        quantityPerDay: 24,
        unit: 'Hrs',
        tags: {team: 'data'},
        since: '2026-11-01',
      },
    ],
  },
})

const november = {Start: '2026-11-01', End: '2026-11-21'}
const base = {TimePeriod: november, Granularity: 'MONTHLY' as const, Metrics: ['UnblendedCost', 'UsageQuantity']}

type Request = Partial<Pick<GetCostAndUsageRequest, 'Filter' | 'GroupBy' | 'Granularity' | 'TimePeriod' | 'Metrics'>>

async function costs(request: Request = {}, {context}: Pick<TestWorld, 'context'> = world) {
  const {ResultsByTime = []} = await ask(ce, 'GetCostAndUsage', {...base, ...request} as typeof base, context())
  return ResultsByTime
}

/** Group, keys joined → cost and quantity with its unit. */
async function grouped(request: Request & {readonly by: readonly string[]}) {
  const {by, ...rest} = request
  const GroupBy = by.map((key) =>
    key.startsWith('tag:') ? {Type: 'TAG' as const, Key: key.slice(4)} : {Type: 'DIMENSION' as const, Key: key},
  )
  const [result] = await costs({...rest, GroupBy})
  return new Map(
    (result?.Groups ?? []).map(({Keys = [], Metrics = {}}) => {
      const quantity = Metrics['UsageQuantity']
      const entry = {
        usd: Number(Metrics['UnblendedCost']?.Amount),
        quantity: Number(quantity?.Amount),
        unit: quantity?.Unit,
      }
      return [Keys.join(' / '), entry] as const
    }),
  )
}

async function tokens(MetricName: string, ModelId: string, [from, to]: readonly [string, string]): Promise<number> {
  const {MetricDataResults = []} = await ask(
    cloudwatch,
    'GetMetricData',
    {
      StartTime: new Date(from),
      EndTime: new Date(to),
      MetricDataQueries: [
        {
          Id: 'q',
          MetricStat: {
            Metric: {Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{Name: 'ModelId', Value: ModelId}]},
            Period: 3600,
            Stat: 'Sum',
          },
        },
      ],
    },
    world.context({region: 'eu-central-1'}),
  )
  return (MetricDataResults[0]?.Values ?? []).reduce((sum, value) => sum + value, 0)
}

describe('what is used is billed', () => {
  test('tokens are those of CloudWatch, priced as the Price List has them, under the names of billing', async () => {
    const byUsage = await grouped({by: ['SERVICE', 'USAGE_TYPE'], Filter: dimension('REGION', 'eu-central-1')})
    const until = ['2026-11-01T00:00:00Z', '2026-11-20T12:00:00Z'] as const
    const [input, cached] = await Promise.all([
      tokens('InputTokenCount', PROFILE, until),
      tokens('CacheReadInputTokenCount', PROFILE, until),
    ])

    expect([...byUsage.keys()]).toEqual([
      'Amazon Bedrock / EUC1-NovaTest-input-tokens',
      'Amazon Bedrock / EUC1-NovaTest-output-tokens',
      `${CLAUDE} / EUC1-MP:EUC1_CacheReadInputTokenCount-Units`,
      `${CLAUDE} / EUC1-MP:EUC1_InputTokenCount-Units`,
      `${CLAUDE} / EUC1-MP:EUC1_InputTokenCount_Global-Units`,
    ])
    const regional = byUsage.get(`${CLAUDE} / EUC1-MP:EUC1_InputTokenCount-Units`)
    expect(regional).toMatchObject({unit: 'Units'})
    expect(regional?.quantity).toBeCloseTo(input / 1e6, 8)
    expect(regional?.usd).toBeCloseTo((input / 1e6) * 3.3, 8)
    expect(byUsage.get(`${CLAUDE} / EUC1-MP:EUC1_CacheReadInputTokenCount-Units`)?.usd).toBeCloseTo(
      (cached / 1e6) * 0.33,
      8,
    )
  })

  test('models of AWS count in thousands of tokens, under the name of Bedrock', async () => {
    const [input, byUsage] = await Promise.all([
      tokens('InputTokenCount', NOVA, ['2026-11-01T00:00:00Z', '2026-11-20T12:00:00Z']),
      grouped({by: ['USAGE_TYPE'], Filter: dimension('REGION', 'eu-central-1')}),
    ])
    const found = byUsage.get('EUC1-NovaTest-input-tokens')

    expect(found).toMatchObject({unit: '1K tokens'})
    expect(found?.quantity).toBeCloseTo(input / 1000, 8)
    expect(found?.usd).toBeCloseTo((input / 1e6) * 0.078, 8)
  })

  test('nothing is billed before its first day, nor what happened in the last 24 hours', async () => {
    const Filter = {And: [dimension('REGION', 'eu-central-1'), dimension('USAGE_TYPE', 'EUC1-NovaTest-input-tokens')]}
    const daily = await costs({Filter, Granularity: 'DAILY', TimePeriod: {Start: '2026-11-08', End: '2026-11-22'}})
    const cost = (day: string) =>
      Number(daily.find(({TimePeriod}) => TimePeriod?.Start === day)?.Total?.['UnblendedCost']?.Amount)

    expect(cost('2026-11-09')).toBe(0)
    expect(cost('2026-11-10')).toBeGreaterThan(0)
    expect(cost('2026-11-20')).toBeGreaterThan(0)
    expect(cost('2026-11-20')).toBeLessThan(cost('2026-11-19'))
    expect(cost('2026-11-21')).toBe(0)
  })

  test('days add up to their month, and the hours of capacity to its days', async () => {
    const [month] = await costs()
    const days = await costs({Granularity: 'DAILY'})
    const sum = days.reduce((total, {Total}) => total + Number(Total?.['UnblendedCost']?.Amount), 0)
    const byUsage = await grouped({by: ['USAGE_TYPE']})

    expect(sum).toBeCloseTo(Number(month?.Total?.['UnblendedCost']?.Amount), 6)
    expect(byUsage.get('USE1-NovaTest-ProvisionedThroughput')).toEqual({
      usd: 48 * 19.5,
      quantity: 24 * 19.5,
      unit: 'Hrs',
    })
  })
})

const one = {perHour: 10, inputTokens: 10, outputTokens: 10}
const CLAUDE_TOKENS = {...one, model: 'eu.anthropic.claude-test-1'}

test.each([
  ['a model that nobody knows', {...one, model: 'nobody.knows-1'}, 'nobody.knows-1 in eu-central-1'],
  ['a kind of token', CLAUDE_TOKENS, `output tokens of ${CLAUDE_TOKENS.model} in eu-central-1 (standard)`],
  ['a tier', {...one, model: NOVA, tier: 'flex' as const}, `input tokens of ${NOVA} in eu-central-1 (flex)`],
  [
    'a time that caches live',
    {...CLAUDE_TOKENS, outputTokens: 0, cacheWriteTokens: 5, cacheWriteTtl: '1h' as const},
    `cacheWrite1h tokens of ${CLAUDE_TOKENS.model} in eu-central-1 (standard)`,
  ],
])('%s without a price is not left out of the bill: the sandbox says that it has none', async (_, usage, named) => {
  const {context} = aWorld({regions: {'eu-central-1': {usage: [usage]}}})

  await expect(costs({}, {context})).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining(named),
  })
})

test('what the Marketplace sells is billed by its id, as a service of its own, when mantle serves it', async () => {
  const usage = {...one, model: 'anthropic.claude-test-1', outputTokens: 0, mantle: true}
  const {context} = aWorld({regions: {'eu-central-1': {usage: [usage]}}})
  const GroupBy = ['SERVICE', 'USAGE_TYPE'].map((Key) => ({Type: 'DIMENSION' as const, Key}))
  const [result] = await costs({GroupBy}, {context})

  expect(result?.Groups?.map(({Keys}) => Keys)).toEqual([
    ['Amazon Bedrock Service', 'EUC1-anthropic.claude-test-1-mantle-input-tokens-standard'],
  ])
})

const dimension = (Key: 'REGION' | 'SERVICE' | 'USAGE_TYPE' | 'RECORD_TYPE', ...Values: string[]) => ({
  Dimensions: {Key, Values},
})

describe('groups', () => {
  test('two keys at most, each as AWS names it; a quantity of several units has none', async () => {
    const byService = await grouped({by: ['SERVICE', 'REGION']})
    const byBilling = await grouped({by: ['BILLING_ENTITY', 'RECORD_TYPE']})

    expect([...byService.keys()]).toEqual([
      'Amazon Bedrock / eu-central-1',
      'Amazon Bedrock / us-east-1',
      'Amazon EC2 / eu-west-1',
      `${CLAUDE} / eu-central-1`,
    ])
    expect(byService.get('Amazon Bedrock / us-east-1')?.unit).toBe('N/A')
    expect([...byBilling.keys()]).toEqual(['AWS / Usage', 'AWS Marketplace / Usage'])
  })

  test('an activated tag groups what carries it, all else under its bare key; one that is not says nothing', async () => {
    const byTeam = await grouped({by: ['tag:team']})
    const byStage = await grouped({by: ['tag:stage']})

    expect([...byTeam.keys()]).toEqual(['team$', 'team$claims', 'team$data'])
    expect([...byStage.keys()]).toEqual(['stage$'])
  })

  test('a linked account is told by its name', async () => {
    const GroupBy = [{Type: 'DIMENSION' as const, Key: 'LINKED_ACCOUNT'}]
    const answer = await ask(ce, 'GetCostAndUsage', {...base, GroupBy}, world.context())

    expect(answer.ResultsByTime?.[0]?.Groups?.map(({Keys}) => Keys)).toEqual([[ACCOUNT]])
    expect(answer.DimensionValueAttributes).toEqual([{Value: ACCOUNT, Attributes: {description: 'test'}}])
  })

  test.each([
    [[{Type: 'DIMENSION', Key: 'RESOURCE_ID'}], /^Group Definition dimension is invalid. Valid values are AZ, /],
    [[{Type: 'DIMENSION', Key: ''}], /^Group Definition is invalid/],
    [['SERVICE', 'REGION', 'USAGE_TYPE'].map((Key) => ({Type: 'DIMENSION', Key})), /^Only two values/],
  ])('what AWS does not group by is refused: %j', async (by, message) => {
    const refused = costs({GroupBy: by as NonNullable<Request['GroupBy']>})

    await expect(refused).rejects.toMatchObject({name: 'ValidationException', message: expect.stringMatching(message)})
  })
})

describe('filters', () => {
  test('And, Or and Not nest; the tag of nobody is what is untagged', async () => {
    const Filter = {
      And: [
        {Or: [dimension('SERVICE', 'Amazon Bedrock'), dimension('SERVICE', CLAUDE)]},
        {Not: dimension('REGION', 'us-east-1')},
        {Tags: {Key: 'team', MatchOptions: ['ABSENT' as const]}},
      ],
    }

    expect([...(await grouped({by: ['SERVICE', 'USAGE_TYPE'], Filter})).keys()]).toEqual([
      'Amazon Bedrock / EUC1-NovaTest-input-tokens',
      'Amazon Bedrock / EUC1-NovaTest-output-tokens',
      `${CLAUDE} / EUC1-MP:EUC1_InputTokenCount_Global-Units`,
    ])
    expect([...(await grouped({by: ['SERVICE'], Filter: {Tags: {Key: 'team', Values: ['data']}}})).keys()]).toEqual([
      'Amazon Bedrock',
    ])
    expect((await grouped({by: ['SERVICE'], Filter: {Tags: {Key: 'stage', Values: ['production']}}})).size).toBe(0)
  })

  test.each([
    [{...dimension('REGION', 'us-east-1'), Not: dimension('REGION', 'x')}, /more than one roots/],
    [{}, /must have one of/],
    [{And: [dimension('REGION', 'us-east-1')]}, /at least 2/],
    [dimension('SERVICE'), /must not be empty/],
    [{Dimensions: {Key: 'SERVICE', Values: ['Amazon'], MatchOptions: ['STARTS_WITH']}}, /STARTS_WITH is not supported/],
  ])('what is no filter of costs is refused: %j', async (Filter, message) => {
    const refused = costs({Filter: Filter as NonNullable<Request['Filter']>})

    await expect(refused).rejects.toMatchObject({name: 'ValidationException', message: expect.stringMatching(message)})
  })

  test('a dimension the sandbox has no values for is not made up', async () => {
    const refused = costs({Filter: {Dimensions: {Key: 'INSTANCE_TYPE', Values: ['m7i.large']}}})

    await expect(refused).rejects.toMatchObject({status: 501})
  })
})

describe('periods', () => {
  test('the month that is not over is estimated', async () => {
    const months = await costs({TimePeriod: {Start: '2026-09-15', End: '2026-12-01'}})

    expect(months.map(({TimePeriod, Estimated}) => [TimePeriod?.Start, TimePeriod?.End, Estimated])).toEqual([
      ['2026-09-15', '2026-10-01', false],
      ['2026-10-01', '2026-11-01', false],
      ['2026-11-01', '2026-12-01', true],
    ])
  })

  test.each([
    [{Start: '2026-11-11', End: '2026-11-11'}, 'Start date (and hour) should be before end date (and hour)'],
    [{Start: '2026-11-11', End: '2026-12-02'}, 'end date past the beginning of next month'],
    [{Start: '2025-09-30', End: '2026-11-11'}, "You haven't enabled historical data beyond 14 months."],
    [
      {Start: '2026-11-11T00:00:00Z', End: '2026-11-12'},
      'Start time 2026-11-11T00:00:00Z is invalid. Valid format is: yyyy-MM-dd.',
    ],
    [{Start: '2026-02-30', End: '2026-11-12'}, 'Start time 2026-02-30 is invalid. Valid format is: yyyy-MM-dd.'],
  ])('%j is refused', async (TimePeriod, message) => {
    await expect(costs({TimePeriod})).rejects.toMatchObject({name: 'ValidationException', message})
  })

  test('the first day that is kept is the first of the month 13 months back', async () => {
    expect(await costs({TimePeriod: {Start: '2025-10-01', End: '2026-11-01'}})).toHaveLength(13)
  })

  test('hours are only for those who pay for them', async () => {
    const hours = {Start: '2026-11-18T00:00:00Z', End: '2026-11-18T12:00:00Z'}
    for (const TimePeriod of [november, hours]) {
      const refused = costs({Granularity: 'HOURLY', TimePeriod})
      await expect(refused).rejects.toMatchObject({name: 'DataUnavailableException'})
    }
  })

  test('an unknown metric is refused', async () => {
    await expect(costs({Metrics: ['Cost']})).rejects.toMatchObject({name: 'ValidationException'})
  })
})

test('many groups come in pages of whole days, and a token is for its own question only', async () => {
  const spend = Array.from({length: 700}, (_, index) => ({
    service: 'Amazon EC2',
    usageType: `BoxUsage:${index}`,
    region: 'us-east-1',
    usdPerDay: 1,
  }))
  const {context} = aWorld({cost: {spend}})
  const GroupBy = [{Type: 'DIMENSION' as const, Key: 'USAGE_TYPE'}]
  const input = {...base, Granularity: 'DAILY' as const, TimePeriod: {Start: '2026-11-01', End: '2026-11-05'}, GroupBy}
  const first = await ask(ce, 'GetCostAndUsage', input, context())
  const second = await ask(ce, 'GetCostAndUsage', {...input, NextPageToken: first.NextPageToken}, context())

  expect(first.ResultsByTime).toHaveLength(2)
  expect(second.ResultsByTime).toHaveLength(2)
  expect(second.NextPageToken).toBeUndefined()
  await expect(
    ask(ce, 'GetCostAndUsage', {...input, Metrics: ['BlendedCost'], NextPageToken: first.NextPageToken}, context()),
  ).rejects.toMatchObject({name: 'InvalidNextTokenException'})
})

test('two usages of one model are one metric; the tier that one of them names has a metric beside it', async () => {
  const usage = {model: NOVA, perHour: 100, inputTokens: 400, outputTokens: 100}
  const {context} = aWorld({regions: {'us-east-1': {usage: [usage, {...usage, tier: 'priority'}]}}})
  const listed = await ask(cloudwatch, 'ListMetrics', {MetricName: 'InputTokenCount'}, context())

  expect(listed.Metrics?.map(({Dimensions = []}) => Dimensions.map(({Name}) => Name))).toEqual([
    ['ModelId'],
    ['ModelId', 'ServiceTier', 'ResolvedServiceTier'],
  ])
})
