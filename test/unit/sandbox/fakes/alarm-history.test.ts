import {expect, test} from 'vitest'
import cloudwatch from '../../../../src/lib/sandbox/fakes/cloudwatch.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alerts'
const MODEL = 'eu.amazon.nova-test-v1:0'

// Ten minutes of calls, half an hour ago.
const alarm = {
  name: 'busy',
  namespace: 'AWS/Bedrock',
  metric: 'Invocations',
  dimensions: {ModelId: MODEL},
  periodSeconds: 300,
  threshold: 1,
  comparison: 'GreaterThanThreshold',
  actions: [TOPIC],
  createdOn: '-9d',
}
const {context} = aWorld({
  regions: {
    'us-east-1': {
      usage: [{model: MODEL, perHour: 3600, inputTokens: 5, outputTokens: 1, since: '-40m', until: '-30m'}],
      alarms: [alarm, {...alarm, name: 'quiet', actionsEnabled: false}, {...alarm, name: 'stuck', state: 'ALARM'}],
      compositeAlarms: [{name: 'both', rule: 'ALARM("busy") AND ALARM("quiet")', createdOn: '-90d'}],
    },
  },
})
const here = context()
const history = async (input: object) =>
  (await ask(cloudwatch, 'DescribeAlarmHistory', input, here)).AlarmHistoryItems ?? []
const told = async (input: object) =>
  (await history(input)).map(({HistoryItemType: type, HistorySummary: text}) => `${type}: ${text}`)

test('tells when an alarm was made, what it changed to and what it did, newest first', async () => {
  const items = await history({AlarmName: 'busy'})

  expect(items.map(({HistorySummary}) => HistorySummary)).toEqual([
    'Alarm updated from ALARM to OK',
    'Alarm updated from OK to ALARM',
    `Successfully executed action ${TOPIC}`,
    'Alarm "busy" created',
  ])
  expect(items.map(({Timestamp}) => Timestamp?.toISOString())).toEqual([
    '2026-11-21T11:35:00.000Z',
    '2026-11-21T11:25:00.000Z',
    '2026-11-21T11:25:00.000Z',
    '2026-11-12T12:00:00.000Z',
  ])
  const {oldState, newState} = JSON.parse(items[1]?.HistoryData ?? '')
  expect([oldState.stateValue, newState.stateValue]).toEqual(['OK', 'ALARM'])
  expect(newState.stateReason).toMatch(/^Threshold Crossed: 1 out of the last 1 datapoint /)
})

test('agrees with the state that the alarm is in', async () => {
  const {MetricAlarms: [now] = []} = await ask(cloudwatch, 'DescribeAlarms', {AlarmNames: ['busy']}, here)
  const [last] = await history({AlarmName: 'busy', HistoryItemType: 'StateUpdate', MaxRecords: 1})

  expect(now?.StateValue).toBe('OK')
  expect(now?.StateUpdatedTimestamp).toEqual(last?.Timestamp)
})

test('an alarm whose actions are off does nothing, one that stands still changes nothing', async () => {
  expect(await told({AlarmName: 'quiet', HistoryItemType: 'Action'})).toEqual([])
  expect(await told({AlarmName: 'stuck'})).toEqual(['ConfigurationUpdate: Alarm "stuck" created'])
})

test('composite alarms follow their alarms, and are told where they are asked for', async () => {
  expect(await told({AlarmTypes: ['CompositeAlarm']})).toEqual([
    'StateUpdate: Alarm updated from ALARM to OK',
    'StateUpdate: Alarm updated from OK to ALARM',
  ])
  expect(await told({AlarmName: 'both'})).toEqual([])
})

test('times, order and pages are as asked; a token is good for its own question', async () => {
  const between = {StartDate: new Date('2026-11-21T11:30:00Z'), EndDate: new Date('2026-11-21T12:00:00Z')}
  const first = await ask(cloudwatch, 'DescribeAlarmHistory', {AlarmName: 'busy', MaxRecords: 3}, here)
  const rest = {AlarmName: 'busy', MaxRecords: 3, NextToken: first.NextToken}

  expect(await told({AlarmName: 'busy', ...between})).toEqual(['StateUpdate: Alarm updated from ALARM to OK'])
  expect((await told({AlarmName: 'busy', ScanBy: 'TimestampAscending'}))[0]).toBe(
    'ConfigurationUpdate: Alarm "busy" created',
  )
  expect(await told(rest)).toEqual(['ConfigurationUpdate: Alarm "busy" created'])
  await expect(history({...rest, AlarmName: 'quiet'})).rejects.toMatchObject({name: 'InvalidNextToken'})
})

test('the alarms of a composite alarm and those that follow an alarm are found, alone and in few words', async () => {
  const found = async (input: object) => {
    const {CompositeAlarms = [], MetricAlarms = []} = await ask(cloudwatch, 'DescribeAlarms', input, here)
    return [...MetricAlarms, ...CompositeAlarms]
  }

  const children = await found({ChildrenOfAlarmName: 'both'})
  expect(children.map(({AlarmName}) => AlarmName)).toEqual(['busy', 'quiet'])
  expect(Object.keys(children[0] ?? {}).sort()).toEqual([
    'AlarmArn',
    'AlarmName',
    'StateUpdatedTimestamp',
    'StateValue',
  ])
  const arn = expect.stringMatching(/:alarm:both$/)
  expect(await found({ParentsOfAlarmName: 'busy'})).toEqual([{AlarmName: 'both', AlarmArn: arn}])
  expect(await found({ParentsOfAlarmName: 'stuck'})).toEqual([])
  for (const together of [
    {ChildrenOfAlarmName: 'both', StateValue: 'OK'},
    {AlarmNames: ['busy'], AlarmNamePrefix: 'b'},
  ])
    await expect(found(together)).rejects.toMatchObject({name: 'ValidationError'})
})
