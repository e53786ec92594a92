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
  },
})
const here = context()
const ARN = `arn:aws:ce::111122223333:anomalymonitor/${MONITOR}`

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
