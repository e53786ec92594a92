import {expect, test} from 'vitest'
import ce from '../../../../src/lib/sandbox/fakes/cost-explorer.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const MONITOR = '00000000-0000-4000-a000-000000000001'
const {context} = aWorld({
  cost: {
    anomalyMonitors: [
      {id: MONITOR, name: 'services', type: 'DIMENSIONAL', dimension: 'SERVICE', createdOn: '2025-01-10'},
    ],
    anomalySubscriptions: [
      {
        id: MONITOR.replace('0001', '0002'),
        name: 'finops',
        monitors: [MONITOR],
        frequency: 'DAILY',
        thresholdUsd: 100,
        subscribers: [],
      },
    ],
    allocationTags: [
      {key: 'team', type: 'UserDefined', active: true},
      {key: 'stage', type: 'UserDefined', active: false},
    ],
    spend: [
      {service: 'Amazon Bedrock', usageType: 'USE1-Nova', region: 'us-east-1', usdPerDay: 2},
      {service: 'Claude (Amazon Bedrock Edition)', usageType: 'USE1-MP', region: 'us-east-1', usdPerDay: 8},
      {service: 'Amazon EC2', usageType: 'BoxUsage', region: 'eu-west-1', usdPerDay: 1},
    ],
  },
})
const here = context()
const ARN = `arn:aws:ce::111122223333:anomalymonitor/${MONITOR}`
const TimePeriod = {Start: '2026-10-01', End: '2026-11-11'}
const base = {TimePeriod, Granularity: 'MONTHLY' as const, Metrics: ['UnblendedCost']}

test('a subscription is found by its monitor; an unknown monitor is refused', async () => {
  const {AnomalyMonitors} = await ask(ce, 'GetAnomalyMonitors', {}, here)
  const {AnomalySubscriptions} = await ask(ce, 'GetAnomalySubscriptions', {MonitorArn: ARN}, here)

  expect(AnomalyMonitors).toMatchObject([{MonitorArn: ARN, MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE'}])
  expect(AnomalySubscriptions).toMatchObject([{MonitorArnList: [ARN], Frequency: 'DAILY'}])
  await expect(ask(ce, 'GetAnomalyMonitors', {MonitorArnList: [`${ARN}0`]}, here)).rejects.toMatchObject({
    name: 'UnknownMonitorException',
  })
})

test('allocation tags are filtered by state', async () => {
  const {CostAllocationTags} = await ask(ce, 'ListCostAllocationTags', {Status: 'Active'}, here)

  expect(CostAllocationTags?.map(({TagKey}) => TagKey)).toEqual(['team'])
})

test('months cost by their days, the last one as far as it goes', async () => {
  const {ResultsByTime = []} = await ask(ce, 'GetCostAndUsage', base, here)

  expect(ResultsByTime.map(({TimePeriod: span, Total}) => [span?.Start, Total?.['UnblendedCost']?.Amount])).toEqual([
    ['2026-10-01', '341.0000000000'],
    ['2026-11-01', '110.0000000000'],
  ])
})

test('groups and filters go by service, and models of the marketplace are services of their own', async () => {
  const Filter = {Dimensions: {Key: 'SERVICE' as const, Values: ['Amazon Bedrock']}}
  const grouped = await ask(ce, 'GetCostAndUsage', {...base, GroupBy: [{Type: 'DIMENSION', Key: 'SERVICE'}]}, here)
  const filtered = await ask(ce, 'GetCostAndUsage', {...base, Filter}, here)
  const {DimensionValues} = await ask(
    ce,
    'GetDimensionValues',
    {TimePeriod, Dimension: 'SERVICE', SearchString: 'bedrock'},
    here,
  )

  expect(grouped.ResultsByTime?.[1]?.Groups?.map(({Keys}) => Keys)).toHaveLength(3)
  expect(filtered.ResultsByTime?.[1]?.Total?.['UnblendedCost']?.Amount).toBe('20.0000000000')
  expect(DimensionValues?.map(({Value}) => Value)).toEqual(['Amazon Bedrock', 'Claude (Amazon Bedrock Edition)'])
})

test('a reversed period and hourly data are refused', async () => {
  const reversed = {...base, TimePeriod: {Start: TimePeriod.End, End: TimePeriod.Start}}

  await expect(ask(ce, 'GetCostAndUsage', reversed, here)).rejects.toMatchObject({name: 'ValidationException'})
  await expect(ask(ce, 'GetCostAndUsage', {...base, Granularity: 'HOURLY'}, here)).rejects.toMatchObject({
    name: 'DataUnavailableException',
  })
})
