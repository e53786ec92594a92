import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {BedrockRuntimeClient, ConverseCommand, InvokeModelCommand} from '@aws-sdk/client-bedrock-runtime'
import {CloudTrailClient, LookupEventsCommand} from '@aws-sdk/client-cloudtrail'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings} from '../support/sandbox-clients.js'

const REGION = 'us-east-1'
const HAIKU = 'us.anthropic.claude-haiku-4-5-20251001-v1:0'
const EMBED = 'us.cohere.embed-v4:0'
const MINUTE_MS = 60_000
const TRAFFIC = {
  callers: [
    {
      name: 'chat',
      regions: [REGION],
      model: HAIKU,
      perMinute: 90,
      curve: 'steady',
      inputTokens: 800,
      outputTokens: 200,
      streaming: 1,
    },
    {
      name: 'indexer',
      regions: [REGION],
      model: EMBED,
      perMinute: 60,
      curve: 'steady',
      inputTokens: 500,
      outputTokens: 0,
      bursts: {everyMinutes: 60, minutes: 10, factor: 20, minutesAgo: 5},
    },
  ],
}

let folder: string
let sandbox: Sandbox

const start = (seed: number) =>
  startSandbox({scenario: 'demo', traffic: join(folder, 'traffic.json'), seed, clock: 'manual', checkOutput: true})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traffic-'))
  await writeFile(join(folder, 'traffic.json'), JSON.stringify(TRAFFIC))
  sandbox = await start(1)
})
afterAll(async () => {
  await sandbox.close()
  await rm(folder, {recursive: true})
})

interface Asked {
  readonly stat?: string
  readonly period?: number
  /** Whole hours and minutes before the sandbox's time. */
  readonly hours?: readonly [from: number, to: number]
  readonly model?: string
  readonly of?: Sandbox
}

/** By moment, oldest first. */
async function values(
  name: string,
  {stat = 'Sum', period = 60, hours = [2, 1], model = HAIKU, of = sandbox}: Asked = {},
) {
  const Metric = {Namespace: 'AWS/Bedrock', MetricName: name, Dimensions: [{Name: 'ModelId', Value: model}]}
  const hour = Math.floor(of.clock.now() / 3_600_000)
  const {MetricDataResults: [result] = []} = await new CloudWatchClient(clientSettings(of, REGION)).send(
    new GetMetricDataCommand({
      MetricDataQueries: [{Id: 'q', MetricStat: {Metric, Period: period, Stat: stat}}],
      StartTime: new Date((hour - hours[0]) * 3_600_000),
      EndTime: new Date((hour - hours[1]) * 3_600_000),
      ScanBy: 'TimestampAscending',
    }),
  )
  return result?.Values ?? []
}

const sum = (all: readonly number[]): number => all.reduce((total, value) => total + value, 0)

describe('made up traffic', () => {
  test('minutes add up to their hour, and tokens to those of a request', async () => {
    const names = ['Invocations', 'InputTokenCount', 'OutputTokenCount', 'EstimatedTPMQuotaUsage'] as const
    const [minutes, hours] = await Promise.all(
      [60, 3600].map((period) => Promise.all(names.map(async (name) => sum(await values(name, {period}))))),
    )
    const [calls = 0, input = 0, output = 0, quota = 0] = minutes ?? []

    expect(minutes).toEqual(hours)
    expect(calls).toBeGreaterThan(60 * 60)
    expect(input / calls).toBeGreaterThan(750)
    expect(input / calls).toBeLessThan(850)
    expect(quota).toBe(input + 5 * output)
  })

  test('percentiles rise, and a first token comes before the last', async () => {
    const at = (name: string) => async (stat: string) => sum(await values(name, {stat, period: 3600}))
    const [least, p50, p90, p99, most] = await Promise.all(
      ['Minimum', 'p50', 'p90', 'p99', 'Maximum'].map(at('InvocationLatency')),
    )
    const [first50, first99] = await Promise.all(['p50', 'p99'].map(at('TimeToFirstToken')))

    const rising = [least, p50, p90, p99, most]
    expect(rising).toEqual([...rising].sort((a = 0, b = 0) => a - b))
    expect(new Set(rising).size).toBe(5)
    expect(first50).toBeLessThan(p50 ?? 0)
    expect(first99).toBeLessThan(p99 ?? 0)
  })

  test('the same seed gives the same numbers, another one others', async () => {
    const others = await Promise.all([start(1), start(2)])
    const [own, same, different] = await Promise.all([sandbox, ...others].map((of) => values('Invocations', {of})))
    await Promise.all(others.map((one) => one.close()))

    expect(same).toEqual(own)
    expect(different).not.toEqual(own)
  })

  test('a burst runs into the quota: what is served stays below it, the rest is throttled, and an alarm tells', async () => {
    const cloudwatch = new CloudWatchClient(clientSettings(sandbox, REGION))
    const recent = {hours: [1, -1] as const, model: EMBED}
    const [used, throttled] = await Promise.all([
      values('EstimatedTPMQuotaUsage', recent),
      values('InvocationThrottles', recent),
    ])
    const {MetricAlarms: alarms = []} = await cloudwatch.send(
      new DescribeAlarmsCommand({AlarmNames: ['search-indexer-throttled', 'bedrock-throttles']}),
    )

    expect(Math.max(...throttled)).toBeGreaterThan(100)
    expect(Math.max(...used)).toBeLessThanOrEqual(300_000)
    expect(Math.max(...used)).toBeGreaterThan(290_000)
    expect(alarms.map(({AlarmName, StateValue}) => [AlarmName, StateValue])).toEqual([
      ['bedrock-throttles', 'OK'],
      ['search-indexer-throttled', 'ALARM'],
    ])
    expect(alarms[1]?.StateReason).toMatch(/^Threshold Crossed: \d out of the last 3 datapoints \[\d+\.0 \(/)
  })
})

describe('a real call', () => {
  test('is counted in its minute beside what is made up, and is in the event history', async () => {
    const settings = clientSettings(sandbox, REGION)
    const recent = {hours: [1, -1] as const}
    const before = sum(await values('Invocations', recent))
    const runtime = new BedrockRuntimeClient(settings)
    const messages = [{role: 'user' as const, content: [{text: 'Hello'}]}]

    await runtime.send(new ConverseCommand({modelId: HAIKU, messages}))
    await runtime.send(new ConverseCommand({modelId: HAIKU, messages: []})).catch(() => undefined)
    runtime.destroy()

    expect(sum(await values('Invocations', recent))).toBe(before + 1)
    expect(await values('InvocationClientErrors', recent)).toEqual([1])
    await sandbox.clock.advance(6000)
    const {Events: events = []} = await new CloudTrailClient(settings).send(
      new LookupEventsCommand({
        LookupAttributes: [{AttributeKey: 'Username', AttributeValue: 'sandbox'}],
        MaxResults: 2,
      }),
    )
    expect(events.map(({EventName}) => EventName)).toEqual(['Converse', 'Converse'])
    expect(events.map(({CloudTrailEvent = ''}) => JSON.parse(CloudTrailEvent).errorCode).sort()).toEqual([
      'ValidationException',
      undefined,
    ])
  })
})

test('a real call is throttled while callers that are made up use up the quota, and counts among what was', async () => {
  const own = await start(1)
  // The last seconds of a minute: its quota is used up.
  await own.clock.advance((110_000 - (own.clock.now() % MINUTE_MS)) % MINUTE_MS)
  const recent = {hours: [1, -1] as const, model: EMBED, of: own}
  const before = (await values('InvocationThrottles', recent)).at(-1) ?? 0
  const client = new BedrockRuntimeClient(clientSettings(own, REGION))
  const body = JSON.stringify({texts: Array.from({length: 20}, () => 'word '.repeat(100)), input_type: 'search_query'})
  const call = (modelId: string) => client.send(new InvokeModelCommand({modelId, body}))

  await expect(call(EMBED)).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Too many tokens, please wait before trying again.',
  })
  expect((await values('InvocationThrottles', recent)).at(-1)).toBe(before + 1)
  await expect(call('global.cohere.embed-v4:0')).resolves.toMatchObject({contentType: 'application/json'})
  own.quotas.refill()
  await expect(call(EMBED)).resolves.toMatchObject({contentType: 'application/json'})
  client.destroy()
  await own.close()
})

describe('GetMetricData', () => {
  const queryOf = (Id: string, MetricName: string, ReturnData?: boolean): MetricDataQuery => ({
    Id,
    ReturnData,
    MetricStat: {
      Metric: {Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{Name: 'ModelId', Value: HAIKU}]},
      Period: 60,
      Stat: 'Sum',
    },
  })
  const ask = (
    MetricDataQueries: MetricDataQuery[],
    more: {MaxDatapoints?: number; NextToken?: string | undefined} = {},
  ) => {
    const EndTime = new Date(Math.floor(sandbox.clock.now() / MINUTE_MS) * MINUTE_MS)
    const StartTime = new Date(EndTime.getTime() - 10 * MINUTE_MS)
    const client = new CloudWatchClient(clientSettings(sandbox, REGION))
    return client.send(new GetMetricDataCommand({MetricDataQueries, StartTime, EndTime, ...more}))
  }

  test('a metric that does not fit on a page goes on on the next', async () => {
    const whole = await ask([queryOf('a', 'Invocations')])
    const first = await ask([queryOf('a', 'Invocations')], {MaxDatapoints: 7})
    const second = await ask([queryOf('a', 'Invocations')], {MaxDatapoints: 7, NextToken: first.NextToken})
    const pages = [first, second].map(({MetricDataResults: [result] = []}) => result)

    expect(pages.map((page) => [page?.StatusCode, page?.Values?.length])).toEqual([
      ['PartialData', 7],
      ['Complete', 3],
    ])
    expect(pages.flatMap((page) => page?.Values)).toEqual(whole.MetricDataResults?.[0]?.Values)
  })

  test('expressions reckon with queries that are not told themselves', async () => {
    const queries = [queryOf('i', 'InputTokenCount', false), queryOf('o', 'OutputTokenCount', false)]
    const plain = await ask([queryOf('i', 'InputTokenCount'), queryOf('o', 'OutputTokenCount')])
    const {MetricDataResults: results = []} = await ask([
      ...queries,
      {Id: 'sum', Expression: 'SUM([i, o]) / 1000'},
      {Id: 'weighed', Expression: 'i + 5 * (o - 1)'},
    ])
    const [input = [], output = []] = plain.MetricDataResults?.map(({Values}) => Values ?? []) ?? []

    expect(results.map(({Id}) => Id)).toEqual(['sum', 'weighed'])
    expect(results[0]?.Values).toEqual(input.map((value, index) => (value + (output[index] ?? 0)) / 1000))
    expect(results[1]?.Values).toEqual(input.map((value, index) => value + 5 * ((output[index] ?? 0) - 1)))
  })

  test('a search is every metric that has its dimensions and words, and can be reckoned with', async () => {
    const found = `SEARCH('{AWS/Bedrock,ModelId} MetricName="Invocations"', 'Sum', 60)`
    const {MetricDataResults: results = []} = await ask([
      {Id: 'each', Expression: found},
      {Id: 'sum', Expression: `SUM(${found})`},
      {Id: 'one', Expression: `SEARCH('{AWS/Bedrock,ModelId} MetricName="Invocations" ModelId="${HAIKU}"', 'Sum', 60)`},
    ])
    const told = (id: string) => results.filter(({Id}) => Id === id)
    const total = (id: string) => sum(told(id).flatMap(({Values = []}) => Values))

    expect(told('each').length).toBeGreaterThan(4)
    expect(told('one').map(({Label}) => Label)).toEqual([`${HAIKU} Invocations`])
    expect(total('sum')).toBe(total('each'))
  })

  test.each([
    ['FILL(t, 0) + i', 10],
    ['FILL(t, 0) + t', 0],
    ['RUNNING_SUM(i)', 10],
    ['i / PERIOD(i)', 10],
    ['RATE(i)', 9],
    ['DIFF(i)', 9],
    ['IF(i > 0, 1, 0)', 10],
    ['i > SUM(i)', 10],
    ['METRICS()', 10],
    ['SUM(METRICS("i"))', 10],
    ['1e3 * CEIL(i / 7) ^ 2 - -i', 10],
    ['[i, REMOVE_EMPTY(t)]', 10],
  ])('%s has so many values of ten minutes: %i', async (Expression, count) => {
    const never = {...queryOf('t', 'InvocationServerErrors', false)}
    const answer = await ask([queryOf('i', 'Invocations', false), never, {Id: 'e', Expression}])

    expect(answer.MetricDataResults?.[0]?.Values).toHaveLength(count)
  })

  test.each([
    ['one that names itself', [{Id: 'a', Expression: 'a + 1'}], 'ValidationException'],
    ['a number', [{Id: 'a', Expression: '1 + 1'}], 'ValidationException'],
    ['a search that breaks off', [{Id: 'a', Expression: "SEARCH('a OR', 'Sum', 60)"}], 'ValidationException'],
    [
      'a function that there is not',
      [queryOf('a', 'Invocations'), {Id: 'b', Expression: 'TOP(a)'}],
      'ValidationException',
    ],
    [
      'an order by nothing',
      [queryOf('a', 'Invocations'), {Id: 'b', Expression: 'SORT([a], UP)'}],
      'ValidationException',
    ],
    ['a function that is not served', [{Id: 'a', Expression: 'ANOMALY_DETECTION_BAND(b, 2)'}], 'NotImplemented'],
    ['an SQL of metrics', [{Id: 'a', Expression: 'SELECT SUM(Invocations) FROM b'}], 'NotImplemented'],
    ['half an expression', [queryOf('a', 'Invocations'), {Id: 'b', Expression: 'a +'}], 'ValidationException'],
    ['nothing that is told', [queryOf('a', 'Invocations', false)], 'ValidationException'],
  ])('%s is refused', async (_, queries, name) => {
    await expect(ask(queries)).rejects.toMatchObject({name})
  })
})

const caller = {name: 'x', regions: [REGION], model: HAIKU, perMinute: 5, inputTokens: 5, outputTokens: 5}

test.each([
  [
    'callers of what is not there, all at once',
    [{...caller, model: 'no.such'}, caller, {...caller, regions: [REGION, 'me-central-1']}],
    'The scenario is wrong at traffic.callers[0]: nothing is called no.such in us-east-1; at traffic.callers[2]: me-central-1 is not enabled in 111122223333.',
  ],
  ['a rate beyond all reason', [{...caller, perMinute: 1e9}], 'does not fit the schema'],
])('%s are refused', async (_, callers, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'traffic-'))
  const traffic = join(folder, 'traffic.json')
  await writeFile(traffic, JSON.stringify({callers}))

  await expect(startSandbox({traffic})).rejects.toThrow(message)
  await rm(folder, {recursive: true})
})
