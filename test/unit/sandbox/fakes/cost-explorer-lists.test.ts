import {describe, expect, test} from 'vitest'
import ce from '../../../../src/lib/sandbox/fakes/cost-explorer.js'
import {anAccount, ask, aWorld} from '../../../support/sandbox-world.js'

const spend = {service: 'Amazon Bedrock', region: 'us-east-1', usdPerDay: 2}
const {context} = aWorld({
  cost: {
    allocationTags: [
      {key: 'team', type: 'UserDefined', active: true},
      {key: 'stage', type: 'UserDefined', active: false},
    ],
    spend: [
      {...spend, usageType: 'USE1-Nova', quantityPerDay: 5, unit: '1K tokens', tags: {team: 'checkout', stage: 'x'}},
      {...spend, usageType: 'USE1-Old', until: '2026-10-01', tags: {team: 'gone'}},
      {...spend, service: 'Claude (Amazon Bedrock Edition)', usageType: 'USE1-MP', usdPerDay: 8},
      {...spend, service: 'Amazon EC2', usageType: 'BoxUsage', usdPerDay: 1, tags: {team: 'web'}},
    ],
  },
})
const here = context()
const TimePeriod = {Start: '2026-11-01', End: '2026-11-21'}

describe('GetDimensionValues', () => {
  const values = async (input: object) => {
    const answer = await ask(ce, 'GetDimensionValues', {TimePeriod, Dimension: 'SERVICE', ...input}, here)
    return (answer.DimensionValues ?? []).map(({Value}) => Value)
  }

  test('a search finds every service with Bedrock in its name, whatever its case', async () => {
    expect(await values({SearchString: 'bedrock'})).toEqual(['Amazon Bedrock', 'Claude (Amazon Bedrock Edition)'])
  })

  test('only what was billed in the period is listed, and what the filter leaves', async () => {
    const Filter = {Dimensions: {Key: 'SERVICE' as const, Values: ['Amazon Bedrock']}}

    expect(await values({Dimension: 'USAGE_TYPE', Filter})).toEqual(['USE1-Nova'])
    expect(
      await values({Dimension: 'USAGE_TYPE', Filter, TimePeriod: {Start: '2026-09-01', End: '2026-10-01'}}),
    ).toEqual(['USE1-Nova', 'USE1-Old'])
  })

  test('a usage type brings its unit, an account its name', async () => {
    const input = {TimePeriod, Dimension: 'USAGE_TYPE' as const, SearchString: 'Nova'}
    const usage = await ask(ce, 'GetDimensionValues', input, here)
    const accounts = await ask(ce, 'GetDimensionValues', {TimePeriod, Dimension: 'LINKED_ACCOUNT'}, here)

    expect(usage.DimensionValues).toEqual([{Value: 'USE1-Nova', Attributes: {unit: '1K tokens'}}])
    expect(accounts.DimensionValues).toEqual([{Value: '111122223333', Attributes: {description: 'test'}}])
  })

  test('a page holds a thousand; fewer may be asked for of a sorted list alone', async () => {
    const many = Array.from({length: 1001}, (_, index) => ({...spend, usageType: `USE1-${index}`}))
    const {context: from} = aWorld({cost: {spend: many}})
    const input = {TimePeriod, Dimension: 'USAGE_TYPE' as const, MaxResults: 2}
    const first = await ask(ce, 'GetDimensionValues', input, from())
    const second = await ask(ce, 'GetDimensionValues', {...input, NextPageToken: first.NextPageToken}, from())
    const sorted = await ask(ce, 'GetDimensionValues', {...input, SortBy: [{Key: 'UnblendedCost'}]}, from())

    expect([first.ReturnSize, first.TotalSize, second.ReturnSize]).toEqual([1000, 1001, 1])
    expect(second.NextPageToken).toBeUndefined()
    expect(sorted.ReturnSize).toBe(2)
  })

  test('sorted by what they cost, without a search beside it', async () => {
    const SortBy = [{Key: 'UnblendedCost', SortOrder: 'DESCENDING' as const}]

    expect(await values({SortBy})).toEqual(['Claude (Amazon Bedrock Edition)', 'Amazon Bedrock', 'Amazon EC2'])
    await expect(values({SortBy, SearchString: 'x'})).rejects.toMatchObject({name: 'ValidationException'})
  })
})

describe('GetTags', () => {
  test('names the activated keys, and the values of one with the untagged as nothing', async () => {
    const keys = await ask(ce, 'GetTags', {TimePeriod}, here)
    const teams = await ask(ce, 'GetTags', {TimePeriod, TagKey: 'team'}, here)
    const stages = await ask(ce, 'GetTags', {TimePeriod, TagKey: 'stage'}, here)

    expect(keys.Tags).toEqual(['team'])
    expect(teams).toMatchObject({Tags: ['', 'checkout', 'web'], ReturnSize: 3, TotalSize: 3})
    expect(stages.Tags).toEqual([''])
  })
})

test('who manages the organisation sees what its members spend, a member only itself', async () => {
  const member = anAccount({
    id: '222233334444',
    name: 'production',
    keys: [{accessKeyId: 'AKIASANDBOX000000002', secretAccessKey: 'sandbox-secret-2', user: 'sandbox'}],
    cost: {spend: [{...spend, usageType: 'USE1-Nova', tags: {team: 'claims'}}]},
  })
  const cost = {allocationTags: [{key: 'team', type: 'UserDefined' as const, active: true}]}
  const organization = {
    id: 'o-test',
    managementAccount: '111122223333',
    root: {id: 'r-test', accounts: [{id: '111122223333'}, {id: '222233334444'}]},
  }
  const {context: from} = aWorld({cost: {...cost, spend: [{...spend, usageType: 'USE1-Nova'}]}}, [member], organization)
  const input = {TimePeriod, Dimension: 'LINKED_ACCOUNT' as const}
  const management = await ask(ce, 'GetDimensionValues', input, from())
  const own = await ask(ce, 'GetDimensionValues', input, from({account: '222233334444'}))
  const tags = await ask(ce, 'GetTags', {TimePeriod}, from({account: '222233334444'}))

  expect(management.DimensionValues?.map(({Value}) => Value)).toEqual(['111122223333', '222233334444'])
  expect(own.DimensionValues).toEqual([{Value: '222233334444', Attributes: {description: 'production'}}])
  expect(tags.Tags).toEqual(['team'])
})
