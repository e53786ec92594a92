import {CloudWatchClient, GetMetricDataCommand, type MetricDataQuery} from '@aws-sdk/client-cloudwatch'
import {afterAll, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import type {MonitorDoor} from '../../src/lib/cli/monitor/door.js'
import {openTrafficReader} from '../../src/lib/cli/monitor/topics/traffic.js'
import type {Looked} from '../../src/lib/monitor/board/ports.js'
import {minutesOf} from '../../src/lib/monitor/board/traffic/minutes-of.js'
import {FIRST_LOOK, planLook, withAnswer, withList} from '../../src/lib/monitor/board/traffic/plan-look.js'
import type {TrafficSource} from '../../src/lib/monitor/board/traffic/ports.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings} from '../support/sandbox-clients.js'

const REGION = 'us-east-1'
const PROFILE = 'us.anthropic.claude-sonnet-4-6'
const MINUTE = 60_000

let sandbox: Sandbox
let session: AwsSession
let source: TrafficSource

beforeAll(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: 'demo', clock: 'manual', checkOutput: true})
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
  source = await session.trafficMetrics()
})
beforeEach(() => sandbox.faults.clear())
afterAll(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

describe('traffic', () => {
  test('metrics of both namespaces are listed, by who was called', async () => {
    const metrics = await source.list(REGION)
    const subjects = new Set(metrics.map(({endpoint, modelId, tier}) => `${endpoint} ${modelId} ${tier ?? '*'}`))

    expect(subjects).toContain(`runtime ${PROFILE} *`)
    expect(subjects).toContain('mantle openai.gpt-5.5 *')
    expect([...subjects].some((subject) => subject.includes(':imported-model/'))).toBe(true)
    expect([...subjects].some((subject) => subject.includes(':application-inference-profile/'))).toBe(true)
    expect(metrics.every(({modelId}) => modelId !== '')).toBe(true)
  })

  test('one look is one request, and its minutes are what CloudWatch says of each metric by itself', async () => {
    const nowMs = sandbox.clock.now()
    const metrics = await source.list(REGION)
    const plan = planLook(withList(FIRST_LOOK, metrics, nowMs), {nowMs, intervalMs: 30_000})
    const before = session.calls.total
    const {queries, series} = await source.read(REGION, plan)
    const made = session.calls.total - before
    const rows = minutesOf(series, metrics)
    const row = rows.find(({modelId, tier}) => modelId === PROFILE && tier === null)
    const client = new CloudWatchClient(clientSettings(sandbox, REGION))
    const ask = async (MetricName: string, Stat: string) => {
      const Metric = {Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{Name: 'ModelId', Value: PROFILE}]}
      const query: MetricDataQuery = {Id: 'one', MetricStat: {Metric, Period: 60, Stat}}
      const range = {StartTime: new Date(plan.from * MINUTE), EndTime: new Date(plan.to * MINUTE)}
      const {MetricDataResults: [one] = []} = await client.send(
        new GetMetricDataCommand({MetricDataQueries: [query], ...range}),
      )
      return new Map((one?.Timestamps ?? []).map((time, at) => [time.getTime() / MINUTE, one?.Values?.[at] ?? 0]))
    }
    const [input, p50, p99] = await Promise.all([
      ask('InputTokenCount', 'Sum'),
      ask('TimeToFirstToken', 'p50'),
      ask('InvocationLatency', 'p99'),
    ])

    expect(made).toBe(1)
    expect(queries).toBe(series.length)
    expect(input.size).toBeGreaterThan(30)
    expect(new Map(row?.minutes.flatMap(({input: sum, minute}) => (sum === 0 ? [] : [[minute, sum]])))).toEqual(input)
    expect(new Map(row?.minutes.flatMap(({minute, ttftP50}) => (ttftP50 === null ? [] : [[minute, ttftP50]])))).toEqual(
      p50,
    )
    expect(
      new Map(row?.minutes.flatMap(({latencyP99, minute}) => (latencyP99 === null ? [] : [[minute, latencyP99]]))),
    ).toEqual(p99)
    client.destroy()
  })

  test('a later look brings the minutes that may have grown, with the same numbers', async () => {
    const nowMs = sandbox.clock.now()
    const metrics = await source.list(REGION)
    const first = planLook(withList(FIRST_LOOK, metrics, nowMs), {nowMs, intervalMs: 30_000})
    const answer = await source.read(REGION, first)
    const memory = withAnswer(withList(FIRST_LOOK, metrics, nowMs), first, answer.series, nowMs)

    await sandbox.clock.advance(30_000)
    const plan = planLook(memory, {nowMs: nowMs + 30_000, intervalMs: 30_000})
    const later = await source.read(REGION, plan)

    const whole = new Map(
      minutesOf(answer.series, metrics).map((row) => [`${row.endpoint} ${row.modelId} ${row.tier}`, row]),
    )
    const settled = minutesOf(later.series, metrics).filter(({tier}) => tier === null)
    expect(later.queries).toBeLessThanOrEqual(answer.queries)
    expect(plan.to - plan.from).toBeLessThanOrEqual(7)
    expect(settled.length).toBeGreaterThan(3)
    for (const row of settled) {
      const before = whole.get(`${row.endpoint} ${row.modelId} ${row.tier}`)
      const minute = row.minutes.find((one) => one.minute < Math.floor(nowMs / MINUTE))
      if (minute) expect(before?.minutes).toContainEqual(minute)
    }
  })

  test('more metrics than a request may have come by several', async () => {
    const metrics = await source.list(REGION)
    const many = Array.from({length: Math.ceil(600 / metrics.length)}, () => metrics).flat()
    const to = Math.floor(sandbox.clock.now() / MINUTE)

    const before = session.calls.total

    const {queries, series} = await source.read(REGION, {metrics: many, from: to - 2, to})

    expect(queries).toBeGreaterThan(600)
    expect(session.calls.total - before).toBe(Math.ceil(queries / 500))
    expect(series).toHaveLength(queries)
  })

  test.each([
    {effect: {kind: 'throttle', ratePerSecond: 0.001, burst: 1}, code: 'THROTTLED'},
    {effect: {kind: 'access-denied'}, code: 'ACCESS_DENIED'},
  ] as const)('a look that fails says why: $code', async ({code, effect}) => {
    sandbox.faults.add({service: 'cloudwatch', effect})

    await expect(source.list(REGION)).rejects.toMatchObject({code, action: 'cloudwatch:ListMetrics'})
  })
})

test('the reader tells what each called id leads to, and looks a resource of the account up once', async () => {
  const catalog = await openCatalog()
  const reader = await openTrafficReader({connection: {catalog}, session} as MonitorDoor)
  const look = (afterMs: number, more: {readonly isAnew?: true} = {}) =>
    reader.look({
      ...more,
      place: REGION,
      nowMs: sandbox.clock.now() + afterMs,
      intervalMs: 30_000,
      signal: AbortSignal.timeout(9000),
    })
  const minutesIn = ({rows}: Looked<'traffic'>) => rows.reduce((sum, {minutes}) => sum + minutes.length, 0)
  const lookUps = () =>
    session.calls.recent.filter(({operation}) => /^Get(Inference|Provisioned|Imported|Custom)/.test(operation))

  const first = await look(0)
  const asked = lookUps().length
  const before = session.calls.total
  const second = await look(30_000)
  const anew = await look(30_000, {isAnew: true})
  const about = new Map(first.rows.map((row) => [row.about.kind, row.about]))

  expect(session.calls.total - before).toBe(2)
  expect(second.metrics).toBeLessThanOrEqual(first.metrics)
  expect(minutesIn(second)).toBeLessThan(minutesIn(first) / 5)
  expect(minutesIn(anew)).toBeGreaterThan(minutesIn(first) * 0.9)
  expect(about.get('application-profile')).toMatchObject({name: 'checkout-assistant', route: 'geo'})
  expect(about.get('imported')).toMatchObject({model: null, name: 'house-llama'})
  expect(about.get('profile')).toMatchObject({route: expect.stringMatching(/^(geo|global)$/)})
  expect(asked).toBeGreaterThan(2)
  expect(lookUps()).toHaveLength(asked)
})

test('alarms that look at Bedrock are told with their rule in a line', async () => {
  const alarms = await (await session.alarms()).list(REGION)

  expect(alarms.length).toBeGreaterThan(0)
  expect(alarms).toContainEqual(
    expect.objectContaining({
      namespace: 'AWS/Bedrock',
      metric: 'InvocationThrottles',
      rule: expect.stringMatching(/^Sum > \d+ in \d+ of \d+ × 300 s$/),
      arn: expect.stringContaining(':alarm:'),
    }),
  )
})
