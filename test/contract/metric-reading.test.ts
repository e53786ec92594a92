import type {DescribeAlarmsOutput, GetMetricDataInput, GetMetricDataOutput} from '@aws-sdk/client-cloudwatch'
import {afterAll, beforeAll, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {type PlainSandbox, startPlainSandbox} from '../support/plain-sandbox.js'
import {KEY} from '../support/plain-world.js'
import {knownMetric} from '../support/traffic-row.js'

const REGION = 'eu-central-1'
const AT = 29_000_000
const time = (minute: number) => new Date(minute * 60_000)
const metric = (Namespace: string, MetricName: string) => ({Namespace, MetricName, Dimensions: []})
const ALARMS: DescribeAlarmsOutput = {
  MetricAlarms: [
    {
      ...{AlarmName: 'throttled', AlarmArn: 'arn of throttled', StateValue: 'ALARM', StateReason: 'Too many.'},
      ...{Namespace: 'AWS/Bedrock', MetricName: 'InvocationThrottles', Dimensions: [{Name: 'ModelId', Value: 'm'}]},
      ...{Statistic: 'Sum', Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 3, Threshold: 10},
      ...{ComparisonOperator: 'GreaterThanOrEqualToThreshold', StateTransitionedTimestamp: time(AT)},
    },
    {
      AlarmName: 'failing share',
      Metrics: [
        {Id: 'share', Expression: 'failed / all'},
        {Id: 'all', MetricStat: {Metric: metric('AWS/Bedrock', 'Invocations'), Period: 60, Stat: 'Sum'}},
      ],
      ...{EvaluationPeriods: 3, Threshold: 0.05, ComparisonOperator: 'GreaterThanThreshold'},
    },
    {AlarmName: 'disk', Namespace: 'AWS/EC2', MetricName: 'DiskReadOps', StateValue: 'ALARM'},
  ],
  CompositeAlarms: [
    {AlarmName: 'paging', AlarmRule: 'ALARM("throttled") AND NOT ALARM(night)', StateValue: 'OK'},
    {AlarmName: 'machines', AlarmRule: 'ALARM(disk)'},
  ],
}

/** Each query comes in two parts, on two pages. */
function inParts({MetricDataQueries = [], NextToken}: GetMetricDataInput): GetMetricDataOutput {
  const isFirst = NextToken === undefined
  const results = MetricDataQueries.map(({Id}, at) => ({
    Id,
    Timestamps: [time(AT + (isFirst ? 0 : 1))],
    Values: [at * 10 + (isFirst ? 1 : 2)],
    StatusCode: isFirst ? ('PartialData' as const) : ('Complete' as const),
  }))
  return {MetricDataResults: results.toReversed(), ...(isFirst && {NextToken: 'more'})}
}

let sandbox: PlainSandbox
let session: AwsSession
let answer: (input: GetMetricDataInput) => GetMetricDataOutput = inParts

beforeAll(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startPlainSandbox({
    cloudwatch: {GetMetricData: (input: GetMetricDataInput) => answer(input), DescribeAlarms: () => ALARMS},
  })
  const {accessKeyId, secretAccessKey} = KEY
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
})
afterAll(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

test('what comes in parts, in any order, is put together by its query', async () => {
  const source = await session.trafficMetrics()
  const metrics = [knownMetric('invocations'), knownMetric('ttft')]

  const {queries, series} = await source.read(REGION, {metrics, from: AT, to: AT + 2})

  expect(queries).toBe(3)
  expect(series.map(({known, points, statistic}) => [known.metric, statistic, [...points]])).toEqual([
    [
      'invocations',
      'sum',
      [
        [AT, 1],
        [AT + 1, 2],
      ],
    ],
    [
      'ttft',
      'p50',
      [
        [AT, 11],
        [AT + 1, 12],
      ],
    ],
    [
      'ttft',
      'p99',
      [
        [AT, 21],
        [AT + 1, 22],
      ],
    ],
  ])
})

test('a metric that CloudWatch cannot give fails the look: it is not taken for silent', async () => {
  answer = ({MetricDataQueries = []}) => ({
    MetricDataResults: MetricDataQueries.map(({Id}) => ({Id, StatusCode: 'InternalError', Timestamps: [], Values: []})),
  })
  const source = await session.trafficMetrics()
  const look = source.read(REGION, {metrics: [knownMetric('invocations')], from: AT, to: AT + 1})

  await expect(look).rejects.toMatchObject({code: 'SERVICE_ERROR', fault: 'service'})
})

test('alarms of Bedrock are those of its metrics, in expressions too, and composite ones that name such', async () => {
  const alarms = await (await session.alarms()).list(REGION)

  expect(alarms).toEqual([
    {
      ...{name: 'throttled', arn: 'arn of throttled', state: 'ALARM', sinceMs: AT * 60_000, reason: 'Too many.'},
      ...{namespace: 'AWS/Bedrock', metric: 'InvocationThrottles', dimensions: {ModelId: 'm'}},
      rule: 'Sum >= 10 in 3 of 5 × 60 s',
    },
    expect.objectContaining({name: 'failing share', metric: 'Invocations', rule: 'expression > 0.05 in 3 of 3'}),
    expect.objectContaining({name: 'paging', metric: null, rule: 'ALARM("throttled") AND NOT ALARM(night)'}),
  ])
})
